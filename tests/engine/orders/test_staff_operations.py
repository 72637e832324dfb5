"""Staff operations on a whole order, and granted refunds."""

from decimal import Decimal

import pytest

from store.engine.checkout import complete
from store.engine.errors import OperationError, OperationErrors
from store.engine.events.models import Event
from store.engine.orders import granted_refunds, staff_operations
from store.engine.orders.granted_refunds import RefundLine
from store.engine.orders.models import Order, OrderGrantedRefund
from store.engine.payments.models import TransactionItem
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db


def bought(quantity: int = 2) -> Order:
    shop = checkout_flow.create_shop()
    return checkout_flow.place_order(shop, (shop.variant("CUP", price="29.00"), quantity))


def unpaid() -> Order:
    shop = checkout_flow.create_shop()
    shop.channel.allow_unpaid_orders = True
    shop.channel.save()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    return complete.complete(checkout_id=checkout.pk)


def event_types(order: Order) -> list[str]:
    return list(Event.objects.filter(object_pk=str(order.pk)).values_list("type", flat=True))


def test_an_unpaid_order_is_unconfirmed_until_staff_confirms_it() -> None:
    order = unpaid()
    assert (order.status, order.charge_status) == ("UNCONFIRMED", "NONE")
    assert staff_operations.confirm(order_id=order.pk).status == "UNFULFILLED"


def test_marking_as_paid_records_fully_paid_but_not_paid() -> None:
    order = unpaid()
    done = staff_operations.mark_as_paid(order_id=order.pk, reference="till 4")
    assert (done.charge_status, done.status) == ("FULL", "UNFULFILLED")
    assert event_types(order) == ["ORDER_CREATED", "ORDER_FULLY_PAID", "ORDER_UPDATED"]


def test_an_order_with_a_payment_is_not_marked_as_paid() -> None:
    with pytest.raises(OperationError) as refused:
        staff_operations.mark_as_paid(order_id=bought().pk)
    assert (refused.value.code, TransactionItem.objects.count()) == ("TRANSACTION_ERROR", 1)


def test_a_note_is_an_order_event() -> None:
    _, event = staff_operations.add_note(order_id=bought().pk, message="Called the customer")
    assert (event.type, event.parameters) == ("NOTE_ADDED", {"message": "Called the customer"})


def test_an_empty_note_is_refused() -> None:
    with pytest.raises(OperationError) as refused:
        staff_operations.add_note(order_id=bought().pk, message="  ")
    assert refused.value.code == "REQUIRED"


def test_a_refund_by_lines_is_worth_what_was_paid_for_them() -> None:
    order = bought(2)
    line = order.lines.get()
    granted = granted_refunds.grant(order_id=order.pk, lines=[RefundLine(line.pk, 1)])
    assert granted.amount_value == Decimal("31.47")


def test_a_line_is_refunded_once() -> None:
    order = bought(1)
    refund_lines = [RefundLine(order.lines.get().pk, 1)]
    granted_refunds.grant(order_id=order.pk, lines=refund_lines)
    with pytest.raises(OperationError):
        granted_refunds.grant(order_id=order.pk, lines=refund_lines)
    assert OrderGrantedRefund.objects.count() == 1


def test_shipping_is_refunded_once() -> None:
    order = bought()
    assert granted_refunds.grant(order_id=order.pk, include_shipping=True).amount_value == Decimal("5.32")
    with pytest.raises(OperationError) as refused:
        granted_refunds.grant(order_id=order.pk, include_shipping=True)
    assert refused.value.code == "SHIPPING_COSTS_ALREADY_GRANTED"


def test_more_than_was_charged_is_not_granted() -> None:
    order = bought()
    with pytest.raises(OperationError) as refused:
        granted_refunds.grant(
            order_id=order.pk, amount=Decimal(999), transaction_id=TransactionItem.objects.get().pk
        )
    assert refused.value.code == "AMOUNT_GREATER_THAN_AVAILABLE"


def test_a_refund_without_content_names_the_three_fields() -> None:
    with pytest.raises(OperationErrors) as refused:
        granted_refunds.grant(order_id=bought().pk)
    assert [error.field for error in refused.value.errors] == ["amount", "lines", "grantRefundForShipping"]


def test_a_granted_refund_is_paid_through_its_transaction_once() -> None:
    order = bought(2)
    item = TransactionItem.objects.get()
    granted = granted_refunds.grant(order_id=order.pk, amount=Decimal(10), transaction_id=item.pk)
    granted_refunds.request_refund(granted_refund_id=granted.pk)
    granted.refresh_from_db()
    item.refresh_from_db()
    assert (granted.status, item.refunded_value) == ("SUCCESS", 10)
    with pytest.raises(OperationError) as refused:
        granted_refunds.request_refund(granted_refund_id=granted.pk)
    assert refused.value.code == "REFUND_ALREADY_PROCESSED"
