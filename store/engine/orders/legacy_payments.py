"""Capturing, refunding and voiding the legacy payment of an order."""

from decimal import Decimal
from uuid import UUID

from django.db import transaction

from store.engine import events
from store.engine.errors import OperationError
from store.engine.orders import charge_status, order_events, queries
from store.engine.orders.models import Order
from store.engine.payments import legacy_payments
from store.engine.payments.models import Payment

ZERO = Decimal(0)


def _payment(order: Order) -> Payment:
    found = Payment.objects.filter(order_id=order.pk).last()
    if found is None:
        raise OperationError(
            "There's no payment associated with the order.", field="payment", code="PAYMENT_MISSING"
        )
    return found


def capture(*, order_id: UUID, amount: Decimal) -> Order:
    """Capture an amount, in the order's currency. Raises NotFound or OperationError."""
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if amount <= 0:
            raise OperationError("Amount should be a positive number.", field="amount", code="ZERO_QUANTITY")
        legacy_payments.capture(_payment(order), amount)
        order_events.record(order_events.build(order, "PAYMENT_CAPTURED", amount=str(amount)))
        charge_status.update_after_change(order, charged=amount, refunded=ZERO)
    return order


def refund(*, order_id: UUID, amount: Decimal) -> Order:
    """Refund an amount, in the order's currency. Raises NotFound or OperationError."""
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        legacy_payments.refund(_payment(order), amount)
        charge_status.update_after_change(order, charged=-amount, refunded=amount)
    return order


def void(*, order_id: UUID) -> Order:
    """Void the authorization. Raises NotFound or OperationError."""
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        legacy_payments.void(_payment(order))
        order_events.record(order_events.build(order, "PAYMENT_VOIDED"))
        charge_status.refresh(order)
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order
