"""Events of money: an order is paid in full once and refunded in full once, over all that paid for it."""

from decimal import Decimal

import pytest

from store.engine.checkout import complete, legacy_payments, payment
from store.engine.errors import OperationError
from store.engine.orders import legacy_payments as order_legacy_payments
from store.engine.orders import staff_operations, state
from store.engine.orders.models import Order
from store.engine.payments.legacy_payments import GATEWAY
from store.engine.payments.models import TransactionItem
from store.saleor.order_state import Payment
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop
from tests.engine.orders.order_flow import bought, event_types, refund

pytestmark = pytest.mark.django_db
TOTAL = Decimal("36.79")


def unpaid() -> tuple[Shop, Order]:
    shop = checkout_flow.create_shop()
    shop.channel.allow_unpaid_orders = True
    shop.channel.save()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), 1))
    return shop, complete.complete(checkout_id=checkout.pk)


def pay(order: Order, amount: str) -> TransactionItem:
    return payment.create(
        order_id=order.pk,
        charged=Decimal(amount),
        app_identifier=checkout_flow.DUMMY,
        available_actions=["REFUND"],
    )


def refund_of(item: TransactionItem, amount: str) -> None:
    payment.request_action(transaction_id=item.pk, action="REFUND", amount=Decimal(amount))


def count(order: Order, kind: str) -> int:
    return event_types(order).count(kind)


def test_a_partial_refund_is_not_a_full_one() -> None:
    _, order = bought(2)
    refund(order, "68.24")
    assert (count(order, "ORDER_REFUNDED"), count(order, "ORDER_FULLY_REFUNDED")) == (1, 0)


def test_the_last_cent_makes_it_a_full_refund_once() -> None:
    _, order = bought(2)
    refund(order, "68.24")
    refund(order, "0.01")
    assert (count(order, "ORDER_REFUNDED"), count(order, "ORDER_FULLY_REFUNDED")) == (2, 1)


def test_two_transactions_refunded_in_full_are_one_full_refund() -> None:
    _, order = unpaid()
    first, second = pay(order, "20.00"), pay(order, "16.79")
    refund_of(first, "20.00")
    assert count(order, "ORDER_FULLY_REFUNDED") == 0
    refund_of(second, "16.79")
    assert (count(order, "ORDER_REFUNDED"), count(order, "ORDER_FULLY_REFUNDED")) == (2, 1)
    assert state.state_of(order).payment is Payment.REFUNDED


def test_two_transactions_pay_in_full_once() -> None:
    _, order = unpaid()
    pay(order, "20.00")
    assert (count(order, "ORDER_PAID"), count(order, "ORDER_FULLY_PAID")) == (1, 0)
    pay(order, "16.79")
    assert (count(order, "ORDER_PAID"), count(order, "ORDER_FULLY_PAID")) == (2, 1)


def test_what_is_paid_too_much_does_not_pay_in_full_again() -> None:
    _, order = unpaid()
    pay(order, "36.79")
    pay(order, "1.00")
    assert (count(order, "ORDER_PAID"), count(order, "ORDER_FULLY_PAID")) == (2, 1)


def test_a_payment_after_a_refund_does_not_pay_in_full_again() -> None:
    _, order = unpaid()
    refund_of(pay(order, "36.79"), "5.00")
    pay(order, "5.00")
    assert count(order, "ORDER_FULLY_PAID") == 1


def test_more_than_is_owed_is_a_full_refund_only_when_all_of_it_is_back() -> None:
    _, order = unpaid()
    item = pay(order, "40.00")
    refund_of(item, "36.79")
    assert count(order, "ORDER_FULLY_REFUNDED") == 0
    refund_of(item, "3.21")
    assert count(order, "ORDER_FULLY_REFUNDED") == 1


def legacy_order() -> Order:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), 1))
    legacy_payments.pay(checkout_id=checkout.pk, gateway=GATEWAY, token="not-charged")
    return complete.complete(checkout_id=checkout.pk)


def test_a_legacy_payment_pays_and_is_refunded_in_full_once() -> None:
    order = legacy_order()
    for amount in ("16.79", "20.00"):
        order_legacy_payments.capture(order_id=order.pk, amount=Decimal(amount))
    assert (count(order, "ORDER_PAID"), count(order, "ORDER_FULLY_PAID")) == (2, 1)
    order_legacy_payments.refund(order_id=order.pk, amount=Decimal("30.00"))
    assert (count(order, "ORDER_REFUNDED"), count(order, "ORDER_FULLY_REFUNDED")) == (1, 0)
    order_legacy_payments.refund(order_id=order.pk, amount=Decimal("6.79"))
    assert (count(order, "ORDER_REFUNDED"), count(order, "ORDER_FULLY_REFUNDED")) == (2, 1)
    assert (state.state_of(order).received, state.state_of(order).refunded) == (TOTAL, TOTAL)


def test_what_is_due_beside_a_partial_payment_is_marked_as_paid() -> None:
    _, order = unpaid()
    pay(order, "20.00")
    with pytest.raises(OperationError) as refused:
        staff_operations.mark_as_paid(order_id=order.pk)
    assert refused.value.code == "TRANSACTION_ERROR"
    staff_operations.mark_as_paid(order_id=order.pk, beside_transactions=True)
    order.refresh_from_db()
    assert (order.charge_status, order.total_charged_amount) == ("FULL", TOTAL)


def test_a_legacy_payment_counts_as_paid_online() -> None:
    order = legacy_order()
    with pytest.raises(OperationError) as refused:
        staff_operations.mark_as_paid(order_id=order.pk)
    assert (refused.value.code, TransactionItem.objects.count()) == ("TRANSACTION_ERROR", 0)


def test_a_canceled_order_is_not_marked_as_paid() -> None:
    _, order = unpaid()
    staff_operations.cancel(order_id=order.pk)
    with pytest.raises(OperationError) as refused:
        staff_operations.mark_as_paid(order_id=order.pk)
    assert (refused.value.message, TransactionItem.objects.count()) == ("This order waits for no payment.", 0)


def test_half_a_dollar_is_a_payment_and_a_note_is_none() -> None:
    _, order = bought(1)
    before = len(event_types(order))
    item = payment.create(order_id=order.pk, charged=Decimal("0.50"), available_actions=[])
    assert event_types(order)[before:] == ["ORDER_PAID", "ORDER_UPDATED"]
    payment.report(transaction_id=item.pk, type="INFO", psp_reference="n", message="still here")
    assert event_types(order)[before + 2 :] == ["ORDER_UPDATED"]
    assert not order.events.filter(type="PAYMENT_REFUNDED").exists()


def test_a_refund_where_nothing_was_charged_is_no_full_one() -> None:
    _, order = bought(1)
    TransactionItem.objects.all().delete()
    before = len(event_types(order))
    payment.create(order_id=order.pk, refunded=Decimal("5.00"))
    assert event_types(order)[before:] == ["ORDER_REFUNDED", "ORDER_UPDATED"]
