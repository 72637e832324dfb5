"""robots.txt and sitemap.xml."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from store import guidebook
from store.saleor import clients
from store.storefront import view_decorators

DISALLOWED_PATHS = ("/cart/", "/checkout/", "/orders/", "/region/", "/admin/", "/graphql/", "/mailbox/")
PUBLIC_VIEWS = ("storefront:home", "storefront:listing", "storefront:guides", "storefront:self-check")
CACHE_ONE_HOUR = "public, max-age=3600"


@view_decorators.public
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in DISALLOWED_PATHS),
        f"Sitemap: {_absolute_url('storefront:sitemap')}",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = CACHE_ONE_HOUR
    return response


@view_decorators.public
def sitemap(request: HttpRequest) -> HttpResponse:
    library = guidebook.library()
    pages = [(_absolute_url(name), "") for name in PUBLIC_VIEWS]
    pages += _product_entries()
    pages += [(_absolute_url("storefront:guide", slug), "") for slug in library.guides]
    pages += [(_absolute_url("storefront:insert", slug), "") for slug in library.inserts]
    body = render_to_string("storefront/sitemap.xml", {"pages": pages})
    response = HttpResponse(body, content_type="application/xml")
    response["Cache-Control"] = CACHE_ONE_HOUR
    return response


def _product_entries() -> list[tuple[str, str]]:
    """(URL, date of the last change) of every product of the default channel, a hundred per query."""
    entries: list[tuple[str, str]] = []
    after: str | None = None
    while True:
        products = (
            clients.storefront()
            .product_slugs(channel=settings.DEFAULT_CHANNEL, first=100, after=after)
            .products
        )
        if products is None:
            return entries
        entries += [
            (_absolute_url("storefront:product", e.node.slug), e.node.updated_at.date().isoformat())
            for e in products.edges
        ]
        if not products.page_info.has_next_page:
            return entries
        after = products.page_info.end_cursor


def _absolute_url(name: str, *args: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"
