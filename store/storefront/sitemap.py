"""robots.txt and sitemap.xml."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from store import guidebook
from store.saleor import clients
from store.saleor.client.product_slugs import ProductSlugsProductsEdgesNode
from store.saleor.shop_pages import CONTACT
from store.storefront import channels, checks, languages, view_decorators
from store.storefront.connections import all_nodes

TRANSLATED_PRIVATE_PATHS = (
    "/cart/",
    "/checkout/",
    "/orders/",
    "/account/",
    "/recalls/answer/",
    "/region/",
    "/search/",
)
DISALLOWED_PATHS = (*TRANSLATED_PRIVATE_PATHS, "/language/", "/admin/", "/graphql/", "/mailbox/")
PUBLIC_VIEWS = (
    "storefront:home",
    "storefront:listing",
    "storefront:choose",
    "storefront:compare",
    "storefront:guides",
    "storefront:self-check",
    "storefront:recalls",
    "storefront:contact",
)
OTHERS = [code for code in languages.NAMES if code != settings.LANGUAGE_CODE]
CACHE_ONE_HOUR = "public, max-age=3600"


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page in one language. `day`: the date of the last change in ISO 8601, empty where it is not known.

    `alternates`: (language, URL) of the page in each language.
    """

    url: str
    alternates: tuple[tuple[str, str], ...]
    day: str = ""


@view_decorators.public
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in DISALLOWED_PATHS),
        *(
            f"Disallow: {languages.path_in(code, path)}"
            for code in OTHERS
            for path in TRANSLATED_PRIVATE_PATHS
        ),
        f"Sitemap: {settings.PUBLIC_URL}{reverse('language-free:sitemap')}",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = CACHE_ONE_HOUR
    return response


@view_decorators.public
def sitemap(request: HttpRequest) -> HttpResponse:
    library = guidebook.library()
    pages = [
        *(entry for name in PUBLIC_VIEWS for entry in _entries(name)),
        *_product_entries(),
        *(entry for slug in _shop_page_slugs() for entry in _entries("storefront:shop-page", slug)),
        *(entry for slug in library.guides for entry in _entries("storefront:guide", slug)),
        *(entry for slug in library.inserts for entry in _entries("storefront:insert", slug)),
    ]
    body = render_to_string("storefront/sitemap.xml", {"pages": pages})
    response = HttpResponse(body, content_type="application/xml")
    response["Cache-Control"] = CACHE_ONE_HOUR
    return response


def _shop_page_slugs() -> list[str]:
    return [page.slug for page in checks.shop_pages() if page.slug != CONTACT]


def _product_entries() -> list[SitemapEntry]:
    """Every product once, also those that only one channel sells: their page shows them in that channel."""
    slugs = {
        product.slug: product.updated_at.date().isoformat()
        for channel in channels.known()
        for product in _products_of(channel.slug)
    }
    return [entry for slug, day in slugs.items() for entry in _entries("storefront:product", slug, day=day)]


def _products_of(channel: str) -> Iterator[ProductSlugsProductsEdgesNode]:
    """A hundred per query."""
    client = clients.storefront()
    first = client.product_slugs(channel=channel, first=100).products
    return all_nodes(
        first, lambda cursor: client.product_slugs(channel=channel, first=100, after=cursor).products
    )


def _entries(name: str, *args: str, day: str = "") -> Iterator[SitemapEntry]:
    """The page in each language."""
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse(name, args=args)
    urls = tuple((code, settings.PUBLIC_URL + languages.path_in(code, path)) for code in languages.NAMES)
    for _, url in urls:
        yield SitemapEntry(url, urls, day)
