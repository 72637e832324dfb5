"""Unpublished, not yet available and limited products: in the basket, and at completion."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import World

CREATE = "mutation($i:CheckoutCreateInput!){checkoutCreate(input:$i){checkout{id} errors{field message code variants}}}"
ADD = "mutation($id:ID!,$l:[CheckoutLineInput!]!){checkoutLinesAdd(id:$id,lines:$l){checkout{id} errors{field message code variants}}}"
UPDATE = "mutation($id:ID!,$l:[CheckoutLineUpdateInput!]!){checkoutLinesUpdate(id:$id,lines:$l){checkout{lines{quantity}} errors{field message code}}}"
LISTING = "mutation($id:ID!,$l:[ProductChannelListingAddInput!]){productChannelListingUpdate(id:$id,input:{updateChannels:$l}){product{id} errors{field message code}}}"
LIMIT = "mutation($id:ID!,$n:Int){productVariantUpdate(id:$id,input:{quantityLimitPerCustomer:$n}){productVariant{quantityLimitPerCustomer} errors{field message code}}}"
PROBLEMS = "query($id:ID!){checkout(id:$id){problems{__typename}}}"
GONE = [
    ({"isPublished": False}, "PRODUCT_NOT_PUBLISHED"),
    ({"publishedAt": "2099-01-01T00:00:00+00:00", "isPublished": True}, "PRODUCT_NOT_PUBLISHED"),
    ({"isAvailableForPurchase": False}, "PRODUCT_UNAVAILABLE_FOR_PURCHASE"),
    (
        {"isAvailableForPurchase": True, "availableForPurchaseAt": "2099-01-01T00:00:00+00:00"},
        "PRODUCT_UNAVAILABLE_FOR_PURCHASE",
    ),
]


def relist(world: World, product: str, **given: Any) -> None:
    world.do(LISTING, id=product, l=[{"channelId": world.ids["channel"], **given}])


@pytest.mark.parametrize(("given", "code"), GONE)
def test_what_is_not_for_sale_does_not_get_into_a_basket(
    world: World, given: dict[str, Any], code: str
) -> None:
    product, variant, _ = world.product(f"gone-{abs(hash(str(given))) % 9999}", price="5.00", stock=9)
    relist(world, product, **given)
    basket = checkout_flow.create(world, (world.ids["variant"], 1))
    lines = [{"variantId": variant, "quantity": 1}]
    (payload,) = world.api.ask(ADD, {"id": basket["id"], "l": lines}).values()
    sold_before_shown = "publishedAt" in given and not world.api.is_ours
    # Saleor looks at the flag alone and sells what is to be shown tomorrow; ours waits for the day.
    refused = [] if sold_before_shown else [("lines", code, [variant])]
    assert [(e["field"], e["code"], e["variants"]) for e in payload["errors"]] == refused


@pytest.mark.parametrize("given", [given for given, _ in GONE if "publishedAt" not in given])
def test_what_was_taken_off_sale_meanwhile_stops_at_completion(world: World, given: dict[str, Any]) -> None:
    product, variant, _ = world.product(f"late-{abs(hash(str(given))) % 9999}", price="5.00", stock=9)
    checkout = checkout_flow.ready(world, (variant, 1))
    checkout_flow.pay(world, checkout)
    relist(world, product, **given)
    assert world.api.refused(checkout_flow.COMPLETE, {"id": checkout["id"]}) == [
        ("lines", "UNAVAILABLE_VARIANT_IN_CHANNEL")
    ]


def test_a_variant_without_a_price_is_not_sold(world: World) -> None:
    made = world.do(
        "mutation($i:ProductVariantCreateInput!){productVariantCreate(input:$i){productVariant{id} errors{field message code}}}",
        i={"product": world.ids["product"], "sku": f"unpriced-{world.mark}", "attributes": []},
    )["productVariant"]["id"]
    wanted = {"channel": world.channel, "lines": [{"variantId": made, "quantity": 1}]}
    assert world.api.refused(CREATE, {"i": wanted}) == [("lines", "UNAVAILABLE_VARIANT_IN_CHANNEL")]


def test_a_channel_that_is_not_there_sells_nothing(world: World) -> None:
    wanted = {"channel": "no-such", "lines": [{"variantId": world.ids["variant"], "quantity": 1}]}
    assert world.api.refused(CREATE, {"i": wanted}) == [("channel", "NOT_FOUND")]


def test_a_channel_that_is_off_sells_nothing(world: World) -> None:
    other = World(world.api).set_up()
    switch = "mutation($id:ID!){channelDeactivate(id:$id){channel{isActive} errors{field message code}}}"
    other.do(switch, id=other.ids["channel"])
    wanted = {"channel": other.channel, "lines": [{"variantId": other.ids["variant"], "quantity": 1}]}
    assert world.api.refused(CREATE, {"i": wanted}) == [("channel", "CHANNEL_INACTIVE")]


def test_a_variants_own_limit_is_kept(world: World) -> None:
    _, variant, _ = world.product("limited", price="5.00", stock=50)
    assert world.do(LIMIT, id=variant, n=2)["productVariant"] == {"quantityLimitPerCustomer": 2}
    basket = checkout_flow.create(world, (variant, 2))
    more = [{"variantId": variant, "quantity": 3}]
    assert world.api.refused(UPDATE, {"id": basket["id"], "l": more}) == [
        ("quantity", "QUANTITY_GREATER_THAN_LIMIT")
    ]
    assert world.api.refused(ADD, {"id": basket["id"], "l": [{"variantId": variant, "quantity": 1}]}) == [
        ("quantity", "QUANTITY_GREATER_THAN_LIMIT")
    ]


def test_a_limit_of_none_is_refused(world: World) -> None:
    refused = world.api.refused(LIMIT, {"id": world.ids["other"], "n": 0}, world.app)
    assert refused == [("quantityLimitPerCustomer", "INVALID")]


@pytest.mark.parametrize(("quantity", "code"), [(0, "ZERO_QUANTITY"), (-1, "ZERO_QUANTITY")])
def test_nothing_can_not_be_added(world: World, quantity: int, code: str) -> None:
    wanted = {"channel": world.channel, "lines": [{"variantId": world.ids["variant"], "quantity": quantity}]}
    assert world.api.refused(CREATE, {"i": wanted}) == [("quantity", code)]


def test_what_sold_out_meanwhile_stops_at_completion(world: World) -> None:
    _, variant, _ = world.product("sells-out", price="5.00", stock=3)
    late = checkout_flow.ready(world, (variant, 2))
    checkout_flow.pay(world, late)
    checkout_flow.buy(world, (variant, 2))
    assert world.api.refused(checkout_flow.COMPLETE, {"id": late["id"]}) == [(None, "INSUFFICIENT_STOCK")]


def test_an_empty_basket_is_no_order(world: World) -> None:
    checkout = checkout_flow.create(world, email="ada@example.com")
    assert ("lines", "NO_LINES") in world.api.refused(checkout_flow.COMPLETE, {"id": checkout["id"]})
