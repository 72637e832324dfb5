"""What staff does to an order as a whole, and promised refunds."""

from decimal import Decimal

import pytest

from store.engine.checkout import complete
from store.engine.errors import Refusal, Refusals
from store.engine.events.models import Event
from store.engine.orders import granted_refunds, staff_operations
from store.engine.orders.granted_refunds import RefundLine
from store.engine.orders.models import Order, OrderGrantedRefund
from store.engine.payments.models import TransactionItem
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db


def bought(quantity: int = 2) -> Order:
    shop = checkout_flow.open_shop()
    return checkout_flow.buy(shop, (shop.variant("CUP", price="29.00"), quantity))


def unpaid() -> Order:
    shop = checkout_flow.open_shop()
    shop.channel.allow_unpaid_orders = True
    shop.channel.save()
    checkout = checkout_flow.ready(shop, (shop.variant("CUP"), 1))
    return complete.complete(checkout_id=checkout.pk)


def facts(order: Order) -> list[str]:
    return list(Event.objects.filter(object_pk=str(order.pk)).values_list("type", flat=True))


def test_an_unpaid_order_is_unconfirmed_until_staff_confirms_it() -> None:
    order = unpaid()
    assert (order.status, order.charge_status) == ("UNCONFIRMED", "NONE")
    assert staff_operations.confirm(order_id=order.pk).status == "UNFULFILLED"


def test_marking_as_paid_tells_fully_paid_but_not_paid() -> None:
    order = unpaid()
    done = staff_operations.mark_as_paid(order_id=order.pk, reference="till 4")
    assert (done.charge_status, done.status) == ("FULL", "UNFULFILLED")
    assert facts(order) == ["ORDER_CREATED", "ORDER_FULLY_PAID", "ORDER_UPDATED"]


def test_an_order_with_a_payment_is_not_marked_as_paid() -> None:
    with pytest.raises(Refusal) as refused:
        staff_operations.mark_as_paid(order_id=bought().pk)
    assert (refused.value.code, TransactionItem.objects.count()) == ("TRANSACTION_ERROR", 1)


def test_a_note_is_a_sentence_of_the_story() -> None:
    _, event = staff_operations.add_note(order_id=bought().pk, message="Called the customer")
    assert (event.type, event.parameters) == ("NOTE_ADDED", {"message": "Called the customer"})


def test_an_empty_note_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        staff_operations.add_note(order_id=bought().pk, message="  ")
    assert refused.value.code == "REQUIRED"


def test_a_refund_by_lines_is_worth_what_was_paid_for_them() -> None:
    order = bought(2)
    line = order.lines.get()
    promised = granted_refunds.grant(order_id=order.pk, lines=[RefundLine(line.pk, 1)])
    assert promised.amount_value == Decimal("31.47")


def test_a_line_is_refunded_once() -> None:
    order = bought(1)
    wish = [RefundLine(order.lines.get().pk, 1)]
    granted_refunds.grant(order_id=order.pk, lines=wish)
    with pytest.raises(Refusal):
        granted_refunds.grant(order_id=order.pk, lines=wish)
    assert OrderGrantedRefund.objects.count() == 1


def test_shipping_is_refunded_once() -> None:
    order = bought()
    assert granted_refunds.grant(order_id=order.pk, include_shipping=True).amount_value == Decimal("5.32")
    with pytest.raises(Refusal) as refused:
        granted_refunds.grant(order_id=order.pk, include_shipping=True)
    assert refused.value.code == "SHIPPING_COSTS_ALREADY_GRANTED"


def test_more_than_was_charged_is_not_promised() -> None:
    order = bought()
    with pytest.raises(Refusal) as refused:
        granted_refunds.grant(
            order_id=order.pk, amount=Decimal(999), transaction_id=TransactionItem.objects.get().pk
        )
    assert refused.value.code == "AMOUNT_GREATER_THAN_AVAILABLE"


def test_a_refund_of_nothing_names_the_three_ways() -> None:
    with pytest.raises(Refusals) as refused:
        granted_refunds.grant(order_id=bought().pk)
    assert [one.field for one in refused.value.problems] == ["amount", "lines", "grantRefundForShipping"]


def test_a_promised_refund_goes_back_by_its_transaction_once() -> None:
    order = bought(2)
    item = TransactionItem.objects.get()
    promised = granted_refunds.grant(order_id=order.pk, amount=Decimal(10), transaction_id=item.pk)
    granted_refunds.request_refund(granted_refund_id=promised.pk)
    promised.refresh_from_db()
    item.refresh_from_db()
    assert (promised.status, item.refunded_value) == ("SUCCESS", 10)
    with pytest.raises(Refusal) as refused:
        granted_refunds.request_refund(granted_refund_id=promised.pk)
    assert refused.value.code == "REFUND_ALREADY_PROCESSED"
