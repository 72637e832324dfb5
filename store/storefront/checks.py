"""System checks of what the shop's pages need of its data: the merchant's own words where examples stood, and the
choices that the list of products knows by their slugs.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from store.saleor import clients
from store.saleor.client.shop_pages import ShopPagesPagesEdgesNode
from store.saleor.errors import SaleorError
from store.saleor.shop_pages import PAGE_TYPE, REQUIRED, is_example
from store.storefront import catalog_index
from store.storefront.catalog_index import IndexedProduct
from store.storefront.connections import all_nodes

# Choices that decide the order of the list of products, by facet: the attribute's slug, the choice's slug and name.
KNOWN_CHOICES = {
    catalog_index.LEVEL: ("use-level", catalog_index.FIRST_TIME, "First time"),
    catalog_index.SUCTION: ("suction-level", catalog_index.LIGHT, "Light"),
}


@register(Tags.security, deploy=True)
def check_shop_pages(**_: Any) -> list[CheckMessage]:
    """Opening a shop needs its own contact, terms, imprint and so on."""
    try:
        pages = shop_pages()
    except (SaleorError, DatabaseError) as error:
        return [
            Warning(
                f"The pages of the shop can't be read: {error}",
                hint="Run this again when the shop's data is there.",
                id="storefront.W001",
            )
        ]
    return list(page_problems(pages))


def shop_pages() -> list[ShopPagesPagesEdgesNode]:
    """The published pages that the merchant writes. Raises SaleorError."""
    client = clients.staff()
    found = all_nodes(client.shop_pages().pages, lambda cursor: client.shop_pages(after=cursor).pages)
    return [page for page in found if page.page_type.slug == PAGE_TYPE and page.is_published]


def page_problems(pages: list[ShopPagesPagesEdgesNode]) -> Iterator[CheckMessage]:
    for slug in sorted(set(REQUIRED) - {page.slug for page in pages}):
        yield Error(
            f"The shop has no page “{slug}”.",
            hint="Make and publish a page of the type “Shop page” with this slug, or run manage.py seed.",
            id="storefront.E001",
        )
    for page in pages:
        translations = [one.content for one in (page.german, page.spanish) if one]
        if is_example(page.content, *translations):
            yield Error(
                f"The page “{page.title}” is still the example.",
                hint="Write your own words, in each language, under Pages at the desk (in a Saleor: in its Dashboard).",
                id="storefront.E002",
            )


@register(Tags.compatibility, deploy=True)
def check_choices(**_: Any) -> list[CheckMessage]:
    """A choice that is renamed has a new slug, by which the list of products doesn't know it."""
    try:
        return list(choice_problems(catalog_index.fetch(settings.DEFAULT_CHANNEL)))
    except (SaleorError, DatabaseError):
        return []  # `check_shop_pages` says that the shop's data can't be read


def choice_problems(products: list[IndexedProduct]) -> Iterator[CheckMessage]:
    for facet, (attribute, slug, name) in KNOWN_CHOICES.items():
        is_used = any(product.values.get(facet) for product in products)
        if is_used and not any(product.has(facet, slug) for product in products):
            yield Warning(
                f"No product on sale has the choice “{slug}” of the attribute “{attribute}”: the list of products does"
                " not begin with what suits a first time.",
                hint=f"If the choice was renamed, name it “{name}” again, which brings its slug back, and put the words"
                " that shoppers are to read into its translations, the English one too.",
                id="storefront.W002",
            )
