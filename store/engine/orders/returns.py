"""Returns of sent and unsent items.

Returned pieces are stored as a fulfillment of their own; allocations of unsent pieces are released. Stock is
increased only when staff has inspected the items and counts them in, never automatically: a used cup is not for
sale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from store.engine import events
from store.engine.errors import OperationError
from store.engine.money import quantize
from store.engine.orders import charge_status, fulfillments, lots, order_events, queries, status
from store.engine.orders.errors import OrderLineError
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order, OrderLine
from store.engine.payments import transaction_events
from store.engine.payments.models import TransactionItem
from store.engine.stock.allocations import Demand, deallocate

Status = Fulfillment.Status
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A quantity of an unsent order line (`pk`: UUID) or of a fulfillment line (`pk`: int) to return."""

    pk: Any
    quantity: int
    replace: bool = False


def return_products(
    *,
    order_id: UUID,
    order_lines: Sequence[ReturnLine] = (),
    fulfillment_lines: Sequence[ReturnLine] = (),
    include_shipping: bool = False,
    refund: bool = False,
    reason: str = "",
) -> tuple[Order, Fulfillment]:
    """Store a return; with `refund`, refund its price at once.

    Raises NotFound, OrderLineError, or OperationError for a replacement, wrong quantities or too little charged
    money.
    """
    if any(return_line.replace for return_line in (*order_lines, *fulfillment_lines)):
        message = "Replacement orders are not made here: take the goods back and make a new order."
        raise OperationError(message, field="orderLines", code="INVALID")
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        lines = {line.pk: line for line in order.lines.all()}
        fulfillment = Fulfillment.objects.create(
            order=order,
            fulfillment_order=fulfillments.last_number(order) + 1,
            status=Status.REFUNDED_AND_RETURNED if refund else Status.RETURNED,
        )
        returned = _return_unfulfilled(lines, order_lines) + _return_fulfilled(
            order, lines, fulfillment_lines
        )
        if not returned:
            raise OperationError("Say what comes back.", field="fulfillmentLines", code="REQUIRED")
        for line in returned:
            line.fulfillment = fulfillment
        FulfillmentLine.objects.bulk_create(returned)
        OrderLine.objects.bulk_update(lines.values(), ["quantity_fulfilled"])
        if refund:
            _refund(
                order,
                fulfillment,
                _refund_amount(order, returned, lines, include_shipping),
                include_shipping,
                reason,
            )
        status.refresh(order)
        order_events.record(
            order_events.build(
                order, "FULFILLMENT_RETURNED", lines=[str(line.order_line_id) for line in returned]
            )
        )
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order, fulfillment


def _return_unfulfilled(
    lines: dict[UUID, OrderLine], return_lines: Sequence[ReturnLine]
) -> list[FulfillmentLine]:
    returned = []
    for return_line in return_lines:
        line = lines.get(return_line.pk)
        if line is None or not 0 < return_line.quantity <= line.quantity_unfulfilled:
            raise OrderLineError(
                "Provided quantity is greater than the quantity that is left.",
                field="orderLineId",
                code="INVALID",
                order_lines=[return_line.pk],
            )
        line.quantity_fulfilled += return_line.quantity
        returned.append(FulfillmentLine(order_line=line, quantity=return_line.quantity))
    deallocate(
        demand=[
            Demand(line.order_line_id, line.order_line.variant_id, line.quantity)
            for line in returned
            if line.order_line.variant_id
        ]
    )
    return returned


def _return_fulfilled(
    order: Order, lines: dict[UUID, OrderLine], return_lines: Sequence[ReturnLine]
) -> list[FulfillmentLine]:
    sent = {
        line.pk: line
        for line in FulfillmentLine.objects.select_related("fulfillment").filter(fulfillment__order=order)
    }
    returned = []
    for return_line in return_lines:
        line = sent.get(return_line.pk)
        returnable = line is not None and line.fulfillment.status in (Status.FULFILLED, Status.REFUNDED)
        if line is None or not returnable or not 0 < return_line.quantity <= line.quantity:
            raise OperationError(
                "Provided quantity is greater than the quantity that was sent.",
                field="fulfillmentLineId",
                code="INVALID",
            )
        line.quantity -= return_line.quantity
        returned_lots, line.lots = lots.split(line.lots, return_line.quantity)
        if line.quantity:
            line.save(update_fields=["quantity", "lots"])
        else:
            line.delete()
        returned.append(
            FulfillmentLine(
                order_line=lines[line.order_line_id],
                quantity=return_line.quantity,
                warehouse_id=line.warehouse_id,
                lots=returned_lots,
            )
        )
    Fulfillment.objects.filter(order=order, lines=None, status=Status.FULFILLED).delete()
    return returned


def _refund_amount(
    order: Order, returned: Sequence[FulfillmentLine], lines: dict[UUID, OrderLine], include_shipping: bool
) -> Decimal:
    """By the share of each line's total, since unit prices are rounded and would not add up to what was paid."""
    amount = ZERO
    for returned_line in returned:
        line = lines[returned_line.order_line_id]
        amount += quantize(
            line.total_price_gross_amount * returned_line.quantity / line.quantity, order.currency
        )
    return amount + (order.shipping_price_gross_amount if include_shipping else ZERO)


def _refund(
    order: Order, fulfillment: Fulfillment, amount: Decimal, include_shipping: bool, reason: str
) -> None:
    """Refund the amount from the order's charged transactions, one after the other."""
    left = amount
    items = TransactionItem.objects.filter(order_id=order.pk, charged_value__gt=0).order_by("pk")
    for unlocked in items:
        item = transaction_events.lock(unlocked.pk)
        charged, refunded = item.charged_value, item.refunded_value
        part = min(left, charged)
        if part > 0 and transaction_events.request_action(
            item=item, action="REFUND", amount=part, message=reason
        ):
            left -= part
            charge_status.update_after_transaction(
                order, charged_before=charged, refunded_before=refunded, item=item
            )
    if left > 0:
        raise OperationError(
            "There is not enough charged money to give back.", field="refund", code="CANNOT_REFUND"
        )
    fulfillment.total_refund_amount = amount
    fulfillment.shipping_refund_amount = order.shipping_price_gross_amount if include_shipping else ZERO
    fulfillment.save(update_fields=["total_refund_amount", "shipping_refund_amount"])
