"""System checks of the pages of the shop: before it is opened, the merchant's own words stand where examples stood."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from store.saleor import clients
from store.saleor.client.shop_pages import ShopPagesPagesEdgesNode
from store.saleor.errors import SaleorError
from store.saleor.shop_pages import PAGE_TYPE, REQUIRED, is_example
from store.storefront.connections import all_nodes


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
