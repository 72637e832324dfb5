"""Capturing, refunding and voiding the older kind of payment of an order."""

from decimal import Decimal
from uuid import UUID

from django.db import transaction

from store.engine import hooks
from store.engine.orders import charging, loading, story
from store.engine.orders.models import Order
from store.engine.payments import classic
from store.engine.payments.models import Payment
from store.engine.refusals import Refusal


def _payment(order: Order) -> Payment:
    found = Payment.objects.filter(order_id=order.pk).last()
    if found is None:
        raise Refusal(
            "There's no payment associated with the order.", field="payment", code="PAYMENT_MISSING"
        )
    return found


def capture(*, order_id: UUID, amount: Decimal) -> Order:
    with transaction.atomic(durable=True):
        order = loading.lock(order_id)
        if amount <= 0:
            raise Refusal("Amount should be a positive number.", field="amount", code="ZERO_QUANTITY")
        classic.capture(_payment(order), amount)
        story.tell(story.sentence(order, "PAYMENT_CAPTURED", amount=str(amount)))
        charging.refresh(order)
        charging.tell_paid(order)
        hooks.record("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order


def refund(*, order_id: UUID, amount: Decimal) -> Order:
    with transaction.atomic(durable=True):
        order = loading.lock(order_id)
        classic.refund(_payment(order), amount)
        story.tell(story.sentence(order, "PAYMENT_REFUNDED", amount=str(amount)))
        charging.refresh(order)
        hooks.record("ORDER_REFUNDED", kind="Order", pk=order.pk)
        hooks.record("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order


def void(*, order_id: UUID) -> Order:
    with transaction.atomic(durable=True):
        order = loading.lock(order_id)
        classic.void(_payment(order))
        story.tell(story.sentence(order, "PAYMENT_VOIDED"))
        charging.refresh(order)
        hooks.record("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order
