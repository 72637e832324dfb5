"""Goods that come back, sent ones and such as never left.

Returned pieces are noted as a parcel of their own; what was promised is free again. They go back on a shelf only when
somebody has looked at them and counts them in (stock), never by themselves: a used cup is not for sale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from store.engine import events
from store.engine.errors import Refusal
from store.engine.money import quantize
from store.engine.orders import charge_status, order_events, queries, status
from store.engine.orders.errors import ParcelRefusal
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order, OrderLine
from store.engine.payments import transaction_events
from store.engine.payments.models import TransactionItem
from store.engine.stock.allocations import Demand, deallocate

Status = Fulfillment.Status
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Returned:
    """So many of an order line (UUID) that never left, or of a line of a parcel (int)."""

    pk: Any
    quantity: int
    replace: bool = False


def take_back(
    *,
    order_id: UUID,
    unsent: Sequence[Returned] = (),
    sent: Sequence[Returned] = (),
    include_shipping: bool = False,
    refund: bool = False,
    reason: str = "",
) -> tuple[Order, Fulfillment]:
    """Note a return; with `refund`, send the money for it back at once."""
    if any(one.replace for one in (*unsent, *sent)):
        said = "Replacement orders are not made here: take the goods back and make a new order."
        raise Refusal(said, field="orderLines", code="INVALID")
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        lines = {line.pk: line for line in order.lines.all()}
        parcel = Fulfillment.objects.create(
            order=order,
            fulfillment_order=order.fulfillments.count() + 1,
            status=Status.REFUNDED_AND_RETURNED if refund else Status.RETURNED,
        )
        contents = _never_left(lines, unsent) + _came_back(order, lines, sent)
        if not contents:
            raise Refusal("Say what comes back.", field="fulfillmentLines", code="REQUIRED")
        for line in contents:
            line.fulfillment = parcel
        FulfillmentLine.objects.bulk_create(contents)
        OrderLine.objects.bulk_update(lines.values(), ["quantity_fulfilled"])
        if refund:
            _refund(order, parcel, _worth(order, contents, lines, include_shipping), include_shipping, reason)
        status.refresh(order)
        order_events.tell(
            order_events.sentence(
                order, "FULFILLMENT_RETURNED", lines=[str(line.order_line_id) for line in contents]
            )
        )
        events.record("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order, parcel


def _never_left(lines: dict[UUID, OrderLine], wanted: Sequence[Returned]) -> list[FulfillmentLine]:
    contents = []
    for one in wanted:
        line = lines.get(one.pk)
        if line is None or not 0 < one.quantity <= line.quantity_unfulfilled:
            raise ParcelRefusal(
                "Provided quantity is greater than the quantity that is left.",
                field="orderLineId",
                code="INVALID",
                order_lines=[one.pk],
            )
        line.quantity_fulfilled += one.quantity
        contents.append(FulfillmentLine(order_line=line, quantity=one.quantity))
    deallocate(
        demand=[
            Demand(line.order_line_id, line.order_line.variant_id, line.quantity)
            for line in contents
            if line.order_line.variant_id
        ]
    )
    return contents


def _came_back(
    order: Order, lines: dict[UUID, OrderLine], wanted: Sequence[Returned]
) -> list[FulfillmentLine]:
    known = {
        line.pk: line
        for line in FulfillmentLine.objects.select_related("fulfillment").filter(fulfillment__order=order)
    }
    contents = []
    for one in wanted:
        line = known.get(one.pk)
        open_parcel = line is not None and line.fulfillment.status in (Status.FULFILLED, Status.REFUNDED)
        if line is None or not open_parcel or not 0 < one.quantity <= line.quantity:
            raise Refusal(
                "Provided quantity is greater than the quantity that was sent.",
                field="fulfillmentLineId",
                code="INVALID",
            )
        line.quantity -= one.quantity
        if line.quantity:
            line.save(update_fields=["quantity"])
        else:
            line.delete()
        contents.append(
            FulfillmentLine(
                order_line=lines[line.order_line_id], quantity=one.quantity, warehouse_id=line.warehouse_id
            )
        )
    Fulfillment.objects.filter(order=order, lines=None, status=Status.FULFILLED).delete()
    return contents


def _worth(
    order: Order, contents: Sequence[FulfillmentLine], lines: dict[UUID, OrderLine], include_shipping: bool
) -> Decimal:
    """By the share of each line's total: unit prices are rounded, and would not add up to what was paid."""
    worth = ZERO
    for one in contents:
        line = lines[one.order_line_id]
        worth += quantize(line.total_price_gross_amount * one.quantity / line.quantity, order.currency)
    return worth + (order.shipping_price_gross_amount if include_shipping else ZERO)


def _refund(order: Order, parcel: Fulfillment, worth: Decimal, include_shipping: bool, reason: str) -> None:
    """From the order's charged transactions, one after the other, until it is all back."""
    left = worth
    items = TransactionItem.objects.filter(order_id=order.pk, charged_value__gt=0).order_by("pk")
    for seen in items:
        item = transaction_events.locked(seen.pk)
        charged, refunded = item.charged_value, item.refunded_value
        part = min(left, charged)
        if part > 0 and transaction_events.request_action(
            item=item, action="REFUND", amount=part, message=reason
        ):
            left -= part
            charge_status.after_transaction(
                order, charged_before=charged, refunded_before=refunded, item=item
            )
    if left > 0:
        raise Refusal("There is not enough charged money to give back.", field="refund", code="CANNOT_REFUND")
    parcel.total_refund_amount = worth
    parcel.shipping_refund_amount = order.shipping_price_gross_amount if include_shipping else ZERO
    parcel.save(update_fields=["total_refund_amount", "shipping_refund_amount"])
