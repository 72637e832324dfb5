"""Vouchers of every type and limit, on a checkout of 2 × 30.00 net, 8.5 % tax, shipping 4.90."""

import uuid
from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, ShopSetup

ADD = f"mutation($id:ID!,$c:String!){{checkoutAddPromoCode(id:$id,promoCode:$c){{checkout{{...C}} errors{{field message code}}}}}} {checkout_flow.CHECKOUT}"
REMOVE = f"mutation($id:ID!,$c:String!){{checkoutRemovePromoCode(id:$id,promoCode:$c){{checkout{{...C}} errors{{field message code}}}}}} {checkout_flow.CHECKOUT}"


def create_voucher(shop: ShopSetup, value: str, **given: Any) -> str:
    """Create a voucher listed in the channel and return its code."""
    code = f"V{uuid.uuid4().hex[:8].upper()}"
    listing = {"channelId": shop.ids["channel"], "discountValue": value}
    if "min_spent" in given:
        listing["minAmountSpent"] = given.pop("min_spent")
    made = shop.mutate(
        "mutation($i:VoucherInput!){voucherCreate(input:$i){voucher{id} errors{field message code}}}",
        i={
            "name": code,
            "addCodes": [code],
            "type": "ENTIRE_ORDER",
            "discountValueType": "PERCENTAGE",
            **given,
        },
    )
    shop.mutate(
        "mutation($id:ID!,$l:VoucherChannelListingAddInput!){voucherChannelListingUpdate(id:$id,input:{addChannels:[$l]}){voucher{id} errors{field message code}}}",
        id=made["voucher"]["id"],
        l=listing,
    )
    return code


def create_checkout(shop: ShopSetup, quantity: int = 2) -> dict[str, Any]:
    return checkout_flow.create_payable(shop, (shop.ids["variant"], quantity))


def checkout_with_code(shop: ShopSetup, code: str, quantity: int = 2) -> dict[str, Any]:
    checkout: dict[str, Any] = shop.api.mutate(ADD, {"id": create_checkout(shop, quantity)["id"], "c": code})[
        "checkout"
    ]
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
def test_each_type_gives_its_discount(
    shop: ShopSetup, given: dict[str, Any], value: str, discount: float, total: float
) -> None:
    checkout = checkout_with_code(shop, create_voucher(shop, value, **given))
    assert (checkout["discount"]["amount"], checkout["totalPrice"]["gross"]["amount"]) == (discount, total)


def test_a_product_voucher_discounts_only_its_product(shop: ShopSetup) -> None:
    code = create_voucher(shop, "50", type="SPECIFIC_PRODUCT", products=[shop.ids["product"]])
    assert checkout_with_code(shop, code)["subtotalPrice"]["gross"]["amount"] == 32.55


def test_once_per_order_discounts_one_unit_of_the_cheapest(shop: ShopSetup) -> None:
    code = create_voucher(shop, "50", applyOncePerOrder=True)
    assert checkout_with_code(shop, code)["subtotalPrice"]["gross"]["amount"] == 48.83


def test_removing_the_code_restores_the_price(shop: ShopSetup) -> None:
    code = create_voucher(shop, "10")
    checkout = checkout_with_code(shop, code)
    checkout = shop.api.mutate(REMOVE, {"id": checkout["id"], "c": code})["checkout"]
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
def test_a_voucher_outside_its_limits_is_refused(shop: ShopSetup, given: dict[str, Any], value: str) -> None:
    code = create_voucher(shop, value, **given)
    errors = shop.api.mutation_errors(ADD, {"id": create_checkout(shop)["id"], "c": code})
    assert errors[0][0] == "promoCode"
    assert errors[0][1] in ("VOUCHER_NOT_APPLICABLE", "INVALID")


def test_an_unknown_code_is_refused(shop: ShopSetup) -> None:
    assert shop.api.mutation_errors(ADD, {"id": create_checkout(shop)["id"], "c": "NO-SUCH-CODE"}) == [
        ("promoCode", "INVALID")
    ]


def test_a_used_up_code_is_refused(shop: ShopSetup) -> None:
    code = create_voucher(shop, "10", usageLimit=1)
    checkout = checkout_with_code(shop, code)
    checkout_flow.pay(shop, checkout)
    checkout_flow.complete(shop, checkout["id"])
    assert shop.api.mutation_errors(ADD, {"id": create_checkout(shop)["id"], "c": code})[0][0] == "promoCode"


def test_a_code_once_per_customer_is_refused_the_second_time(shop: ShopSetup) -> None:
    code = create_voucher(shop, "10", applyOncePerCustomer=True)
    checkout = checkout_with_code(shop, code)
    checkout_flow.pay(shop, checkout)
    checkout_flow.complete(shop, checkout["id"])
    assert shop.api.mutation_errors(ADD, {"id": create_checkout(shop)["id"], "c": code})[0][0] == "promoCode"


def test_the_order_has_the_voucher_code(shop: ShopSetup) -> None:
    code = create_voucher(shop, "10")
    checkout = checkout_with_code(shop, code)
    checkout_flow.pay(shop, checkout)
    order = checkout_flow.complete(shop, checkout["id"])
    found = shop.api.execute(
        "query($id:ID!){order(id:$id){voucherCode discounts{type amount{amount}} undiscountedTotal{gross{amount}}}}",
        {"id": order["id"]},
        shop.app_token,
    )["order"]
    assert found["voucherCode"] == code
    assert order["total"]["gross"]["amount"] == 63.91


def test_a_voucher_is_added_without_a_billing_address(shop: ShopSetup) -> None:
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 2), shippingAddress=ADDRESS)
    done = shop.api.mutate(ADD, {"id": checkout["id"], "c": create_voucher(shop, "10")})
    assert done["checkout"]["discount"]["amount"] == 6.0
