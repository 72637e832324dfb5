"""Capturing, refunding and voiding the older kind of payment of an order."""

from decimal import Decimal
from uuid import UUID

from django.db import transaction

from store.engine import events
from store.engine.errors import Refusal
from store.engine.orders import charge_status, order_events, queries
from store.engine.orders.models import Order
from store.engine.payments import legacy_payments
from store.engine.payments.models import Payment


def _payment(order: Order) -> Payment:
    found = Payment.objects.filter(order_id=order.pk).last()
    if found is None:
        raise Refusal(
            "There's no payment associated with the order.", field="payment", code="PAYMENT_MISSING"
        )
    return found


def capture(*, order_id: UUID, amount: Decimal) -> Order:
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if amount <= 0:
            raise Refusal("Amount should be a positive number.", field="amount", code="ZERO_QUANTITY")
        legacy_payments.capture(_payment(order), amount)
        order_events.tell(order_events.sentence(order, "PAYMENT_CAPTURED", amount=str(amount)))
        charge_status.refresh(order)
        charge_status.tell_paid(order)
        events.record("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order


def refund(*, order_id: UUID, amount: Decimal) -> Order:
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        legacy_payments.refund(_payment(order), amount)
        order_events.tell(order_events.sentence(order, "PAYMENT_REFUNDED", amount=str(amount)))
        charge_status.refresh(order)
        events.record("ORDER_REFUNDED", kind="Order", pk=order.pk)
        events.record("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order


def void(*, order_id: UUID) -> Order:
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        legacy_payments.void(_payment(order))
        order_events.tell(order_events.sentence(order, "PAYMENT_VOIDED"))
        charge_status.refresh(order)
        events.record("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order
