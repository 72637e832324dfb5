"""A bulk mutation locks all that it names before the first of its rows, not in the order in which a client names them:
two of them with opposite orders would wait for each other.
"""

from typing import Any

import pytest

from store.engine import bulk_rows
from store.engine.accounts.models import User
from store.engine.catalog.models import Attribute, Product, ProductVariant
from tests.engine.api_client import gid
from tests.engine.locks import recorded_locks
from tests.engine.merchant import Merchant

Locked = list[list[Any]]


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> Locked:
    """The primary keys that are locked at once."""
    found: Locked = []
    lock = bulk_rows.lock_in_order

    def record(*rows: Any, **options: Any) -> list[Any]:
        found.append(lock(*rows, **options))
        return found[-1]

    monkeypatch.setattr(bulk_rows, "lock_in_order", record)
    return found


def test_customers_are_locked_in_their_order_and_a_name_of_nobody_is_refused_alone(
    merchant: Merchant, locked: Locked
) -> None:
    first, second = (User.objects.create_user(f"{name}@example.com", None) for name in ("ada", "bo"))
    User.objects.filter(pk=second.pk).update(external_reference="B")
    named: list[dict[str, Any]] = [{"externalReference": "B"}, {"id": gid(first)}, {"id": "nobody"}]
    with recorded_locks() as models:
        answer = merchant.execute(
            "mutation($rows: [CustomerBulkUpdateInput!]!) { customerBulkUpdate(customers: $rows,"
            " errorPolicy: REJECT_FAILED_ROWS) { count results { errors { path code } } } }",
            rows=[row | {"input": {"firstName": "Ada"}} for row in named],
        )
    assert (locked, models) == ([[first.pk, second.pk]], ["User"] * 3)
    assert answer["count"] == 2
    assert [len(result["errors"]) for result in answer["results"]] == [0, 0, 1]


def test_attributes_are_locked_in_their_order(merchant: Merchant, locked: Locked) -> None:
    for slug in ("material", "area"):
        merchant.attribute(slug)
    first, second = Attribute.objects.order_by("pk")
    answer = merchant.execute(
        "mutation($rows: [AttributeBulkUpdateInput!]!) { attributeBulkUpdate(attributes: $rows) { count } }",
        rows=[{"id": gid(row), "fields": {"name": row.name}} for row in (second, first)],
    )
    assert (answer["count"], locked) == (2, [[first.pk, second.pk]])


def test_what_is_translated_is_locked_in_its_order(merchant_with_shop: Merchant, locked: Locked) -> None:
    for slug in ("starter", "travel"):
        merchant_with_shop.create_listed_product(slug, "20.00")
    first, second = Product.objects.order_by("pk")
    answer = merchant_with_shop.execute(
        "mutation($rows: [ProductBulkTranslateInput!]!) { productBulkTranslate(translations: $rows) { count } }",
        rows=[
            {"id": gid(row), "languageCode": "DE", "translationFields": {"name": f"Satz {row.pk}"}}
            for row in (second, first)
        ],
    )
    assert (answer["count"], locked) == (2, [[first.pk, second.pk]])


def test_variants_are_locked_in_their_order_after_their_stock(
    merchant_with_shop: Merchant, locked: Locked
) -> None:
    merchant_with_shop.create_listed_product("starter", "20.00", stock=3)
    first = ProductVariant.objects.get()
    second = ProductVariant.objects.create(product=first.product, sku="second", name="Second")
    stock = {"update": [{"stock": gid(first.stocks.get()), "quantity": 8}]}
    with recorded_locks() as models:
        answer = merchant_with_shop.execute(
            "mutation($p: ID!, $rows: [ProductVariantBulkUpdateInput!]!) {"
            " productVariantBulkUpdate(product: $p, variants: $rows) { count } }",
            p=gid(first.product),
            rows=[{"id": gid(second), "name": "Amber"}, {"id": gid(first), "stocks": stock}],
        )
    assert (answer["count"], locked) == (2, [[first.pk, second.pk]])
    assert models[:3] == ["Warehouse", "Stock", "ProductVariant"]
