"""What machines read first: robots.txt and sitemap.xml."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from store import guidebook
from store.saleor import clients
from store.storefront import view_decorators

PRIVATE = ("/cart/", "/checkout/", "/orders/", "/region/", "/admin/", "/graphql/", "/mailbox/")
PUBLIC = ("storefront:home", "storefront:listing", "storefront:guides", "storefront:self-check")
DAY = "public, max-age=3600"


@view_decorators.catalogue
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in PRIVATE),
        f"Sitemap: {_full('storefront:sitemap')}",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = DAY
    return response


@view_decorators.catalogue
def sitemap(request: HttpRequest) -> HttpResponse:
    library = guidebook.library()
    pages = [(_full(name), "") for name in PUBLIC]
    pages += _products()
    pages += [(_full("storefront:guide", slug), "") for slug in library.guides]
    pages += [(_full("storefront:insert", slug), "") for slug in library.inserts]
    body = render_to_string("storefront/sitemap.xml", {"pages": pages})
    response = HttpResponse(body, content_type="application/xml")
    response["Cache-Control"] = DAY
    return response


def _products() -> list[tuple[str, str]]:
    """Every product of the default market, however many pages of a hundred that takes."""
    found: list[tuple[str, str]] = []
    after: str | None = None
    while True:
        part = (
            clients.storefront()
            .product_slugs(channel=settings.DEFAULT_CHANNEL, first=100, after=after)
            .products
        )
        if part is None:
            return found
        found += [
            (_full("storefront:product", e.node.slug), e.node.updated_at.date().isoformat())
            for e in part.edges
        ]
        if not part.page_info.has_next_page:
            return found
        after = part.page_info.end_cursor


def _full(name: str, *args: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"
