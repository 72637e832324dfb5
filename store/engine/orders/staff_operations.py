"""Operations of staff on a whole order: confirm, cancel, mark as paid, add a note, update."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from store.engine import events
from store.engine.discounts import voucher_eligibility
from store.engine.errors import NotFound, NotUnique, OperationError, Required
from store.engine.orders import (
    charge_status,
    contact_details,
    gift_card_issuing,
    order_events,
    queries,
    request_keys,
    state,
)
from store.engine.orders.models import Order, OrderEvent, OrderStatus
from store.engine.payments import transaction_events
from store.engine.payments.models import Payment, TransactionItem
from store.engine.stock.allocations import Demand, deallocate
from store.saleor.order_state import Action, OrderState

MARKED_AS_PAID = "Manual transaction"
NOTES = ("NOTE_ADDED", "NOTE_UPDATED")


def confirm(*, order_id: UUID, request_key: str | None = None) -> Order:
    """Confirm an unconfirmed order. A `request_key` that was used before does nothing more.

    Raises NotFound, Required for one without lines, or OperationError.
    """
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if request_keys.first_result(request_key, operation="confirm", target=order.pk) is not None:
            return order
        if order.status != OrderStatus.UNCONFIRMED:
            message = "Provided order id belongs to an order with status different than unconfirmed."
            raise OperationError(message, field="id", code="INVALID")
        if not order.lines.exists():
            raise Required("Provided order id belongs to an order without products.", field="id")
        order.status = OrderStatus.UNFULFILLED
        order.save(update_fields=["status", "updated_at"])
        order_events.record(order_events.build(order, "CONFIRMED"))
        request_keys.record(request_key, operation="confirm", target=order.pk)
        events.record_event("ORDER_CONFIRMED", kind="Order", pk=order.pk)
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order


def release_resources(order: Order) -> None:
    """Release allocations and voucher use and deactivate bought gift cards, inside the caller's transaction."""
    deallocate(
        demand=[
            Demand(line.pk, line.variant_id, line.quantity_unfulfilled)
            for line in order.lines.all()
            if line.variant_id and line.quantity_unfulfilled
        ]
    )
    if order.voucher_code:
        voucher_eligibility.release_usage(order.voucher_code, email=order.user_email)
    gift_card_issuing.deactivate(order)


def cancel(*, order_id: UUID, request_key: str | None = None) -> Order:
    """Cancel the order and release its stock; `cancellation.cancel` sends the money back, too.

    A `request_key` that was used before does nothing more. Raises NotFound or OperationError.
    """
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if request_keys.first_result(request_key, operation="cancel", target=order.pk) is not None:
            return order
        if Action.CANCEL not in state.state_of(order).actions:
            raise OperationError("This order can't be canceled.", field="order", code="CANNOT_CANCEL_ORDER")
        release_resources(order)
        order.status = OrderStatus.CANCELED
        order.save(update_fields=["status", "updated_at"])
        order_events.record(order_events.build(order, "CANCELED"))
        request_keys.record(request_key, operation="cancel", target=order.pk)
        events.record_event("ORDER_CANCELLED", kind="Order", pk=order.pk)
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order


def mark_as_paid(
    *,
    order_id: UUID,
    reference: str | None = None,
    user_id: int | None = None,
    beside_transactions: bool = False,
    request_key: str | None = None,
) -> Order:
    """Record the money that is due as received another way, such as by bank. As in Saleor: ORDER_FULLY_PAID without
    ORDER_PAID, and no order with transactions unless `beside_transactions` (a failed or partial payment by card).

    Raises NotFound, or OperationError for an order that waits for no payment or has transactions.
    """
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if request_keys.first_result(request_key, operation="mark_as_paid", target=order.pk) is not None:
            return order
        found = state.state_of(order)
        _check_mark_as_paid(order, found, beside_transactions=beside_transactions)
        transaction_events.create(
            currency=order.currency,
            order_id=order.pk,
            name=MARKED_AS_PAID,
            psp_reference=reference or "",
            charged=found.due,
            available_actions=["REFUND"],
            user_id=user_id,
        )
        charge_status.refresh(order)
        order_events.record(
            order_events.build(order, "ORDER_MARKED_AS_PAID", transaction_reference=reference or "")
        )
        request_keys.record(request_key, operation="mark_as_paid", target=order.pk)
        events.record_event("ORDER_FULLY_PAID", kind="Order", pk=order.pk)
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order


def _check_mark_as_paid(order: Order, found: OrderState, *, beside_transactions: bool) -> None:
    paid_online = (
        TransactionItem.objects.filter(order_id=order.pk).exists()
        or Payment.objects.filter(order_id=order.pk).exists()
    )
    if order.status == OrderStatus.DRAFT or (paid_online and not beside_transactions):
        raise OperationError(
            "Orders with transactions can not be manually marked as paid.",
            field="transaction",
            code="TRANSACTION_ERROR",
        )
    if Action.MARK_AS_PAID not in found.actions:
        raise OperationError("This order waits for no payment.", field="id", code="INVALID")


def add_note(*, order_id: UUID, message: str, request_key: str | None = None) -> tuple[Order, OrderEvent]:
    """Add a note to the order's history. With a `request_key` that was used before: the first note.

    Raises NotFound, OperationError, or Required for an empty one.
    """
    if not message.strip():
        raise Required("Message can't be empty.", field="message")
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        first = request_keys.first_result(request_key, operation="add_note", target=order.pk)
        if first is not None:
            return order, order.events.get(pk=first[0])
        event = order_events.record(order_events.build(order, "NOTE_ADDED", message=message.strip()))
        request_keys.record(request_key, operation="add_note", target=order.pk, result=[event.pk])
        order.save(update_fields=["updated_at"])
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order, event


def change_note(*, event_id: int, message: str) -> tuple[Order, OrderEvent]:
    """Add the new wording of a note to the history, where the first one stays. Raises NotFound, Required."""
    if not message.strip():
        raise Required("Message can't be empty.", field="message")
    with transaction.atomic(durable=True):
        note = OrderEvent.objects.filter(pk=event_id, type__in=NOTES).first()
        if note is None:
            raise NotFound("There is no such note.", field="note")
        order = queries.lock(note.order_id)
        event = order_events.build(order, "NOTE_UPDATED", message=message.strip(), related=note.pk)
        order_events.record(event)
        order.save(update_fields=["updated_at"])
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return order, event


def update(*, order_id: UUID, changes: Mapping[str, Any]) -> Order:
    """Change e-mail address, language, external reference, addresses and metadata, as far as they are given.

    Raises NotFound, NotUnique, OperationErrors for a wrong address, or OperationError for a draft and for the address
    of an order of which nothing is left to send.
    """
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if order.status == OrderStatus.DRAFT:
            message = "Provided order id belongs to draft order. Use `draftOrderUpdate` mutation instead."
            raise OperationError(message, field="id", code="INVALID")
        reference = changes.get("external_reference")
        if reference and Order.objects.filter(external_reference=reference).exclude(pk=order.pk).exists():
            raise NotUnique("Order with this External reference already exists.", field="externalReference")
        for name in ("user_email", "external_reference", "language_code"):
            if changes.get(name) is not None:
                setattr(order, name, changes[name])
        contact_details.set_addresses(
            order, shipping=changes.get("shipping_address"), billing=changes.get("billing_address")
        )
        order.metadata |= changes.get("metadata") or {}
        order.private_metadata |= changes.get("private_metadata") or {}
        order.save()
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
        if changes.get("metadata"):
            events.record_event("ORDER_METADATA_UPDATED", kind="Order", pk=order.pk)
    return order
