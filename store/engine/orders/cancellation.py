"""Cancels an order and sends its money back in the same walk."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from store.engine.errors import OperationError
from store.engine.money import quantize
from store.engine.orders import order_events, queries, refunds, request_keys, staff_operations, state
from store.engine.orders.models import Order

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A canceled order. `refunded`: what was requested back; `problem`: why money is still here, for `refund_due`."""

    order: Order
    refunded: Decimal = ZERO
    problem: OperationError | None = None


def cancel(
    *,
    order_id: UUID,
    refund: Decimal | None = None,
    reason: str = "",
    user_id: int | None = None,
    request_key: str | None = None,
) -> Cancellation:
    """Cancel the order; then, in a transaction of its own, request `refund` back (None: nothing).

    If the refund fails, the order stays canceled, and its money is listed by `state.refund_due`. A `request_key` that
    was used before does nothing more, except a refund that the first request did not get to.
    Raises NotFound, and OperationError if the order can't be canceled or holds less; then nothing was done.
    """
    if refund is not None:
        _check_amount(queries.get(order_id), refund, request_key)
    order = staff_operations.cancel(order_id=order_id, request_key=request_key)
    if refund is None:
        return Cancellation(order)
    return _refund(
        order_id, refund, reason=reason, user_id=user_id, key=request_key and f"{request_key}:refund"
    )


def _check_amount(order: Order, refund: Decimal, request_key: str | None) -> None:
    if request_key and request_keys.was_used(request_key):
        return
    held = quantize(state.state_of(order).held, order.currency)
    if not 0 < refund <= held:
        raise OperationError(
            f"The refund has to be above 0 and at most {held} {order.currency}, which is what the order holds.",
            field="amount",
            code="CANNOT_REFUND",
        )


def _refund(
    order_id: UUID, amount: Decimal, *, reason: str, user_id: int | None, key: str | None
) -> Cancellation:
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        first = request_keys.first_result(key, operation="cancel_refund", target=order.pk)
        if first is not None:
            return Cancellation(order, Decimal(first[0]))
        amount = min(amount, state.state_of(order).held)
        left = refunds.request(order, amount, reason=reason, user_id=user_id)
        taken = amount - left
        if taken:
            order_events.record(order_events.build(order, "TRANSACTION_REFUND_REQUESTED", amount=str(taken)))
        if not left:
            request_keys.record(key, operation="cancel_refund", target=order.pk, result=[taken])
    problem = None
    if left:
        problem = OperationError(
            f"The order is canceled, but {quantize(left, order.currency)} {order.currency} could not be sent back. "
            "Refund it from the order's page.",
            field="amount",
            code="CANNOT_REFUND",
        )
    return Cancellation(order, taken, problem)
