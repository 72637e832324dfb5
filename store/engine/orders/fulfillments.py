"""Sending parcels: what leaves which warehouse, its tracking number, and taking a parcel back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from store.engine import events
from store.engine.channels import shop_settings
from store.engine.errors import NotFound, Refusal, Required
from store.engine.orders import gift_card_issuing, order_events, queries, status
from store.engine.orders.errors import ParcelRefusal
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order, OrderLine, OrderStatus
from store.engine.stock.allocations import Sending, decrease, increase
from store.engine.stock.models import Warehouse

WAITING = Fulfillment.Status.WAITING_FOR_APPROVAL


@dataclass(frozen=True, slots=True)
class Send:
    """So many pieces of an order line out of one warehouse."""

    line_id: UUID
    warehouse_id: UUID
    quantity: int


def fulfill(
    *,
    order_id: UUID,
    sends: Sequence[Send],
    tracking_number: str = "",
    notify_customer: bool = True,
    allow_stock_to_be_exceeded: bool = False,
) -> tuple[Order, list[Fulfillment]]:
    """One parcel a warehouse. Raises Refusal and stock's InsufficientStock; then nothing has left."""
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        lines = {line.pk: line for line in order.lines.select_related("variant")}
        _check(order, lines, sends)
        approved = shop_settings.current().fulfillment_auto_approve
        parcels = _pack(order, lines, sends, tracking_number, approved)
        if approved:
            decrease(sendings=_sendings(parcels), allow_stock_to_be_exceeded=allow_stock_to_be_exceeded)
        for line_id, quantity in _by_line(sends).items():
            lines[line_id].quantity_fulfilled += quantity
        OrderLine.objects.bulk_update([lines[pk] for pk in _by_line(sends)], ["quantity_fulfilled"])
        _tell(order, parcels, approved=approved, notify_customer=notify_customer)
    return order, [parcel for parcel, _ in parcels]


Parcels = list[tuple[Fulfillment, list[FulfillmentLine]]]


def _by_line(sends: Sequence[Send]) -> Mapping[UUID, int]:
    found: dict[UUID, int] = defaultdict(int)
    for send in sends:
        found[send.line_id] += send.quantity
    return {pk: quantity for pk, quantity in found.items() if quantity}


def _check(order: Order, lines: Mapping[UUID, OrderLine], sends: Sequence[Send]) -> None:
    settings = shop_settings.current()
    if order.status in (OrderStatus.CANCELED, OrderStatus.EXPIRED, OrderStatus.DRAFT):
        raise Refusal(
            f"An order that is {order.get_status_display()} can't be sent.", field="order", code="INVALID"
        )
    if not order.is_paid and settings.fulfillment_auto_approve and not settings.fulfillment_allow_unpaid:
        raise Refusal("Cannot fulfill unpaid order.", field="order", code="CANNOT_FULFILL_UNPAID_ORDER")
    pairs = [(send.line_id, send.warehouse_id) for send in sends]
    for pair in pairs:
        if pairs.count(pair) > 1:
            raise Refusal(
                "Duplicated warehouse ID.", field="warehouse", code="DUPLICATED_INPUT_ITEM", warehouse=pair[1]
            )
    for send in sends:
        if send.line_id not in lines:
            raise ParcelRefusal(
                "This order has no such line.", field="lines", code="NOT_FOUND", order_lines=[send.line_id]
            )
        if send.quantity < 0:
            raise Refusal("A quantity can't be below 0.", field="quantity", code="INVALID_QUANTITY")
    for line_id, quantity in _by_line(sends).items():
        line = lines[line_id]
        if quantity > line.quantity_unfulfilled:
            left = line.quantity_unfulfilled
            items = "item" if left == 1 else "items"
            raise ParcelRefusal(
                f"Only {left} {items} remaining to fulfill.",
                field="orderLineId",
                code="FULFILL_ORDER_LINE",
                order_lines=[line_id],
            )
    if not sum(send.quantity for send in sends):
        raise Refusal("Total quantity must be larger than 0.", field="lines", code="ZERO_QUANTITY")


def _pack(
    order: Order, lines: Mapping[UUID, OrderLine], sends: Sequence[Send], tracking_number: str, approved: bool
) -> Parcels:
    by_warehouse: dict[UUID, list[Send]] = defaultdict(list)
    for send in sends:
        if send.quantity:
            by_warehouse[send.warehouse_id].append(send)
    known = Warehouse.objects.in_bulk(by_warehouse)
    number = order.fulfillments.count()
    parcels: Parcels = []
    for warehouse_id, own in by_warehouse.items():
        if warehouse_id not in known:
            raise ParcelRefusal(
                "There is no such warehouse.", field="warehouse", code="NOT_FOUND", warehouse=warehouse_id
            )
        number += 1
        parcel = Fulfillment.objects.create(
            order=order,
            fulfillment_order=number,
            tracking_number=tracking_number,
            status=Fulfillment.Status.FULFILLED if approved else WAITING,
        )
        contents = FulfillmentLine.objects.bulk_create(
            [
                FulfillmentLine(
                    fulfillment=parcel,
                    order_line=lines[send.line_id],
                    quantity=send.quantity,
                    warehouse_id=warehouse_id,
                )
                for send in own
            ]
        )
        parcels.append((parcel, contents))
    return parcels


def _sendings(parcels: Parcels) -> list[Sending]:
    """What leaves the shelves; a line whose variant is gone from the catalogue has no shelf any more."""
    return [
        Sending(line.order_line_id, line.order_line.variant_id, line.warehouse_id, line.quantity)
        for _, contents in parcels
        for line in contents
        if line.order_line.variant_id and line.warehouse_id
    ]


def _tell(order: Order, parcels: Parcels, *, approved: bool, notify_customer: bool) -> None:
    contents = [line.pk for _, lines in parcels for line in lines]
    if not approved:
        order_events.tell(
            order_events.sentence(order, "FULFILLMENT_AWAITS_APPROVAL", awaiting_fulfillments=contents)
        )
        for parcel, _ in parcels:
            events.record("FULFILLMENT_CREATED", kind="Fulfillment", pk=parcel.pk, notify_customer=False)
        events.record("ORDER_UPDATED", kind="Order", pk=order.pk)
        return
    status.refresh(order)
    gift_card_issuing.issue(order, [line for _, lines in parcels for line in lines])
    order_events.tell(order_events.sentence(order, "FULFILLMENT_FULFILLED_ITEMS", fulfilled_items=contents))
    for parcel, _ in parcels:
        events.record(
            "FULFILLMENT_CREATED", kind="Fulfillment", pk=parcel.pk, notify_customer=notify_customer
        )
    if order.status == OrderStatus.FULFILLED:
        events.record("ORDER_FULFILLED", kind="Order", pk=order.pk)
    events.record("ORDER_UPDATED", kind="Order", pk=order.pk)


def approve(
    *, fulfillment_id: int, notify_customer: bool = True, allow_stock_to_be_exceeded: bool = False
) -> Fulfillment:
    """A parcel that waited is sent after all."""
    with transaction.atomic(durable=True):
        parcel, order = lock(fulfillment_id)
        if parcel.status != WAITING:
            raise Refusal(
                "Invalid fulfillment status, only WAITING_FOR_APPROVAL fulfillments can be accepted.",
                field="status",
                code="INVALID",
            )
        contents = list(parcel.lines.select_related("order_line__variant"))
        decrease(
            sendings=_sendings([(parcel, contents)]), allow_stock_to_be_exceeded=allow_stock_to_be_exceeded
        )
        parcel.status = Fulfillment.Status.FULFILLED
        parcel.save(update_fields=["status"])
        status.refresh(order)
        gift_card_issuing.issue(order, contents)
        order_events.tell(
            order_events.sentence(
                order, "FULFILLMENT_FULFILLED_ITEMS", fulfilled_items=[one.pk for one in contents]
            )
        )
        events.record(
            "FULFILLMENT_APPROVED", kind="Fulfillment", pk=parcel.pk, notify_customer=notify_customer
        )
        if order.status == OrderStatus.FULFILLED:
            events.record("ORDER_FULFILLED", kind="Order", pk=order.pk)
        events.record("ORDER_UPDATED", kind="Order", pk=order.pk)
    return parcel


def lock(fulfillment_id: int) -> tuple[Fulfillment, Order]:
    """The order's row is the lock of its parcels."""
    order_id = Fulfillment.objects.filter(pk=fulfillment_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound("There is no such parcel.", field="id")
    order = queries.lock(order_id)
    parcel = Fulfillment.objects.get(pk=fulfillment_id)
    parcel.order = order
    return parcel, order


def update_tracking(
    *, fulfillment_id: int, tracking_number: str, notify_customer: bool = False
) -> Fulfillment:
    with transaction.atomic(durable=True):
        parcel, order = lock(fulfillment_id)
        parcel.tracking_number = tracking_number
        parcel.save(update_fields=["tracking_number"])
        order_events.tell(
            order_events.sentence(
                order, "TRACKING_UPDATED", tracking_number=tracking_number, fulfillment=parcel.pk
            )
        )
        events.record(
            "FULFILLMENT_TRACKING_NUMBER_UPDATED",
            kind="Fulfillment",
            pk=parcel.pk,
            notify_customer=notify_customer,
        )
        events.record("ORDER_UPDATED", kind="Order", pk=order.pk)
    return parcel


def cancel(*, fulfillment_id: int, warehouse_id: UUID | None) -> Fulfillment:
    """The parcel did not go out, or came back unopened: its pieces are on the shelf again, promised as before."""
    with transaction.atomic(durable=True):
        parcel, order = lock(fulfillment_id)
        if parcel.status not in (Fulfillment.Status.FULFILLED, WAITING):
            raise Refusal(
                "This fulfillment can't be canceled", field="fulfillment", code="CANNOT_CANCEL_FULFILLMENT"
            )
        contents = list(parcel.lines.select_related("order_line"))
        if any(one.order_line.is_gift_card for one in contents):
            raise Refusal(
                "Cannot cancel fulfillment with gift card lines.",
                field="fulfillment",
                code="CANNOT_CANCEL_FULFILLMENT",
            )
        was_waiting = parcel.status == WAITING
        if not was_waiting:
            _restock(parcel, order, contents, warehouse_id)
        for one in contents:
            one.order_line.quantity_fulfilled -= one.quantity
        OrderLine.objects.bulk_update([one.order_line for one in contents], ["quantity_fulfilled"])
        parcel.status = Fulfillment.Status.CANCELED
        parcel.save(update_fields=["status"])
        order_events.tell(
            order_events.sentence(
                order, "FULFILLMENT_CANCELED", composed_id=f"{order.number}-{parcel.fulfillment_order}"
            )
        )
        status.refresh(order)
        events.record("FULFILLMENT_CANCELED", kind="Fulfillment", pk=parcel.pk)
        events.record("ORDER_UPDATED", kind="Order", pk=order.pk)
    return parcel


def _restock(
    parcel: Fulfillment, order: Order, contents: Sequence[FulfillmentLine], warehouse_id: UUID | None
) -> None:
    if warehouse_id is None:
        raise Required(
            "This parameter is required for fulfillments which are not in WAITING_FOR_APPROVAL state.",
            field="warehouseId",
        )
    if not Warehouse.objects.filter(pk=warehouse_id).exists():
        raise NotFound("There is no such warehouse.", field="warehouseId")
    back = [
        Sending(one.order_line_id, one.order_line.variant_id, warehouse_id, one.quantity)
        for one in contents
        if one.order_line.variant_id
    ]
    increase(sendings=back, allocate_again=True)
    order_events.tell(
        order_events.sentence(
            order,
            "FULFILLMENT_RESTOCKED_ITEMS",
            quantity=sum(one.quantity for one in contents),
            warehouse=str(warehouse_id),
        )
    )
