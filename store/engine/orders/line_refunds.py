"""Sends back the price of some pieces, of the delivery, or an amount, with the reason, in one act."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from store.engine import events
from store.engine.errors import NotFound, OperationError
from store.engine.money import quantize
from store.engine.orders import charge_status, granted_refunds, order_events, queries, refunds, request_keys
from store.engine.orders.granted_refunds import RefundLine
from store.engine.orders.models import FulfillmentLine, Order, OrderGrantedRefund, OrderGrantedRefundLine

Status = OrderGrantedRefund.Status


def refund(
    *,
    order_id: UUID,
    lines: Sequence[RefundLine],
    include_shipping: bool,
    reason: str,
    user_id: int | None,
    amount: Decimal | None = None,
    request_key: str | None = None,
) -> OrderGrantedRefund | None:
    """Grant and request the refund, from whatever paid for the order. None: the key was used before.

    `amount`: what is sent back instead of the price of these pieces.

    Raises NotFound, or OperationError for pieces or a delivery that went back before, and for more than is here; then
    nothing is sent back.
    """
    if not reason.strip():
        raise OperationError("Write the reason.", field="reason", code="REQUIRED")
    if not lines and not include_shipping and amount is None:
        raise OperationError("Say which pieces, or the delivery.", field="lines", code="REQUIRED")
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if request_keys.first_result(request_key, operation="refund_lines", target=order.pk) is not None:
            return None
        chosen = granted_refunds.chosen_lines(order, lines)
        if include_shipping and refunds.shipping_was_refunded(order):
            raise OperationError("The delivery cost was given back before.", field="shipping")
        if amount is None:
            pieces = ((line, part.quantity) for line, part in chosen)
            amount = refunds.worth(pieces, refunds.refunded_pieces(order))
            amount += order.shipping_price_gross_amount if include_shipping else Decimal(0)
        if amount <= 0:
            raise OperationError("These cost nothing, so nothing goes back.", field="lines")
        granted = OrderGrantedRefund.objects.create(
            order=order,
            amount_value=quantize(amount, order.currency),
            currency=order.currency,
            reason=reason.strip(),
            shipping_costs_included=include_shipping,
            user_id=user_id,
            status=Status.SUCCESS,
        )
        OrderGrantedRefundLine.objects.bulk_create(
            [
                OrderGrantedRefundLine(granted_refund=granted, order_line=line, quantity=part.quantity)
                for line, part in chosen
            ]
        )
        left = refunds.request(order, granted.amount_value, reason=reason.strip(), user_id=user_id)
        if left > 0:
            raise OperationError(
                f"{quantize(left, order.currency)} of {granted.amount_value} {order.currency} can't be sent back"
                " from here: that much is not here, or its payment takes no refund.",
                field="order",
                code="CANNOT_REFUND",
            )
        charge_status.refresh(order)
        order_events.record(
            order_events.build(
                order,
                "TRANSACTION_REFUND_REQUESTED",
                amount=str(granted.amount_value),
                message=_message(granted, [part for _, part in chosen], reason),
            )
        )
        request_keys.record(request_key, operation="refund_lines", target=order.pk, result=[granted.pk])
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return granted


def _message(granted: OrderGrantedRefund, parts: Sequence[RefundLine], reason: str) -> str:
    pieces = sum(part.quantity for part in parts)
    what = [f"{pieces} piece{'' if pieces == 1 else 's'}"] if pieces else []
    what += ["delivery"] if granted.shipping_costs_included else []
    return f"{' and '.join(what)}; {reason.strip()}"


def refund_products(
    *,
    order_id: UUID,
    lines: Sequence[RefundLine],
    fulfillment_lines: Sequence[tuple[int, int]],
    include_shipping: bool,
    amount: Decimal | None,
    user_id: int | None,
) -> Order:
    """As `refund`, for pieces that were not sent (`lines`) or were (`fulfillment_lines`: primary key and quantity).

    Raises NotFound for a fulfillment line of another order.
    """
    sent = FulfillmentLine.objects.filter(fulfillment__order_id=order_id)
    found = sent.in_bulk([pk for pk, _ in fulfillment_lines])
    if len(found) < len({pk for pk, _ in fulfillment_lines}):
        raise NotFound("This order has no such fulfillment line.", field="fulfillmentLineId")
    if any(quantity > found[pk].quantity for pk, quantity in fulfillment_lines):
        raise OperationError("That much was not sent.", field="fulfillmentLineId", code="INVALID")
    parts = [RefundLine(found[pk].order_line_id, quantity) for pk, quantity in fulfillment_lines]
    refund(
        order_id=order_id,
        lines=[*lines, *parts],
        include_shipping=include_shipping,
        reason="Refunded products",
        amount=amount,
        user_id=user_id,
    )
    return queries.get(order_id)
