"""robots.txt and sitemap.xml."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from store import guidebook
from store.saleor import clients
from store.saleor.client.product_slugs import ProductSlugsProductsEdgesNode
from store.storefront import channels, view_decorators
from store.storefront.connections import all_nodes

DISALLOWED_PATHS = ("/cart/", "/checkout/", "/orders/", "/region/", "/admin/", "/graphql/", "/mailbox/")
PUBLIC_VIEWS = ("storefront:home", "storefront:listing", "storefront:guides", "storefront:self-check")
CACHE_ONE_HOUR = "public, max-age=3600"


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """`day`: the date of the last change in ISO 8601, empty where it is not known."""

    url: str
    day: str = ""


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
    pages = [
        *(SitemapEntry(_absolute_url(name)) for name in PUBLIC_VIEWS),
        *_product_entries(),
        *(SitemapEntry(_absolute_url("storefront:guide", slug)) for slug in library.guides),
        *(SitemapEntry(_absolute_url("storefront:insert", slug)) for slug in library.inserts),
    ]
    body = render_to_string("storefront/sitemap.xml", {"pages": pages})
    response = HttpResponse(body, content_type="application/xml")
    response["Cache-Control"] = CACHE_ONE_HOUR
    return response


def _product_entries() -> list[SitemapEntry]:
    """Every product once, also those that only one channel sells: their page shows them in that channel."""
    slugs = {
        product.slug: product.updated_at.date().isoformat()
        for channel in channels.CHANNELS
        for product in _products_of(channel.slug)
    }
    return [SitemapEntry(_absolute_url("storefront:product", slug), day) for slug, day in slugs.items()]


def _products_of(channel: str) -> Iterator[ProductSlugsProductsEdgesNode]:
    """A hundred per query."""
    client = clients.storefront()
    first = client.product_slugs(channel=channel, first=100).products
    return all_nodes(
        first, lambda cursor: client.product_slugs(channel=channel, first=100, after=cursor).products
    )


def _absolute_url(name: str, *args: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"
