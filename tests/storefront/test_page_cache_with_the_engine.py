"""Kept pages of the embedded engine: each kind of change is on the next page, and nothing else makes a new one."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from store.engine.catalog.models import Product, ProductChannelListing, VariantChannelListing
from store.engine.channels.models import Channel, ShopSettings, Translation
from store.engine.stock.models import Stock
from store.storefront.page_cache import PAGES

PRODUCT = "/products/silicone-starter-set/"


def rename() -> None:
    Product.objects.filter(slug="silicone-starter-set").update(name="A new name")


def raise_price() -> None:
    VariantChannelListing.objects.update(price_amount=77)
    ProductChannelListing.objects.update(discounted_price_amount=77)


def sell_out() -> None:
    Stock.objects.update(quantity=0)


def unpublish() -> None:
    Product.objects.get(slug="silicone-starter-set").channel_listings.update(is_published=False)


def translate() -> None:
    Translation.objects.all().delete()


def close_channel() -> None:
    Channel.objects.filter(slug="default-channel").update(is_active=False)


def fingerprint(path: str) -> tuple[int, bytes]:
    page = Client().get(path)
    return page.status_code, page.content


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (rename, PRODUCT),
        (rename, "/products/"),
        (raise_price, PRODUCT),
        (raise_price, "/"),
        (sell_out, PRODUCT),
        (sell_out, "/products/"),
        (unpublish, "/products/"),
        (translate, f"/de{PRODUCT}"),
        (close_channel, "/products/"),
    ],
)
def test_a_change_is_on_the_next_page(seeded_shop: None, change: Callable[[], None], path: str) -> None:
    before = fingerprint(path)
    assert fingerprint(path) == before
    change()
    assert fingerprint(path) != before


def test_a_kept_page_costs_no_statement_while_nobody_writes(seeded_shop: None) -> None:
    for path in ("/", "/products/", PRODUCT, "/guides/aftercare/", "/inserts/glass-cups/"):
        Client().get(path)
        Client().get(path)
        with CaptureQueriesContext(connection) as caught:
            Client().get(path)
        assert [query["sql"] for query in caught] == [], path


def test_a_write_elsewhere_leaves_the_pages(seeded_shop: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An order changes stock, and most pages show the same after it."""
    Client().get(PRODUCT)
    Stock.objects.update(quantity=900)
    Client().get(PRODUCT)
    kept = PAGES.used_bytes
    monkeypatch.setattr("store.storefront.product.fetch_product", lambda *_a, **_k: pytest.fail("rendered"))
    Stock.objects.exclude(variant__product__slug="silicone-starter-set").update(quantity=800)
    assert Client().get(PRODUCT).status_code == 200
    assert PAGES.used_bytes == kept


def test_what_is_rolled_back_was_never_shown_to_others(seeded_shop: None) -> None:
    before = fingerprint(PRODUCT)
    with transaction.atomic():
        rename()
        assert b"A new name" in Client().get(PRODUCT).content
        transaction.set_rollback(True)
    assert fingerprint(PRODUCT) == before


def test_reservations_end_by_the_clock_so_their_stock_is_asked_for_each_time(seeded_shop: None) -> None:
    ShopSettings.objects.update_or_create(pk=1, defaults={"reserve_stock_duration_anonymous_user": 5})
    Client().get(PRODUCT)
    Client().get(PRODUCT)
    with CaptureQueriesContext(connection) as caught:
        Client().get(PRODUCT)
    assert any("stock_reservation" in query["sql"] for query in caught)
