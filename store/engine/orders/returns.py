"""Returns of sent and unsent items.

Returned pieces are stored as a fulfillment of their own; allocations of unsent pieces are released. Sent pieces go back
to stock only where staff says so, for each return: a used cup is not for sale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from store.engine import events
from store.engine.errors import NotFound, OperationError
from store.engine.money import quantize
from store.engine.orders import (
    fulfillment_lots,
    fulfillments,
    order_events,
    queries,
    refunds,
    request_keys,
    return_requests,
    state,
    status,
)
from store.engine.orders.errors import OrderLineError
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order, OrderLine
from store.engine.stock.allocations import Demand, WarehouseLine, allocated_in, deallocate, increase
from store.engine.stock.locking import lock_stocks, lock_warehouses
from store.saleor.order_state import Lifecycle

Status = Fulfillment.Status
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A quantity of an unsent order line (`pk`: UUID) or of a fulfillment line (`pk`: int) to return.

    `reason_page_id`: of a catalog.Page.
    """

    pk: Any
    quantity: int
    replace: bool = False
    reason: str | None = None
    reason_page_id: int | None = None


def return_products(
    *,
    order_id: UUID,
    order_lines: Sequence[ReturnLine] = (),
    fulfillment_lines: Sequence[ReturnLine] = (),
    include_shipping: bool = False,
    refund: bool = False,
    reason: str = "",
    reason_page_id: int | None = None,
    amount: Decimal | None = None,
    restock_to: UUID | None = None,
    request_key: str | None = None,
) -> tuple[Order, Fulfillment]:
    """Store a return; with `refund`, refund its price at once, or `amount` instead of the price. `restock_to`: the
    warehouse that its sent pieces are put back into, None to leave stock as it is. With a `request_key` that was used
    before: the first return.

    Raises NotFound, OrderLineError, or OperationError for a replacement, wrong quantities, an order that is not open or
    too little charged money; then nothing was changed.
    """
    if any(return_line.replace for return_line in (*order_lines, *fulfillment_lines)):
        message = "Replacement orders are not made here: take the goods back and make a new order."
        raise OperationError(message, field="orderLines", code="INVALID")
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        first = request_keys.first_result(request_key, operation="return", target=order.pk)
        if first is not None:
            return order, order.fulfillments.get(pk=first[0])
        if state.state_of(order).lifecycle not in (Lifecycle.OPEN, Lifecycle.UNCONFIRMED):
            message = f"Nothing of an order that is {order.get_status_display()} can come back."
            raise OperationError(message, field="order", code="INVALID")
        if restock_to and not lock_warehouses([restock_to]):
            raise NotFound("There is no such warehouse.", field="warehouseId")
        lines = {line.pk: line for line in order.lines.select_related("variant")}
        fulfillment = Fulfillment.objects.create(
            order=order,
            fulfillment_order=fulfillments.last_number(order) + 1,
            status=Status.REFUNDED_AND_RETURNED if refund else Status.RETURNED,
            reason=reason or None,
            reason_reference_id=reason_page_id,
        )
        unsent = _return_unsent(lines, order_lines)
        came_back = _return_fulfilled(order, lines, fulfillment_lines)
        returned = unsent + came_back
        if not returned:
            raise OperationError("Say what comes back.", field="fulfillmentLines", code="REQUIRED")
        for line in returned:
            line.fulfillment = fulfillment
        FulfillmentLine.objects.bulk_create(returned)
        OrderLine.objects.bulk_update(lines.values(), ["quantity_fulfilled"])
        _change_stock(order, unsent, came_back, restock_to)
        if refund:
            _refund(
                order,
                fulfillment,
                _refund_amount(order, returned, include_shipping) if amount is None else amount,
                include_shipping,
                reason,
            )
        return_requests.settle(order)
        status.refresh(order)
        order_events.record(
            order_events.build(
                order,
                "FULFILLMENT_RETURNED",
                lines=[str(line.order_line_id) for line in returned],
                quantity=sum(line.quantity for line in returned),
                return_reason=reason,
            )
        )
        request_keys.record(request_key, operation="return", target=order.pk, result=[fulfillment.pk])
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order, fulfillment


def _return_unsent(lines: dict[UUID, OrderLine], return_lines: Sequence[ReturnLine]) -> list[FulfillmentLine]:
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
        returned.append(_returned_line(return_line, order_line=line))
    return returned


def _returned_line(return_line: ReturnLine, **values: Any) -> FulfillmentLine:
    return FulfillmentLine(
        quantity=return_line.quantity,
        reason=return_line.reason or None,
        reason_reference_id=return_line.reason_page_id,
        **values,
    )


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
        returned_lots, line.lots = fulfillment_lots.split(line.lots, return_line.quantity)
        if line.quantity:
            line.save(update_fields=["quantity", "lots"])
        else:
            line.delete()
        returned.append(
            _returned_line(
                return_line,
                order_line=lines[line.order_line_id],
                warehouse_id=line.warehouse_id,
                lots=returned_lots,
            )
        )
    Fulfillment.objects.filter(order=order, lines=None, status=Status.FULFILLED).delete()
    return returned


def _change_stock(
    order: Order,
    unsent: Sequence[FulfillmentLine],
    came_back: Sequence[FulfillmentLine],
    restock_to: UUID | None,
) -> None:
    """Release what was not sent, and put what came back on the shelf of the locked warehouse, if there is one.

    In the order of `stock.locking`: the lots first, then all stock rows at once.
    """
    if restock_to:
        fulfillment_lots.put_back(order, came_back, warehouse_id=restock_to, returned=True)
    released = [
        Demand(line.order_line_id, line.order_line.variant_id, line.quantity)
        for line in unsent
        if line.order_line.variant_id
    ]
    lock_stocks(
        stock_ids=allocated_in(line.line_id for line in released),
        variant_ids=[line.order_line.variant_id for line in came_back if line.order_line.variant_id],
        warehouse_ids=[restock_to] if restock_to else [],
    )
    if restock_to:
        _restock(order, came_back, restock_to)
    deallocate(demand=released)


def _restock(order: Order, came_back: Sequence[FulfillmentLine], warehouse_id: UUID) -> None:
    increases = [
        WarehouseLine(line.order_line_id, line.order_line.variant_id, warehouse_id, line.quantity, line.lots)
        for line in came_back
        if line.order_line.variant_id
    ]
    increase(lines=increases, reason="returned")
    order_events.record(
        order_events.build(
            order,
            "FULFILLMENT_RESTOCKED_ITEMS",
            quantity=sum(line.quantity for line in came_back),
            warehouse=str(warehouse_id),
        )
    )


def _refund_amount(order: Order, returned: Sequence[FulfillmentLine], include_shipping: bool) -> Decimal:
    refunded = refunds.refunded_pieces(order, without=returned[0].fulfillment)
    amount = refunds.worth(((line.order_line, line.quantity) for line in returned), refunded)
    return amount + (order.shipping_price_gross_amount if include_shipping else ZERO)


def _refund(
    order: Order, fulfillment: Fulfillment, amount: Decimal, include_shipping: bool, reason: str
) -> None:
    """Refund the amount from whatever paid for the order."""
    if include_shipping and refunds.shipping_was_refunded(order):
        raise OperationError(
            "The delivery cost was given back before.", field="includeShippingCosts", code="CANNOT_REFUND"
        )
    if (left := refunds.request(order, amount, reason=reason)) > 0:
        message = (
            f"{quantize(left, order.currency)} of {amount} {order.currency} could not be given back. "
            "Store the return without a refund, and refund what is left."
        )
        raise OperationError(message, field="refund", code="CANNOT_REFUND")
    fulfillment.total_refund_amount = amount
    fulfillment.shipping_refund_amount = order.shipping_price_gross_amount if include_shipping else ZERO
    fulfillment.save(update_fields=["total_refund_amount", "shipping_refund_amount"])
