"""The life of an order, made by real operations: what the state says of it, and what the API answers.

The API keeps Saleor's words, which compare what is charged now with the total; what it says must not contradict the
state. The same tests run on PostgreSQL, in a process of their own.
"""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from store.engine.channels import shop_settings
from store.engine.checkout import complete, payment
from store.engine.events import metadata_operations
from store.engine.events.models import App
from store.engine.orders import (
    cancellation,
    draft_orders,
    expiration,
    fulfillments,
    picking,
    returns,
    staff_operations,
    state,
)
from store.engine.orders.draft_orders import NewLine
from store.engine.orders.models import Fulfillment, Order
from store.engine.orders.returns import ReturnLine
from store.row_counts import count_rows
from store.saleor.order_state import Action as A
from store.saleor.order_state import Delivery, Lifecycle, Payment
from tests.engine import checkout_flow
from tests.engine.api_client import execute_field, gid
from tests.engine.checkout_flow import Shop
from tests.engine.orders import order_flow
from tests.engine.orders.order_flow import refund, send

pytestmark = pytest.mark.django_db
TOTAL = "68.25"


# --- the life of an order ----------------------------------------------------------------------------------
def paid(shop: Shop) -> Order:
    return checkout_flow.place_order(shop, (shop.variants["CUP"], 2))


def unpaid(shop: Shop) -> Order:
    shop.channel.allow_unpaid_orders = True
    shop.channel.save()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variants["CUP"], 2))
    return complete.complete(checkout_id=checkout.pk)


def partly_paid(shop: Shop) -> Order:
    order = unpaid(shop)
    payment.create(order_id=order.pk, charged=Decimal(20), available_actions=["REFUND"])
    return order


def authorized(shop: Shop) -> Order:
    order = unpaid(shop)
    payment.create(order_id=order.pk, authorized=Decimal(TOTAL), available_actions=["CHARGE"])
    return order


def marked_as_paid(shop: Shop) -> Order:
    order = unpaid(shop)
    return staff_operations.mark_as_paid(order_id=order.pk)


def goodwill_refund(shop: Shop) -> Order:
    order = paid(shop)
    refund(order, "5.00")
    return order


def full_refund(shop: Shop) -> Order:
    order = paid(shop)
    refund(order, TOTAL)
    return order


def canceled(shop: Shop) -> Order:
    return cancellation.cancel(order_id=paid(shop).pk).order


def canceled_and_refunded(shop: Shop) -> Order:
    return cancellation.cancel(order_id=paid(shop).pk, refund=Decimal(TOTAL)).order


def partly_sent(shop: Shop) -> Order:
    order = paid(shop)
    send(shop, order, 1)
    return order


def partly_sent_and_refunded(shop: Shop) -> Order:
    order = partly_sent(shop)
    refund(order, "7.41")
    return order


def sent(shop: Shop) -> Order:
    order = paid(shop)
    send(shop, order, 2)
    return order


def delivered(shop: Shop) -> Order:
    order = sent(shop)
    metadata_operations.update_metadata(
        row=order.fulfillments.get(), kind="Fulfillment", put={"delivered_at": "2026-11-28T10:00:00+00:00"}
    )
    return order


def parcel_canceled(shop: Shop) -> Order:
    order = sent(shop)
    fulfillments.cancel(fulfillment_id=order.fulfillments.get().pk, warehouse_id=shop.warehouse.pk)
    return order


def waits_for_approval(shop: Shop) -> Order:
    order = paid(shop)
    shop_settings.update(changes={"fulfillment_auto_approve": False})
    send(shop, order, 2)
    shop_settings.update(changes={"fulfillment_auto_approve": True})
    return order


def _returned(order: Order, quantity: int, **options: bool) -> Order:
    parcel = order.fulfillments.get(status=Fulfillment.Status.FULFILLED)
    line = ReturnLine(parcel.lines.get().pk, quantity)
    return returns.return_products(order_id=order.pk, fulfillment_lines=[line], **options)[0]  # type: ignore[arg-type]


def partly_returned(shop: Shop) -> Order:
    return _returned(sent(shop), 1, refund=True)


def returned(shop: Shop) -> Order:
    return _returned(sent(shop), 2)


def returned_and_refunded(shop: Shop) -> Order:
    return _returned(sent(shop), 2, refund=True, include_shipping=True)


def returned_and_delivery_kept(shop: Shop) -> Order:
    return _returned(sent(shop), 2, refund=True)


def expired(shop: Shop) -> Order:
    order = unpaid(shop)
    shop.channel.expire_orders_after = 1
    shop.channel.save()
    Order.objects.filter(pk=order.pk).update(created_at="2026-01-01T00:00:00+00:00")
    assert expiration.expire() == 1
    return order


def draft(shop: Shop) -> Order:
    return draft_orders.create(
        channel=shop.channel,
        values={"user_email": "ada@example.com"},
        lines=[NewLine(shop.variants["CUP"].pk, 2)],
    )


Row = tuple[Callable[[Shop], Order], str, str, str, set[A], str, str, str]
# operation → lifecycle, payment, delivery, what may be done │ the API's status, chargeStatus, paymentStatus
MATRIX: list[Row] = [
    (paid, "OPEN", "PAID", "NOT_SENT", {A.FULFILL, A.CANCEL, A.REFUND}, "UNFULFILLED", "FULL", "FULLY_CHARGED"),
    (unpaid, "UNCONFIRMED", "UNPAID", "NOT_SENT", {A.CONFIRM, A.CANCEL, A.MARK_AS_PAID}, "UNCONFIRMED", "NONE", "NOT_CHARGED"),
    (partly_paid, "OPEN", "PARTLY_PAID", "NOT_SENT", {A.CANCEL, A.MARK_AS_PAID, A.REFUND}, "UNFULFILLED", "PARTIAL", "PARTIALLY_CHARGED"),
    (authorized, "OPEN", "AUTHORIZED", "NOT_SENT", {A.CANCEL, A.CAPTURE}, "UNFULFILLED", "NONE", "NOT_CHARGED"),
    (marked_as_paid, "OPEN", "PAID", "NOT_SENT", {A.FULFILL, A.CANCEL, A.REFUND}, "UNFULFILLED", "FULL", "FULLY_CHARGED"),
    (goodwill_refund, "OPEN", "PARTLY_REFUNDED", "NOT_SENT", {A.FULFILL, A.CANCEL, A.REFUND}, "UNFULFILLED", "PARTIAL", "PARTIALLY_REFUNDED"),
    (full_refund, "OPEN", "REFUNDED", "NOT_SENT", {A.CANCEL}, "UNFULFILLED", "NONE", "FULLY_REFUNDED"),
    (canceled, "CANCELED", "PAID", "NOT_SENT", {A.REFUND}, "CANCELED", "FULL", "FULLY_CHARGED"),
    (canceled_and_refunded, "CANCELED", "REFUNDED", "NOT_SENT", set(), "CANCELED", "NONE", "FULLY_REFUNDED"),
    (partly_sent, "OPEN", "PAID", "PARTLY_SENT", {A.FULFILL, A.REFUND, A.RETURN}, "PARTIALLY_FULFILLED", "FULL", "FULLY_CHARGED"),
    (partly_sent_and_refunded, "OPEN", "PARTLY_REFUNDED", "PARTLY_SENT", {A.FULFILL, A.REFUND, A.RETURN}, "PARTIALLY_FULFILLED", "PARTIAL", "PARTIALLY_REFUNDED"),
    (sent, "OPEN", "PAID", "SENT", {A.REFUND, A.RETURN}, "FULFILLED", "FULL", "FULLY_CHARGED"),
    (delivered, "OPEN", "PAID", "DELIVERED", {A.REFUND, A.RETURN}, "FULFILLED", "FULL", "FULLY_CHARGED"),
    (parcel_canceled, "OPEN", "PAID", "NOT_SENT", {A.FULFILL, A.CANCEL, A.REFUND}, "UNFULFILLED", "FULL", "FULLY_CHARGED"),
    (waits_for_approval, "OPEN", "PAID", "NOT_SENT", {A.REFUND}, "UNFULFILLED", "FULL", "FULLY_CHARGED"),
    (partly_returned, "OPEN", "PARTLY_REFUNDED", "PARTLY_RETURNED", {A.REFUND, A.RETURN}, "PARTIALLY_RETURNED", "PARTIAL", "PARTIALLY_REFUNDED"),
    (returned, "OPEN", "PAID", "RETURNED", {A.REFUND}, "RETURNED", "FULL", "FULLY_CHARGED"),
    (returned_and_refunded, "OPEN", "REFUNDED", "RETURNED", set(), "RETURNED", "NONE", "FULLY_REFUNDED"),
    (returned_and_delivery_kept, "OPEN", "PARTLY_REFUNDED", "RETURNED", {A.REFUND}, "RETURNED", "PARTIAL", "PARTIALLY_REFUNDED"),
    (expired, "EXPIRED", "UNPAID", "NOT_SENT", set(), "EXPIRED", "NONE", "NOT_CHARGED"),
    (draft, "DRAFT", "UNPAID", "NOT_SENT", set(), "DRAFT", "NONE", "NOT_CHARGED"),
]  # fmt: skip
TO_SEND = {
    "paid",
    "marked_as_paid",
    "goodwill_refund",
    "partly_sent",
    "partly_sent_and_refunded",
    "parcel_canceled",
}
REFUND_DUE = {"canceled", "returned"}


@pytest.fixture
def shop(db: None) -> Shop:
    made = checkout_flow.create_shop()
    made.variant("CUP", price="29.00", stock=100)
    shop_settings.update(changes={"fulfillment_allow_unpaid": False})
    return made


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: row[0].__name__)
def test_the_state_and_what_the_api_answers(row: Row, shop: Shop) -> None:
    make, lifecycle, paid_state, delivery, actions, *answers = row
    order = Order.objects.get(pk=make(shop).pk)
    found = state.state_of(order)
    assert (found.lifecycle, found.payment, found.delivery) == (
        Lifecycle(lifecycle),
        Payment(paid_state),
        Delivery(delivery),
    )
    assert found.actions == actions
    staff = App.objects.create(name="Desk", permissions=["MANAGE_ORDERS"])
    query = """query($id:ID!){order(id:$id){status chargeStatus paymentStatus isPaid actions
        totalCharged{amount} totalRefunded{amount} lines{quantityToFulfill}}}"""
    answer = execute_field(query, as_=staff, id=gid(order))
    assert [answer["status"], answer["chargeStatus"], answer["paymentStatus"]] == answers
    assert answer["isPaid"] == (answer["chargeStatus"] in ("FULL", "OVERCHARGED"))
    assert Decimal(str(answer["totalRefunded"]["amount"])) == found.refunded
    assert Decimal(str(answer["totalCharged"]["amount"])) == found.held
    assert set(answer["actions"]) <= {str(action) for action in found.actions}
    if found.lifecycle in (Lifecycle.OPEN, Lifecycle.UNCONFIRMED):
        assert sum(line["quantityToFulfill"] for line in answer["lines"]) == found.quantity_to_send


def test_the_queues_hold_exactly_the_orders_whose_state_says_so(shop: Shop) -> None:
    names = {row[0](shop).pk: row[0].__name__ for row in MATRIX}
    orders = list(Order.objects.all())
    states = state.states_of(orders)
    assert {names[pk] for pk, found in states.items() if found.waits_for_parcel} == TO_SEND
    assert {names[pk] for pk, found in states.items() if found.refund_due} == REFUND_DUE
    assert [names[order.pk] for order in state.waiting_for_parcel()] == [
        row[0].__name__ for row in MATRIX if row[0].__name__ in TO_SEND
    ]
    assert {names[order.pk] for order in state.refund_due()} == REFUND_DUE
    shop_settings.update(changes={"fulfillment_allow_unpaid": True})
    lenient = {pk for pk, found in state.states_of(orders).items() if found.waits_for_parcel}
    assert {order.pk for order in state.waiting_for_parcel()} == lenient
    assert {names[pk] for pk in lenient} == TO_SEND | {"partly_paid", "authorized"}


def test_cents_do_not_get_lost_between_the_database_and_the_state(shop: Shop) -> None:
    order = paid(shop)
    for cents in ("0.10", "0.20", "0.30", "7.41", "13.13"):
        refund(order, cents)
        order.refresh_from_db()
        assert state.state_of(order).settled
        assert list(state.waiting_for_parcel()) == [order]


def test_the_number_of_statements_does_not_grow_with_the_orders(shop: Shop) -> None:
    orders = [sent(shop), goodwill_refund(shop), canceled(shop)]
    counts = []
    for number in (1, 3):
        shop_settings.current()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            state.states_of(orders[:number])
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert order_flow.event_types(orders[2])[-1] == "ORDER_UPDATED"


def test_the_queues_are_counted_in_one_statement(shop: Shop) -> None:
    paid(shop)
    picking.mark_picked(order_ids=[paid(shop).pk])
    queues = [state.waiting_for_parcel(), Order.objects.none(), picking.to_ship(), picking.short_of_stock()]
    with CaptureQueriesContext(connection) as queries:
        counts = count_rows(queues)
    assert (counts, len(queries)) == ([2, 0, 1, 0], 1)
