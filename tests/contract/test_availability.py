"""Unpublished, not yet available and limited products: adding to a checkout, and completing it."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup

CREATE = "mutation($i:CheckoutCreateInput!){checkoutCreate(input:$i){checkout{id} errors{field message code variants}}}"
ADD = "mutation($id:ID!,$l:[CheckoutLineInput!]!){checkoutLinesAdd(id:$id,lines:$l){checkout{id} errors{field message code variants}}}"
UPDATE = "mutation($id:ID!,$l:[CheckoutLineUpdateInput!]!){checkoutLinesUpdate(id:$id,lines:$l){checkout{lines{quantity}} errors{field message code}}}"
LISTING = "mutation($id:ID!,$l:[ProductChannelListingAddInput!]){productChannelListingUpdate(id:$id,input:{updateChannels:$l}){product{id} errors{field message code}}}"
LIMIT = "mutation($id:ID!,$n:Int){productVariantUpdate(id:$id,input:{quantityLimitPerCustomer:$n}){productVariant{quantityLimitPerCustomer} errors{field message code}}}"
PROBLEMS = "query($id:ID!){checkout(id:$id){problems{__typename}}}"
NOT_FOR_SALE = [
    ({"isPublished": False}, "PRODUCT_NOT_PUBLISHED"),
    ({"publishedAt": "2099-01-01T00:00:00+00:00", "isPublished": True}, "PRODUCT_NOT_PUBLISHED"),
    ({"isAvailableForPurchase": False}, "PRODUCT_UNAVAILABLE_FOR_PURCHASE"),
    (
        {"isAvailableForPurchase": True, "availableForPurchaseAt": "2099-01-01T00:00:00+00:00"},
        "PRODUCT_UNAVAILABLE_FOR_PURCHASE",
    ),
]


def update_listing(shop: ShopSetup, product: str, **given: Any) -> None:
    shop.mutate(LISTING, id=product, l=[{"channelId": shop.ids["channel"], **given}])


@pytest.mark.parametrize(("given", "code"), NOT_FOR_SALE)
def test_a_product_that_is_not_for_sale_can_not_be_added(
    shop: ShopSetup, given: dict[str, Any], code: str
) -> None:
    product, variant, _ = shop.create_product(f"gone-{abs(hash(str(given))) % 9999}", price="5.00", stock=9)
    update_listing(shop, product, **given)
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 1))
    lines = [{"variantId": variant, "quantity": 1}]
    (payload,) = shop.api.execute(ADD, {"id": checkout["id"], "l": lines}).values()
    sold_before_publication = "publishedAt" in given and not shop.api.is_embedded
    # Saleor looks at the flag alone and sells before the publication date; the engine waits for the date.
    errors = [] if sold_before_publication else [("lines", code, [variant])]
    assert [(e["field"], e["code"], e["variants"]) for e in payload["errors"]] == errors


@pytest.mark.parametrize("given", [given for given, _ in NOT_FOR_SALE if "publishedAt" not in given])
def test_completion_refuses_a_product_taken_off_sale_meanwhile(
    shop: ShopSetup, given: dict[str, Any]
) -> None:
    product, variant, _ = shop.create_product(f"late-{abs(hash(str(given))) % 9999}", price="5.00", stock=9)
    checkout = checkout_flow.create_payable(shop, (variant, 1))
    checkout_flow.pay(shop, checkout)
    update_listing(shop, product, **given)
    assert shop.api.mutation_errors(checkout_flow.COMPLETE, {"id": checkout["id"]}) == [
        ("lines", "UNAVAILABLE_VARIANT_IN_CHANNEL")
    ]


def test_a_variant_without_a_price_is_not_sold(shop: ShopSetup) -> None:
    made = shop.mutate(
        "mutation($i:ProductVariantCreateInput!){productVariantCreate(input:$i){productVariant{id} errors{field message code}}}",
        i={"product": shop.ids["product"], "sku": f"unpriced-{shop.suffix}", "attributes": []},
    )["productVariant"]["id"]
    input_data = {"channel": shop.channel, "lines": [{"variantId": made, "quantity": 1}]}
    assert shop.api.mutation_errors(CREATE, {"i": input_data}) == [
        ("lines", "UNAVAILABLE_VARIANT_IN_CHANNEL")
    ]


def test_an_unknown_channel_is_refused(shop: ShopSetup) -> None:
    input_data = {"channel": "no-such", "lines": [{"variantId": shop.ids["variant"], "quantity": 1}]}
    assert shop.api.mutation_errors(CREATE, {"i": input_data}) == [("channel", "NOT_FOUND")]


def test_an_inactive_channel_is_refused(shop: ShopSetup) -> None:
    other = ShopSetup(shop.api).set_up()
    switch = "mutation($id:ID!){channelDeactivate(id:$id){channel{isActive} errors{field message code}}}"
    other.mutate(switch, id=other.ids["channel"])
    input_data = {"channel": other.channel, "lines": [{"variantId": other.ids["variant"], "quantity": 1}]}
    assert shop.api.mutation_errors(CREATE, {"i": input_data}) == [("channel", "CHANNEL_INACTIVE")]


def test_the_limit_per_customer_of_a_variant_is_enforced(shop: ShopSetup) -> None:
    _, variant, _ = shop.create_product("limited", price="5.00", stock=50)
    assert shop.mutate(LIMIT, id=variant, n=2)["productVariant"] == {"quantityLimitPerCustomer": 2}
    checkout = checkout_flow.create(shop, (variant, 2))
    lines = [{"variantId": variant, "quantity": 3}]
    assert shop.api.mutation_errors(UPDATE, {"id": checkout["id"], "l": lines}) == [
        ("quantity", "QUANTITY_GREATER_THAN_LIMIT")
    ]
    assert shop.api.mutation_errors(
        ADD, {"id": checkout["id"], "l": [{"variantId": variant, "quantity": 1}]}
    ) == [("quantity", "QUANTITY_GREATER_THAN_LIMIT")]


def test_a_limit_of_zero_is_refused(shop: ShopSetup) -> None:
    errors = shop.api.mutation_errors(LIMIT, {"id": shop.ids["other"], "n": 0}, shop.app_token)
    assert errors == [("quantityLimitPerCustomer", "INVALID")]


@pytest.mark.parametrize(("quantity", "code"), [(0, "ZERO_QUANTITY"), (-1, "ZERO_QUANTITY")])
def test_a_quantity_below_one_is_refused(shop: ShopSetup, quantity: int, code: str) -> None:
    input_data = {
        "channel": shop.channel,
        "lines": [{"variantId": shop.ids["variant"], "quantity": quantity}],
    }
    assert shop.api.mutation_errors(CREATE, {"i": input_data}) == [("quantity", code)]


def test_completion_refuses_a_variant_sold_out_meanwhile(shop: ShopSetup) -> None:
    _, variant, _ = shop.create_product("sells-out", price="5.00", stock=3)
    second_checkout = checkout_flow.create_payable(shop, (variant, 2))
    checkout_flow.pay(shop, second_checkout)
    checkout_flow.buy(shop, (variant, 2))
    assert shop.api.mutation_errors(checkout_flow.COMPLETE, {"id": second_checkout["id"]}) == [
        (None, "INSUFFICIENT_STOCK")
    ]


def test_an_empty_checkout_can_not_be_completed(shop: ShopSetup) -> None:
    checkout = checkout_flow.create(shop, email="ada@example.com")
    assert ("lines", "NO_LINES") in shop.api.mutation_errors(checkout_flow.COMPLETE, {"id": checkout["id"]})
