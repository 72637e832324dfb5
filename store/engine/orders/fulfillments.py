"""Fulfillments: what leaves which warehouse, tracking numbers, approval and cancellation."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from store.engine import events
from store.engine.channels import shop_settings
from store.engine.errors import NotFound, OperationError, Required, require_unchanged
from store.engine.orders import (
    fulfillment_lots,
    gift_card_issuing,
    order_events,
    picking,
    queries,
    request_keys,
    state,
    status,
)
from store.engine.orders.errors import OrderLineError
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order, OrderLine, OrderStatus
from store.engine.stock.allocations import WarehouseLine, decrease, increase
from store.engine.stock.locking import lock_warehouses
from store.engine.stock.models import Warehouse
from store.saleor import carriers
from store.saleor.order_state import Lifecycle, OrderState, Payment

WAITING_FOR_APPROVAL = Fulfillment.Status.WAITING_FOR_APPROVAL


@dataclass(frozen=True, slots=True)
class FulfillLine:
    """A quantity of an order line to send from one warehouse; `lots`: how many of it are from which lot (code)."""

    line_id: UUID
    warehouse_id: UUID
    quantity: int
    lots: Mapping[str, int] = field(default_factory=dict)


def fulfill(
    *,
    order_id: UUID,
    fulfill_lines: Sequence[FulfillLine],
    tracking_number: str = "",
    carrier: str = "",
    notify_customer: bool = True,
    allow_stock_to_be_exceeded: bool = False,
    request_key: str | None = None,
) -> tuple[Order, list[Fulfillment]]:
    """Create a fulfillment for each warehouse; `carrier`: a name of `saleor.carriers`.

    With a `request_key` that was used before: the first fulfillments.
    Raises NotFound, OperationError, OrderLineError or InsufficientStock; then no stock was decreased.
    """
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if (
            first := request_keys.first_result(request_key, operation="fulfill", target=order.pk)
        ) is not None:
            return order, list(order.fulfillments.filter(pk__in=first))
        lines = {line.pk: line for line in order.lines.select_related("variant")}
        _check(order, lines, fulfill_lines)
        approved = shop_settings.current().fulfillment_auto_approve
        created = _create_fulfillments(order, lines, fulfill_lines, tracking_number, carrier, approved)
        picking.clear(order)
        if approved:
            fulfillment_lots.take(
                order, [line for _, fulfillment_lines in created for line in fulfillment_lines]
            )
            decrease(lines=_stock_decreases(created), allow_stock_to_be_exceeded=allow_stock_to_be_exceeded)
        for line_id, quantity in _quantity_by_line(fulfill_lines).items():
            lines[line_id].quantity_fulfilled += quantity
        OrderLine.objects.bulk_update(
            [lines[pk] for pk in _quantity_by_line(fulfill_lines)], ["quantity_fulfilled"]
        )
        if approved:
            fulfillment_lots.add(line for _, fulfillment_lines in created for line in fulfillment_lines)
        _record_events(order, created, approved=approved, notify_customer=notify_customer)
        request_keys.record(
            request_key,
            operation="fulfill",
            target=order.pk,
            result=[fulfillment.pk for fulfillment, _ in created],
        )
    return order, [fulfillment for fulfillment, _ in created]


FulfillmentsWithLines = list[tuple[Fulfillment, list[FulfillmentLine]]]


def _quantity_by_line(fulfill_lines: Sequence[FulfillLine]) -> Mapping[UUID, int]:
    quantities: dict[UUID, int] = defaultdict(int)
    for fulfill_line in fulfill_lines:
        quantities[fulfill_line.line_id] += fulfill_line.quantity
    return {pk: quantity for pk, quantity in quantities.items() if quantity}


def _check(order: Order, lines: Mapping[UUID, OrderLine], fulfill_lines: Sequence[FulfillLine]) -> None:
    found = state.state_of(order)
    if found.lifecycle in (Lifecycle.CANCELED, Lifecycle.EXPIRED, Lifecycle.DRAFT):
        raise OperationError(
            f"An order that is {order.get_status_display()} can't be sent.", field="order", code="INVALID"
        )
    if shop_settings.current().fulfillment_auto_approve:
        _check_paid(found)
    pairs = [(fulfill_line.line_id, fulfill_line.warehouse_id) for fulfill_line in fulfill_lines]
    for pair in pairs:
        if pairs.count(pair) > 1:
            raise OperationError(
                "Duplicated warehouse ID.", field="warehouse", code="DUPLICATED_INPUT_ITEM", warehouse=pair[1]
            )
    for fulfill_line in fulfill_lines:
        if fulfill_line.line_id not in lines:
            raise OrderLineError(
                "This order has no such line.",
                field="lines",
                code="NOT_FOUND",
                order_lines=[fulfill_line.line_id],
            )
        if fulfill_line.quantity < 0:
            raise OperationError("A quantity can't be below 0.", field="quantity", code="INVALID_QUANTITY")
        fulfillment_lots.check(fulfill_line.lots, fulfill_line.quantity)
    for line_id, quantity in _quantity_by_line(fulfill_lines).items():
        line = lines[line_id]
        if quantity > line.quantity_unfulfilled:
            left = line.quantity_unfulfilled
            items = "item" if left == 1 else "items"
            raise OrderLineError(
                f"Only {left} {items} remaining to fulfill.",
                field="orderLineId",
                code="FULFILL_ORDER_LINE",
                order_lines=[line_id],
            )
    if not sum(fulfill_line.quantity for fulfill_line in fulfill_lines):
        raise OperationError("Total quantity must be larger than 0.", field="lines", code="ZERO_QUANTITY")


def _check_paid(found: OrderState) -> None:
    """Raises OperationError for what is unpaid or wholly refunded, unless the shop sends unpaid orders. An order that
    was paid stays paid after a partial refund.
    """
    paid = found.settled and found.payment is not Payment.REFUNDED
    if not paid and not shop_settings.current().fulfillment_allow_unpaid:
        raise OperationError(
            "Cannot fulfill unpaid order.", field="order", code="CANNOT_FULFILL_UNPAID_ORDER"
        )


def _create_fulfillments(
    order: Order,
    lines: Mapping[UUID, OrderLine],
    fulfill_lines: Sequence[FulfillLine],
    tracking_number: str,
    carrier: str,
    approved: bool,
) -> FulfillmentsWithLines:
    by_warehouse: dict[UUID, list[FulfillLine]] = defaultdict(list)
    for fulfill_line in fulfill_lines:
        if fulfill_line.quantity:
            by_warehouse[fulfill_line.warehouse_id].append(fulfill_line)
    warehouses = Warehouse.objects.in_bulk(by_warehouse)
    number = last_number(order)
    created: FulfillmentsWithLines = []
    for warehouse_id, warehouse_lines in by_warehouse.items():
        if warehouse_id not in warehouses:
            raise OrderLineError(
                "There is no such warehouse.", field="warehouse", code="NOT_FOUND", warehouse=warehouse_id
            )
        number += 1
        fulfillment = Fulfillment.objects.create(
            order=order,
            fulfillment_order=number,
            tracking_number=tracking_number,
            metadata={carriers.KEY: carrier} if carrier else {},
            status=Fulfillment.Status.FULFILLED if approved else WAITING_FOR_APPROVAL,
        )
        fulfillment_lines = FulfillmentLine.objects.bulk_create(
            [
                FulfillmentLine(
                    fulfillment=fulfillment,
                    order_line=lines[fulfill_line.line_id],
                    quantity=fulfill_line.quantity,
                    warehouse_id=warehouse_id,
                    lots=dict(fulfill_line.lots),
                )
                for fulfill_line in warehouse_lines
            ]
        )
        created.append((fulfillment, fulfillment_lines))
    return created


def last_number(order: Order) -> int:
    """The highest number of the order's fulfillments, 0 for none. (A return deletes emptied ones: no counting.)"""
    return order.fulfillments.aggregate(last=Max("fulfillment_order"))["last"] or 0


def _stock_decreases(fulfillments: FulfillmentsWithLines) -> list[WarehouseLine]:
    """The stock to decrease; lines whose variant was deleted have no stock any more."""
    return [
        WarehouseLine(
            line.order_line_id, line.order_line.variant_id, line.warehouse_id, line.quantity, line.lots
        )
        for _, fulfillment_lines in fulfillments
        for line in fulfillment_lines
        if line.order_line.variant_id and line.warehouse_id
    ]


def _record_events(
    order: Order, fulfillments: FulfillmentsWithLines, *, approved: bool, notify_customer: bool
) -> None:
    line_ids = [line.pk for _, lines in fulfillments for line in lines]
    if not approved:
        order_events.record(
            order_events.build(order, "FULFILLMENT_AWAITS_APPROVAL", awaiting_fulfillments=line_ids)
        )
        for fulfillment, _ in fulfillments:
            events.record_event(
                "FULFILLMENT_CREATED", kind="Fulfillment", pk=fulfillment.pk, notify_customer=False
            )
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
        return
    status.refresh(order)
    gift_card_issuing.issue(order, [line for _, lines in fulfillments for line in lines])
    _record_sent(order, [line for _, lines in fulfillments for line in lines])
    for fulfillment, _ in fulfillments:
        events.record_event(
            "FULFILLMENT_CREATED", kind="Fulfillment", pk=fulfillment.pk, notify_customer=notify_customer
        )
    if order.status == OrderStatus.FULFILLED:
        events.record_event("ORDER_FULFILLED", kind="Order", pk=order.pk)
    events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)


def _record_sent(order: Order, lines: Sequence[FulfillmentLine]) -> None:
    """`pieces`: what the lines say now; a return takes some away."""
    order_events.record(
        order_events.build(
            order,
            "FULFILLMENT_FULFILLED_ITEMS",
            fulfilled_items=[line.pk for line in lines],
            pieces=sum(line.quantity for line in lines),
        )
    )


def approve(
    *, fulfillment_id: int, notify_customer: bool = True, allow_stock_to_be_exceeded: bool = False
) -> Fulfillment:
    """Approve a fulfillment that waits for it: its stock is decreased now.

    Raises NotFound, OperationError or InsufficientStock.
    """
    with transaction.atomic(durable=True):
        fulfillment, order = lock(fulfillment_id)
        if fulfillment.status != WAITING_FOR_APPROVAL:
            raise OperationError(
                "Invalid fulfillment status, only WAITING_FOR_APPROVAL fulfillments can be accepted.",
                field="status",
                code="INVALID",
            )
        _check_paid(state.state_of(order))
        fulfillment_lines = list(fulfillment.lines.select_related("order_line__variant"))
        fulfillment_lots.take(order, fulfillment_lines)
        decrease(
            lines=_stock_decreases([(fulfillment, fulfillment_lines)]),
            allow_stock_to_be_exceeded=allow_stock_to_be_exceeded,
        )
        fulfillment_lots.add(fulfillment_lines)
        fulfillment.status = Fulfillment.Status.FULFILLED
        fulfillment.save(update_fields=["status"])
        status.refresh(order)
        gift_card_issuing.issue(order, fulfillment_lines)
        _record_sent(order, fulfillment_lines)
        events.record_event(
            "FULFILLMENT_APPROVED", kind="Fulfillment", pk=fulfillment.pk, notify_customer=notify_customer
        )
        if order.status == OrderStatus.FULFILLED:
            events.record_event("ORDER_FULFILLED", kind="Order", pk=order.pk)
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return fulfillment


def lock(fulfillment_id: int) -> tuple[Fulfillment, Order]:
    """The fulfillment and its order; the order's row is the lock. Raises NotFound."""
    order_id = Fulfillment.objects.filter(pk=fulfillment_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound("There is no such parcel.", field="id")
    order = queries.lock(order_id)
    fulfillment = Fulfillment.objects.get(pk=fulfillment_id)
    fulfillment.order = order
    return fulfillment, order


def update_tracking(
    *,
    fulfillment_id: int,
    tracking_number: str,
    carrier: str | None = None,
    notify_customer: bool = False,
    seen: Mapping[str, Any] | None = None,
) -> Fulfillment:
    """Set the tracking number, and the carrier unless it is None.

    `seen`: the number that its editor saw. Raises NotFound, or ValuesChanged when it is another one meanwhile.
    """
    with transaction.atomic(durable=True):
        fulfillment, order = lock(fulfillment_id)
        known = fulfillment.metadata.get(carriers.KEY, "")
        is_new = require_unchanged(fulfillment, seen=seen, wanted={"tracking_number": tracking_number})
        if not is_new and carrier in (None, known):
            return fulfillment
        fulfillment.tracking_number = tracking_number
        if carrier is not None:
            fulfillment.metadata |= {carriers.KEY: carrier}
        fulfillment.save(update_fields=["tracking_number", "metadata"])
        order_events.record(
            order_events.build(
                order, "TRACKING_UPDATED", tracking_number=tracking_number, fulfillment=fulfillment.pk
            )
        )
        events.record_event(
            "FULFILLMENT_TRACKING_NUMBER_UPDATED",
            kind="Fulfillment",
            pk=fulfillment.pk,
            notify_customer=notify_customer,
        )
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return fulfillment


def mark_delivered(*, fulfillment_id: int, at: datetime, request_key: str | None = None) -> Fulfillment:
    """Note in the metadata that the parcel has arrived. A `request_key` that was used before does nothing more.

    Raises NotFound, or OperationError for a parcel that is not on its way.
    """
    with transaction.atomic(durable=True):
        fulfillment, order = lock(fulfillment_id)
        used = request_keys.first_result(request_key, operation="mark_delivered", target=fulfillment.pk)
        if used is not None:
            return fulfillment
        if fulfillment.status != Fulfillment.Status.FULFILLED or "delivered_at" in fulfillment.metadata:
            raise OperationError("This parcel is not on its way.", field="fulfillment")
        fulfillment.metadata |= {"delivered_at": at.isoformat(timespec="seconds")}
        fulfillment.save(update_fields=["metadata"])
        number = f"{order.number}-{fulfillment.fulfillment_order}"
        order_events.record(order_events.build(order, "OTHER", message=f"Parcel {number} was delivered."))
        events.record_event("FULFILLMENT_METADATA_UPDATED", kind="Fulfillment", pk=fulfillment.pk)
        request_keys.record(request_key, operation="mark_delivered", target=fulfillment.pk)
    return fulfillment


def cancel(*, fulfillment_id: int, warehouse_id: UUID | None, request_key: str | None = None) -> Fulfillment:
    """Cancel a fulfillment that was not sent or came back unopened: its stock is increased and allocated again.

    `warehouse_id`: where the stock returns to. A `request_key` that was used before does nothing more. Raises NotFound,
    Required or OperationError.
    """
    with transaction.atomic(durable=True):
        fulfillment, order = lock(fulfillment_id)
        used = request_keys.first_result(request_key, operation="cancel_fulfillment", target=fulfillment.pk)
        if used is not None:
            return fulfillment
        if fulfillment.status not in (Fulfillment.Status.FULFILLED, WAITING_FOR_APPROVAL):
            raise OperationError(
                "This fulfillment can't be canceled", field="fulfillment", code="CANNOT_CANCEL_FULFILLMENT"
            )
        fulfillment_lines = list(fulfillment.lines.select_related("order_line__variant"))
        if any(line.order_line.is_gift_card for line in fulfillment_lines):
            raise OperationError(
                "Cannot cancel fulfillment with gift card lines.",
                field="fulfillment",
                code="CANNOT_CANCEL_FULFILLMENT",
            )
        was_waiting = fulfillment.status == WAITING_FOR_APPROVAL
        if not was_waiting:
            _restock(fulfillment, order, fulfillment_lines, warehouse_id)
            fulfillment_lots.remove(fulfillment_lines)
        for line in fulfillment_lines:
            line.order_line.quantity_fulfilled -= line.quantity
        OrderLine.objects.bulk_update([line.order_line for line in fulfillment_lines], ["quantity_fulfilled"])
        fulfillment.status = Fulfillment.Status.CANCELED
        fulfillment.save(update_fields=["status"])
        order_events.record(
            order_events.build(
                order, "FULFILLMENT_CANCELED", composed_id=f"{order.number}-{fulfillment.fulfillment_order}"
            )
        )
        status.refresh(order)
        request_keys.record(request_key, operation="cancel_fulfillment", target=fulfillment.pk)
        events.record_event("FULFILLMENT_CANCELED", kind="Fulfillment", pk=fulfillment.pk)
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return fulfillment


def _restock(
    fulfillment: Fulfillment,
    order: Order,
    fulfillment_lines: Sequence[FulfillmentLine],
    warehouse_id: UUID | None,
) -> None:
    if warehouse_id is None:
        raise Required(
            "This parameter is required for fulfillments which are not in WAITING_FOR_APPROVAL state.",
            field="warehouseId",
        )
    if not lock_warehouses([warehouse_id]):
        raise NotFound("There is no such warehouse.", field="warehouseId")
    fulfillment_lots.put_back(order, fulfillment_lines, warehouse_id=warehouse_id)
    increases = [
        WarehouseLine(line.order_line_id, line.order_line.variant_id, warehouse_id, line.quantity, line.lots)
        for line in fulfillment_lines
        if line.order_line.variant_id
    ]
    increase(lines=increases, reallocate=True)
    order_events.record(
        order_events.build(
            order,
            "FULFILLMENT_RESTOCKED_ITEMS",
            quantity=sum(line.quantity for line in fulfillment_lines),
            warehouse=str(warehouse_id),
        )
    )
