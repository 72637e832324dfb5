"""What a product cost before: by variant, as a range of the product, and on the lines of a cart."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.catalog.models import VariantChannelListing
from tests.engine import checkout_flow
from tests.engine.api_client import execute, gid
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db(transaction=True)
PRICES = """
query($product: ID!, $channel: String!) { product(id: $product, channel: $channel) {
    pricing { discountPrior { gross { amount } } priceRangePrior { start { net { amount } } stop { net { amount } } } }
    variants { pricing { discountPrior { net { amount } } } }
} }"""
CART = (
    "query($id: ID!) { checkout(id: $id) { lines { priorUnitPrice { amount } priorTotalPrice { amount } } } }"
)


@pytest.fixture
def shop() -> Shop:
    shop = checkout_flow.create_shop(rate="10")
    shop.variant("CUP", price="20.00")
    shop.variant("HOSE", price="5.00")
    return shop


def was(shop: Shop, sku: str, amount: str) -> None:
    VariantChannelListing.objects.filter(variant=shop.variants[sku]).update(
        prior_price_amount=Decimal(amount)
    )


def prices(shop: Shop) -> Any:
    product = shop.variants["CUP"].product
    return execute(PRICES, product=gid(product), channel=shop.channel.slug)["product"]


def test_a_lowered_price_says_by_how_much(shop: Shop) -> None:
    was(shop, "CUP", "25.00")
    product = prices(shop)
    assert product["pricing"] == {
        "discountPrior": {"gross": {"amount": 5.5}},
        "priceRangePrior": {"start": {"net": {"amount": 25.0}}, "stop": {"net": {"amount": 25.0}}},
    }
    assert product["variants"][0]["pricing"] == {"discountPrior": {"net": {"amount": 5.0}}}


def test_a_price_that_was_raised_is_no_discount(shop: Shop) -> None:
    was(shop, "CUP", "15.00")
    product = prices(shop)
    assert product["pricing"]["discountPrior"] is None
    assert product["variants"][0]["pricing"]["discountPrior"] is None


def test_without_a_prior_price_there_is_no_range(shop: Shop) -> None:
    assert prices(shop)["pricing"] == {"discountPrior": None, "priceRangePrior": None}


def test_lines_of_a_cart_name_it_for_one_and_for_all_pieces(shop: Shop) -> None:
    was(shop, "CUP", "25.00")
    checkout = checkout_flow.create_checkout(shop, (shop.variants["CUP"], 3), (shop.variants["HOSE"], 1))
    lines = execute(CART, id=gid(checkout, "Checkout"))["checkout"]["lines"]
    assert lines == [
        {"priorUnitPrice": {"amount": 25.0}, "priorTotalPrice": {"amount": 75.0}},
        {"priorUnitPrice": None, "priorTotalPrice": None},
    ]
