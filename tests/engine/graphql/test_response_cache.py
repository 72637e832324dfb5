"""Cached responses are valid: the next anonymous request sees every change."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.caching import invalidation
from store.engine.caching.dependencies import DependencyRecorder
from store.engine.catalog.models import Product, ProductChannelListing, ProductMedia
from store.engine.channels.models import ShopSettings, Translation
from store.engine.graphql.response_cache import RESPONSE_CACHE, ResponseCache, Validity, is_cacheable
from store.engine.graphql.serve import serve
from store.engine.stock import reservations
from store.engine.stock.models import Stock
from tests.engine.api_client import GraphQLErrors, execute, gid
from tests.engine.checkout_flow import Shop, create_checkout, create_shop

LIST = (
    '{products(first:5,channel:"default-channel"){edges{node{name isAvailable variants{quantityAvailable}}}}}'
)


@pytest.fixture
def shop(transactional_db: None) -> Shop:
    RESPONSE_CACHE.clear()
    shop = create_shop()
    shop.variant("palm", stock=3)
    return shop


def only_product() -> dict[str, Any]:
    [edge] = execute(LIST)["products"]["edges"]
    node: dict[str, Any] = edge["node"]
    return node


def statements(query: str) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        execute(query)
    return [query["sql"] for query in caught]


def test_a_cached_response_takes_only_the_token_and_stock_statements(shop: Shop) -> None:
    first = execute(LIST)
    tables = [sql.partition("FROM ")[2].split()[0].strip('"') for sql in statements(LIST)]
    assert sorted(tables) == ["caching_revision", "catalog_productvariant", "stock_stock"]
    assert execute(LIST) == first


def rename() -> None:
    Product.objects.update(name="Other")


def limit_quantity() -> None:
    ShopSettings.objects.create(pk=1, limit_quantity_per_checkout=2)


def sell_out() -> None:
    Stock.objects.update(quantity_allocated=3)


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (rename, {"name": "Other"}),
        (limit_quantity, {"variants": [{"quantityAvailable": 2}]}),
        (sell_out, {"isAvailable": False, "variants": [{"quantityAvailable": 0}]}),
    ],
)
def test_a_change_is_seen_at_once(shop: Shop, change: Callable[[], None], seen: dict[str, Any]) -> None:
    assert only_product() == {"name": "Palm", "isAvailable": True, "variants": [{"quantityAvailable": 3}]}
    change()
    assert only_product().items() >= seen.items()


def test_reservations_are_seen_and_released(shop: Shop) -> None:
    ShopSettings.objects.create(pk=1, reserve_stock_duration_anonymous_user=1)
    assert only_product()["variants"] == [{"quantityAvailable": 3}]
    checkout = create_checkout(shop, (shop.variants["palm"], 2))
    assert only_product()["variants"] == [{"quantityAvailable": 1}]
    reservations.release(lines=[line.pk for line in checkout.lines.all()])
    assert only_product()["variants"] == [{"quantityAvailable": 3}]


def test_a_product_appears_when_its_day_comes(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    ProductChannelListing.objects.update(published_at=tomorrow)
    assert execute(LIST)["products"]["edges"] == []
    monkeypatch.setattr(timezone, "now", lambda: tomorrow + timedelta(seconds=1))
    assert only_product()["name"] == "Palm"


def test_a_translation_is_seen(shop: Shop) -> None:
    query = '{product(slug:"palm",channel:"default-channel"){translation(languageCode:DE){name}}}'
    assert execute(query)["product"]["translation"] is None
    product = Product.objects.get()
    Translation.objects.create(
        kind="Product", object_pk=str(product.pk), language_code="de", values={"name": "Hand"}
    )
    assert execute(query)["product"]["translation"] == {"name": "Hand"}


def test_anonymous_clients_never_get_a_response_to_staff(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if writes to the tables of accounts invalidated, so that a response that was read from them is stored."""
    monkeypatch.setattr(invalidation, "all_watched", lambda _tables: True)
    query = '{product(slug:"palm",channel:"default-channel"){name privateMetadata{key}}}'
    admin = User.objects.create_superuser("boss@example.com", "long enough")
    assert execute(query, as_=admin)["product"]["privateMetadata"] == []
    with pytest.raises(GraphQLErrors):
        execute(query)


def test_staff_never_get_a_response_to_anonymous_clients(shop: Shop) -> None:
    query = '{products(first:5,channel:"default-channel"){totalCount}}'
    admin = User.objects.create_superuser("boss@example.com", "long enough")
    ProductChannelListing.objects.update(is_published=False)
    assert execute(query)["products"]["totalCount"] == 0
    assert execute(query, as_=admin)["products"]["totalCount"] == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer token"},
        {"authorization-bearer": "token"},
        {"content-type": "multipart/form-data; boundary=x"},
        {"content-type": ""},
    ],
)
def test_only_anonymous_json_requests_are_cacheable(headers: dict[str, str]) -> None:
    anonymous = {"content-type": "application/json"}
    assert is_cacheable(anonymous)
    assert not is_cacheable(anonymous | headers)


def test_addresses_of_images_follow_the_address_of_the_shop(shop: Shop, settings: Any) -> None:
    ProductMedia.objects.create(product=Product.objects.get(), image="palm.png", type="IMAGE")
    query = '{product(slug:"palm",channel:"default-channel"){media{url}}}'
    for address in ("http://one.example", "https://two.example", "http://one.example"):
        settings.PUBLIC_URL = address
        [media] = execute(query)["product"]["media"]
        assert media["url"].startswith(address)


def test_lists_filtered_by_stock_are_not_cached(shop: Shop) -> None:
    query = '{products(first:5,channel:"default-channel",filter:{stockAvailability:IN_STOCK}){totalCount}}'
    assert execute(query)["products"]["totalCount"] == 1
    sell_out()
    assert execute(query)["products"]["totalCount"] == 0


def test_checkouts_are_not_cached(shop: Shop) -> None:
    checkout = create_checkout(shop, (shop.variants["palm"], 1))
    query = f'{{checkout(id:"{gid(checkout)}"){{email quantity}}}}'
    assert execute(query)["checkout"]["email"] is None
    type(checkout).objects.update(email="ada@example.com")
    assert execute(query)["checkout"]["email"] == "ada@example.com"


def test_nothing_is_cached_during_a_write(shop: Shop) -> None:
    execute(LIST)
    with transaction.atomic():
        rename()
        assert only_product()["name"] == "Other"
        transaction.set_rollback(True)
    assert only_product()["name"] == "Palm"


def test_a_request_that_is_refused_is_refused_again(shop: Shop) -> None:
    body, headers = json.dumps({"query": "{nothing}"}).encode(), {"content-type": "application/json"}
    assert [serve(body, headers).status for _ in range(2)] == [400, 400]
    assert RESPONSE_CACHE.used_bytes == 0


def test_the_least_recently_used_is_evicted(shop: Shop) -> None:
    cache, validity = ResponseCache(max_bytes=64_000), Validity.now()
    for number in range(30):
        cache.put(b"%d" % number, b"x" * 2000, validity, DependencyRecorder())
        cache.get(b"0")
    assert cache.used_bytes <= 64_000
    kept = cache.get(b"0")
    assert kept is not None
    assert kept.body == b"x" * 2000
    assert cache.get(b"1") is None


def test_a_response_too_large_for_the_cache_is_not_stored(shop: Shop) -> None:
    cache = ResponseCache(max_bytes=64_000)
    cache.put(b"large", b"x" * 5000, Validity.now(), DependencyRecorder())
    assert cache.get(b"large") is None


def test_a_cache_of_size_zero_stores_nothing(shop: Shop) -> None:
    cache = ResponseCache(max_bytes=0)
    cache.put(b"one", b"x", Validity.now(), DependencyRecorder())
    assert cache.get(b"one") is None
