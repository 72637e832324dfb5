"""An order as Saleor takes it: status by what was sent, payments and discounts that add up."""

from typing import Any

import pytest

from store.move.trade import order_input

LINE = {"id": "l1", "quantity": 3, "totalPrice": {"gross": {"amount": 30.0}}}


def parcel(quantity: int, status: str = "FULFILLED", place: int = 1) -> dict[str, Any]:
    return {
        "id": f"p{place}",
        "status": status,
        "fulfillmentOrder": place,
        "lines": [{"quantity": quantity, "orderLine": {"id": "l1"}}],
    }


def order(status: str, *parcels: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "status": status,
        "lines": [LINE],
        "fulfillments": list(parcels),
        "shippingPrice": {"gross": {"amount": 4.9}},
        "total": {"gross": {"amount": 34.9}},
        "totalCharged": {"amount": 34.9},
        "transactions": [],
        "giftCards": [],
        "voucherCode": None,
        "channel": {"currencyCode": "USD"},
    } | changes


@pytest.mark.parametrize(
    ("node", "status"),
    [
        (order("UNFULFILLED"), "UNFULFILLED"),
        (order("CANCELED"), "CANCELED"),
        (order("CANCELED", parcel(3, "CANCELED")), "CANCELED"),
        (order("UNCONFIRMED"), "UNCONFIRMED"),
        (order("UNFULFILLED", parcel(3, "WAITING_FOR_APPROVAL")), "UNFULFILLED"),
        (order("PARTIALLY_FULFILLED", parcel(1)), "PARTIALLY_FULFILLED"),
        (order("FULFILLED", parcel(1), parcel(2, place=2)), "FULFILLED"),
        (order("RETURNED", parcel(3, "RETURNED")), "RETURNED"),
        (order("PARTIALLY_RETURNED", parcel(1), parcel(2, "RETURNED", 2)), "PARTIALLY_RETURNED"),
    ],
)
def test_the_status_is_that_of_what_was_sent(node: dict[str, Any], status: str) -> None:
    assert order_input.status(node) == status


def test_parcels_are_in_their_order_and_without_those_that_did_not_leave() -> None:
    node = order("FULFILLED", parcel(1, place=3), parcel(1, "CANCELED", 2), parcel(2, place=1))
    assert order_input.parcels(node) == ["p1", "p3"]


def test_what_a_gift_card_has_paid_is_a_payment_of_its_own() -> None:
    node = order(
        "UNFULFILLED",
        giftCards=[{"code": "A"}],
        total={"gross": {"amount": 24.9}},
        totalCharged={"amount": 24.9},
    )
    paid = [(one["name"], one["amountCharged"]["amount"]) for one in order_input._transactions(node)]
    assert paid == [("Gift card (former shop)", "10.0"), ("Payment (former shop)", "24.9")]
    assert order_input._discount(node) == {}


def test_what_a_voucher_took_off_the_order_is_a_discount() -> None:
    node = order("UNFULFILLED", voucherCode="TEN", total={"gross": {"amount": 31.41}})
    assert order_input._discount(node) == {
        "discounts": [{"valueType": "FIXED", "value": "3.49", "reason": "TEN"}]
    }


def test_a_payment_keeps_its_reference_and_is_counted_once() -> None:
    amount = {"amount": 34.9}
    nothing = {"amount": 0.0}
    payment = {
        "name": "Card",
        "message": "",
        "pspReference": "psp-1",
        "externalUrl": "",
        "authorizedAmount": nothing,
        "chargedAmount": amount,
        "refundedAmount": nothing,
        "canceledAmount": nothing,
        "metadata": [],
        "privateMetadata": [],
    }
    (only,) = order_input._transactions(order("UNFULFILLED", transactions=[payment]))
    assert (only["pspReference"], only["amountCharged"]) == ("psp-1", {"amount": "34.9", "currency": "USD"})
    assert "amountRefunded" not in only
