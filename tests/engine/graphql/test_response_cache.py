"""Answers that are kept are true: whatever changes them is seen by the next guest who asks."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.caching.dependencies import Witness
from store.engine.catalog.models import Product, ProductChannelListing
from store.engine.channels.models import ShopSettings, Translation
from store.engine.graphql.response_cache import ANSWERS, Answers, Basis
from store.engine.graphql.serve import serve
from store.engine.stock import reservations
from store.engine.stock.models import Stock
from tests.engine.api_client import Failed, ask, gid
from tests.engine.checkout_flow import Shop, basket_of, open_shop

LIST = (
    '{products(first:5,channel:"default-channel"){edges{node{name isAvailable variants{quantityAvailable}}}}}'
)


@pytest.fixture
def shop(transactional_db: None) -> Shop:
    ANSWERS.clear()
    shop = open_shop()
    shop.variant("palm", stock=3)
    return shop


def only_product() -> dict[str, Any]:
    [edge] = ask(LIST)["products"]["edges"]
    node: dict[str, Any] = edge["node"]
    return node


def statements(query: str) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        ask(query)
    return [one["sql"] for one in caught]


def test_the_second_guest_costs_the_token_and_the_stock(shop: Shop) -> None:
    first = ask(LIST)
    tables = [sql.partition("FROM ")[2].split()[0].strip('"') for sql in statements(LIST)]
    assert sorted(tables) == ["caching_revision", "catalog_productvariant", "stock_stock"]
    assert ask(LIST) == first


def rename() -> None:
    Product.objects.update(name="Other")


def translate_settings() -> None:
    ShopSettings.objects.create(pk=1, limit_quantity_per_checkout=2)


def sell_out() -> None:
    Stock.objects.update(quantity_allocated=3)


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (rename, {"name": "Other"}),
        (translate_settings, {"variants": [{"quantityAvailable": 2}]}),
        (sell_out, {"isAvailable": False, "variants": [{"quantityAvailable": 0}]}),
    ],
)
def test_a_change_is_seen_at_once(shop: Shop, change: Callable[[], None], seen: dict[str, Any]) -> None:
    assert only_product() == {"name": "Palm", "isAvailable": True, "variants": [{"quantityAvailable": 3}]}
    change()
    assert only_product().items() >= seen.items()


def test_pieces_in_a_basket_are_seen_and_come_back(shop: Shop) -> None:
    ShopSettings.objects.create(pk=1, reserve_stock_duration_anonymous_user=1)
    assert only_product()["variants"] == [{"quantityAvailable": 3}]
    checkout = basket_of(shop, (shop.variants["palm"], 2))
    assert only_product()["variants"] == [{"quantityAvailable": 1}]
    reservations.release(lines=[line.pk for line in checkout.lines.all()])
    assert only_product()["variants"] == [{"quantityAvailable": 3}]


def test_a_product_appears_when_its_day_comes(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    ProductChannelListing.objects.update(published_at=tomorrow)
    assert ask(LIST)["products"]["edges"] == []
    monkeypatch.setattr(timezone, "now", lambda: tomorrow + timedelta(seconds=1))
    assert only_product()["name"] == "Palm"


def test_a_translation_is_seen(shop: Shop) -> None:
    query = '{product(slug:"palm",channel:"default-channel"){translation(languageCode:DE){name}}}'
    assert ask(query)["product"]["translation"] is None
    product = Product.objects.get()
    Translation.objects.create(
        kind="Product", object_pk=str(product.pk), language_code="de", values={"name": "Hand"}
    )
    assert ask(query)["product"]["translation"] == {"name": "Hand"}


def test_a_guest_never_gets_what_staff_were_told(shop: Shop) -> None:
    query = '{product(slug:"palm",channel:"default-channel"){name privateMetadata{key}}}'
    boss = User.objects.create_superuser("boss@example.com", "long enough")
    assert ask(query, as_=boss)["product"]["privateMetadata"] == []
    with pytest.raises(Failed):
        ask(query)


def test_what_changes_with_every_sale_is_not_kept(shop: Shop) -> None:
    query = '{products(first:5,channel:"default-channel",filter:{stockAvailability:IN_STOCK}){totalCount}}'
    assert ask(query)["products"]["totalCount"] == 1
    sell_out()
    assert ask(query)["products"]["totalCount"] == 0


def test_baskets_are_not_kept(shop: Shop) -> None:
    checkout = basket_of(shop, (shop.variants["palm"], 1))
    query = f'{{checkout(id:"{gid(checkout)}"){{email quantity}}}}'
    assert ask(query)["checkout"]["email"] is None
    type(checkout).objects.update(email="ada@example.com")
    assert ask(query)["checkout"]["email"] == "ada@example.com"


def test_amid_a_write_nothing_is_kept(shop: Shop) -> None:
    ask(LIST)
    with transaction.atomic():
        rename()
        assert only_product()["name"] == "Other"
        transaction.set_rollback(True)
    assert only_product()["name"] == "Palm"


def test_a_request_that_is_refused_is_refused_again(shop: Shop) -> None:
    body, headers = json.dumps({"query": "{nothing}"}).encode(), {"content-type": "application/json"}
    assert [serve(body, headers).status for _ in range(2)] == [400, 400]
    assert ANSWERS.taken == 0


def test_the_least_recently_asked_goes_first(shop: Shop) -> None:
    answers, basis = Answers(room=64_000), Basis.now()
    for at in range(30):
        answers.keep(b"%d" % at, b"x" * 2000, basis, Witness())
        answers.find(b"0")
    assert answers.taken <= 64_000
    assert answers.find(b"0") == b"x" * 2000
    assert answers.find(b"1") is None


def test_an_answer_too_large_for_the_room_is_not_kept(shop: Shop) -> None:
    answers = Answers(room=64_000)
    answers.keep(b"large", b"x" * 5000, Basis.now(), Witness())
    assert answers.find(b"large") is None


def test_without_room_nothing_is_kept(shop: Shop) -> None:
    answers = Answers(room=0)
    answers.keep(b"one", b"x", Basis.now(), Witness())
    assert answers.find(b"one") is None
