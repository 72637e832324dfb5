"""The state table: each row of the life of an order, and what every surface is to say of it."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from store.saleor.order_state import (
    Action,
    Delivery,
    FulfillmentFacts,
    Lifecycle,
    OrderFacts,
    Payment,
    order_state,
)

DAY = datetime(2026, 11, 28, tzinfo=UTC)
TOTAL = Decimal("57.41")


def parcel(quantity: int, status: str = "FULFILLED", *, delivered: bool = False) -> FulfillmentFacts:
    return FulfillmentFacts(status, quantity, DAY, DAY if delivered else None)


def facts(
    status: str = "UNFULFILLED",
    *,
    charged: str = "57.41",
    refunded: str = "0",
    authorized: str = "0",
    fulfilled: int = 0,
    fulfillments: tuple[FulfillmentFacts, ...] = (),
) -> OrderFacts:
    return OrderFacts(
        status=status,
        total=TOTAL,
        charged=Decimal(charged),
        refunded=Decimal(refunded),
        authorized=Decimal(authorized),
        quantity=3,
        quantity_fulfilled=fulfilled,
        fulfillments=fulfillments,
    )


A = Action
TABLE = {
    "paid": (facts(), "OPEN", "PAID", "NOT_SENT", {A.FULFILL, A.CANCEL, A.REFUND}),
    "unpaid": (facts(charged="0"), "OPEN", "UNPAID", "NOT_SENT", {A.CANCEL, A.MARK_AS_PAID}),
    "partly paid": (facts(charged="20"), "OPEN", "PARTLY_PAID", "NOT_SENT", {A.CANCEL, A.MARK_AS_PAID, A.REFUND}),
    "authorized": (facts(charged="0", authorized="57.41"), "OPEN", "AUTHORIZED", "NOT_SENT", {A.CAPTURE, A.CANCEL}),
    "overpaid": (facts(charged="60"), "OPEN", "OVERPAID", "NOT_SENT", {A.FULFILL, A.CANCEL, A.REFUND}),
    "goodwill refund before sending": (
        facts(charged="52.41", refunded="5"), "OPEN", "PARTLY_REFUNDED", "NOT_SENT", {A.FULFILL, A.CANCEL, A.REFUND},
    ),
    "full refund before sending": (
        facts(charged="0", refunded="57.41"), "OPEN", "REFUNDED", "NOT_SENT", {A.CANCEL},
    ),
    "canceled, money still here": (facts("CANCELED"), "CANCELED", "PAID", "NOT_SENT", {A.REFUND}),
    "canceled and refunded": (
        facts("CANCELED", charged="0", refunded="57.41"), "CANCELED", "REFUNDED", "NOT_SENT", set(),
    ),
    "partly sent": (
        facts("PARTIALLY_FULFILLED", fulfilled=1, fulfillments=(parcel(1),)),
        "OPEN", "PAID", "PARTLY_SENT", {A.FULFILL, A.REFUND, A.RETURN},
    ),
    "partly sent, then a goodwill refund": (
        facts("PARTIALLY_FULFILLED", charged="50", refunded="7.41", fulfilled=1, fulfillments=(parcel(1),)),
        "OPEN", "PARTLY_REFUNDED", "PARTLY_SENT", {A.FULFILL, A.REFUND, A.RETURN},
    ),
    "a canceled parcel is to be sent again": (
        facts(fulfillments=(parcel(3, "CANCELED"),)), "OPEN", "PAID", "NOT_SENT", {A.FULFILL, A.CANCEL, A.REFUND},
    ),
    "sent": (
        facts("FULFILLED", fulfilled=3, fulfillments=(parcel(1), parcel(2))),
        "OPEN", "PAID", "SENT", {A.REFUND, A.RETURN},
    ),
    "one of two parcels arrived": (
        facts("FULFILLED", fulfilled=3, fulfillments=(parcel(1, delivered=True), parcel(2))),
        "OPEN", "PAID", "SENT", {A.REFUND, A.RETURN},
    ),
    "delivered": (
        facts("FULFILLED", fulfilled=3, fulfillments=(parcel(3, delivered=True),)),
        "OPEN", "PAID", "DELIVERED", {A.REFUND, A.RETURN},
    ),
    "partly returned": (
        facts("PARTIALLY_RETURNED", charged="40", refunded="17.41", fulfilled=3,
              fulfillments=(parcel(2), parcel(1, "REFUNDED_AND_RETURNED"))),
        "OPEN", "PARTLY_REFUNDED", "PARTLY_RETURNED", {A.REFUND, A.RETURN},
    ),
    "returned, money still here": (
        facts("RETURNED", fulfilled=3, fulfillments=(parcel(3, "RETURNED"),)), "OPEN", "PAID", "RETURNED", {A.REFUND},
    ),
    "returned and refunded": (
        facts("RETURNED", charged="0", refunded="57.41", fulfilled=3, fulfillments=(parcel(3, "REFUNDED_AND_RETURNED"),)),
        "OPEN", "REFUNDED", "RETURNED", set(),
    ),
    "expired": (facts("EXPIRED", charged="0"), "EXPIRED", "UNPAID", "NOT_SENT", set()),
    "draft": (facts("DRAFT", charged="0"), "DRAFT", "UNPAID", "NOT_SENT", set()),
    "unconfirmed": (facts("UNCONFIRMED"), "UNCONFIRMED", "PAID", "NOT_SENT", {A.CONFIRM, A.CANCEL, A.REFUND}),
}  # fmt: skip


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
def test_the_state_table(row: tuple[OrderFacts, str, str, str, set[Action]]) -> None:
    given, lifecycle, payment, delivery, actions = row
    state = order_state(given)
    assert (state.lifecycle, state.payment, state.delivery) == (
        Lifecycle(lifecycle),
        Payment(payment),
        Delivery(delivery),
    )
    assert state.actions == actions


def test_a_goodwill_refund_leaves_the_order_in_the_queue() -> None:
    state = order_state(facts(charged="52.41", refunded="5"))
    assert (state.settled, state.waits_for_parcel, state.quantity_to_send, state.due) == (True, True, 3, 0)


def test_money_of_a_canceled_order_is_named() -> None:
    assert order_state(facts("CANCELED", charged="52.41", refunded="5")).refund_due == Decimal("52.41")
    assert order_state(facts()).refund_due == 0


@pytest.mark.parametrize(
    ("refunded", "due"), [("0", "57.41"), ("52.50", "4.91"), ("52.51", "0"), ("55.00", "0"), ("57.41", "0")]
)
def test_the_delivery_of_returned_pieces_may_be_kept(refunded: str, due: str) -> None:
    given = facts(
        "RETURNED",
        charged=str(TOTAL - Decimal(refunded)),
        refunded=refunded,
        fulfilled=3,
        fulfillments=(parcel(3, "RETURNED"),),
    )
    assert order_state(replace(given, shipping=Decimal("4.90"))).refund_due == Decimal(due)
    assert order_state(replace(given, status="CANCELED", fulfillments=())).refund_due == given.charged


def test_an_order_of_nothing_is_settled() -> None:
    state = order_state(OrderFacts("UNFULFILLED", Decimal(0), Decimal(0), Decimal(0), quantity=1))
    assert (state.payment, state.settled, state.waits_for_parcel) == (Payment.NOTHING_DUE, True, True)


def test_unpaid_goods_are_sent_only_where_the_shop_allows_it() -> None:
    unpaid = facts(charged="0")
    assert not order_state(unpaid).waits_for_parcel
    assert order_state(unpaid, may_fulfill_unpaid=True).waits_for_parcel


def test_parcels_are_told_in_the_order_they_left() -> None:
    late = FulfillmentFacts("FULFILLED", 1, DAY.replace(day=29))
    early = FulfillmentFacts("FULFILLED", 2, DAY)
    assert order_state(facts("FULFILLED", fulfilled=3, fulfillments=(late, early))).parcels == (early, late)
