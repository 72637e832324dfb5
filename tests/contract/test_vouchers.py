"""Vouchers of every type and limit, on a basket of 2 × 30.00 net, 8.5 % tax, delivery 4.90."""

import uuid
from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, World

ADD = f"mutation($id:ID!,$c:String!){{checkoutAddPromoCode(id:$id,promoCode:$c){{checkout{{...C}} errors{{field message code}}}}}} {checkout_flow.CHECKOUT}"
REMOVE = f"mutation($id:ID!,$c:String!){{checkoutRemovePromoCode(id:$id,promoCode:$c){{checkout{{...C}} errors{{field message code}}}}}} {checkout_flow.CHECKOUT}"


def voucher(world: World, value: str, **given: Any) -> str:
    """A voucher listed in the world's channel; its code."""
    code = f"V{uuid.uuid4().hex[:8].upper()}"
    listing = {"channelId": world.ids["channel"], "discountValue": value}
    if "min_spent" in given:
        listing["minAmountSpent"] = given.pop("min_spent")
    made = world.do(
        "mutation($i:VoucherInput!){voucherCreate(input:$i){voucher{id} errors{field message code}}}",
        i={
            "name": code,
            "addCodes": [code],
            "type": "ENTIRE_ORDER",
            "discountValueType": "PERCENTAGE",
            **given,
        },
    )
    world.do(
        "mutation($id:ID!,$l:VoucherChannelListingAddInput!){voucherChannelListingUpdate(id:$id,input:{addChannels:[$l]}){voucher{id} errors{field message code}}}",
        id=made["voucher"]["id"],
        l=listing,
    )
    return code


def basket(world: World, quantity: int = 2) -> dict[str, Any]:
    return checkout_flow.ready(world, (world.ids["variant"], quantity))


def with_code(world: World, code: str, quantity: int = 2) -> dict[str, Any]:
    checkout: dict[str, Any] = world.api.do(ADD, {"id": basket(world, quantity)["id"], "c": code})["checkout"]
    return checkout


@pytest.mark.parametrize(
    ("given", "value", "discount", "total"),
    [
        ({}, "10", 6.0, 63.91),
        ({"discountValueType": "FIXED"}, "5", 5.0, 65.0),
        ({"discountValueType": "FIXED"}, "500", 60.0, 5.32),
        ({"type": "SHIPPING"}, "100", 4.9, 65.10),
        ({"type": "SHIPPING", "discountValueType": "FIXED"}, "2", 2.0, 68.25),
    ],
)
def test_each_type_takes_its_share(
    world: World, given: dict[str, Any], value: str, discount: float, total: float
) -> None:
    checkout = with_code(world, voucher(world, value, **given))
    assert (checkout["discount"]["amount"], checkout["totalPrice"]["gross"]["amount"]) == (discount, total)


def test_a_product_voucher_lowers_only_its_product(world: World) -> None:
    code = voucher(world, "50", type="SPECIFIC_PRODUCT", products=[world.ids["product"]])
    assert with_code(world, code)["subtotalPrice"]["gross"]["amount"] == 32.55


def test_once_per_order_lowers_one_unit_of_the_cheapest(world: World) -> None:
    code = voucher(world, "50", applyOncePerOrder=True)
    assert with_code(world, code)["subtotalPrice"]["gross"]["amount"] == 48.83


def test_removing_the_code_gives_the_price_back(world: World) -> None:
    code = voucher(world, "10")
    checkout = with_code(world, code)
    checkout = world.api.do(REMOVE, {"id": checkout["id"], "c": code})["checkout"]
    assert (checkout["voucherCode"], checkout["totalPrice"]["gross"]["amount"]) == (None, 70.42)


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"min_spent": "100"}, "10"),
        ({"minCheckoutItemsQuantity": 3}, "10"),
        ({"startDate": "2099-01-01T00:00:00Z"}, "10"),
        ({"endDate": "2020-01-01T00:00:00Z", "startDate": "2019-01-01T00:00:00Z"}, "10"),
    ],
)
def test_limits_are_kept(world: World, given: dict[str, Any], value: str) -> None:
    code = voucher(world, value, **given)
    refused = world.api.refused(ADD, {"id": basket(world)["id"], "c": code})
    assert refused[0][0] == "promoCode"
    assert refused[0][1] in ("VOUCHER_NOT_APPLICABLE", "INVALID")


def test_an_unknown_code_is_refused(world: World) -> None:
    assert world.api.refused(ADD, {"id": basket(world)["id"], "c": "NO-SUCH-CODE"}) == [
        ("promoCode", "INVALID")
    ]


def test_a_used_up_code_is_refused(world: World) -> None:
    code = voucher(world, "10", usageLimit=1)
    checkout = with_code(world, code)
    checkout_flow.pay(world, checkout)
    checkout_flow.complete(world, checkout["id"])
    assert world.api.refused(ADD, {"id": basket(world)["id"], "c": code})[0][0] == "promoCode"


def test_a_code_once_per_customer_is_refused_the_second_time(world: World) -> None:
    code = voucher(world, "10", applyOncePerCustomer=True)
    checkout = with_code(world, code)
    checkout_flow.pay(world, checkout)
    checkout_flow.complete(world, checkout["id"])
    assert world.api.refused(ADD, {"id": basket(world)["id"], "c": code})[0][0] == "promoCode"


def test_the_order_remembers_the_voucher(world: World) -> None:
    code = voucher(world, "10")
    checkout = with_code(world, code)
    checkout_flow.pay(world, checkout)
    order = checkout_flow.complete(world, checkout["id"])
    found = world.api.ask(
        "query($id:ID!){order(id:$id){voucherCode discounts{type amount{amount}} undiscountedTotal{gross{amount}}}}",
        {"id": order["id"]},
        world.app,
    )["order"]
    assert found["voucherCode"] == code
    assert order["total"]["gross"]["amount"] == 63.91


def test_an_empty_address_book_is_no_reason_to_fail(world: World) -> None:
    checkout = checkout_flow.create(world, (world.ids["variant"], 2), shippingAddress=ADDRESS)
    done = world.api.do(ADD, {"id": checkout["id"], "c": voucher(world, "10")})
    assert done["checkout"]["discount"]["amount"] == 6.0
