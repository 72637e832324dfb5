"""Receives events, from the embedded engine and from a real Saleor's webhooks.

Events arrive unordered and repeatedly. The first copy is stored and planned in one transaction; later ones do nothing.
"""

import logging
from enum import StrEnum
from typing import Any, assert_never

from django.db import DatabaseError, transaction
from django.utils import timezone

from store.mailer import enqueue, plan_rules, planning
from store.mailer.models import OrderEvent
from store.mailer.shops import current_shop
from store.saleor import events

logger = logging.getLogger(__name__)
# The GraphQL subscription of the events that the mailer receives, from the engine and from a real Saleor.
SUBSCRIPTION = events.subscription_document("MailerEvents")


class Received(StrEnum):
    NEW = "new"
    SEEN = "seen"  # received before
    IGNORED = "ignored"  # not an event of SUBSCRIPTION


def receive(payload: dict[str, Any], source: str) -> Received:
    """Store an event and plan its mails.

    Raises events.MalformedEvent or DatabaseError, and then nothing is stored. If planning fails for another reason
    the event is stored and the sweep plans it later.
    """
    try:
        event = events.parse(payload)
    except events.UnknownEvent:
        return Received.IGNORED
    try:
        return _store_and_plan(payload=payload, event=event, source=source)
    except DatabaseError:
        raise
    except Exception as error:  # such as a broken guide file: store the event without planning
        logger.exception("event %s is stored, but its mails could not be planned yet", dedupe_key(event))
        return _store_only(payload=payload, event=event, source=source, error=error)


def plan_stored(*, event_id: int) -> bool:
    """Plan a stored event. False if it was planned before; raises what planning raises."""
    with transaction.atomic(durable=True):
        row = OrderEvent.objects.select_for_update().get(pk=event_id)
        if row.planned_at:
            return False
        _plan(row, events.parse(row.payload))
    return True


def dedupe_key(event: events.Event) -> str:  # noqa: PLR0911  so that mypy names one that is missing
    """The identity of an event of its shop. Saleor sends no delivery id, so it is kind, object and its state."""
    match event:
        case events.FulfillmentCreated(fulfillment=f) | events.FulfillmentApproved(fulfillment=f):
            return f"{event.kind}:{f.id}:{f.status}"
        case events.FulfillmentTrackingNumberUpdated(fulfillment=f):
            return f"{event.kind}:{f.id}:{plan_rules.key_part(f.tracking_number)}"
        case events.FulfillmentMetadataUpdated(fulfillment=f):
            return f"{event.kind}:{f.id}:{f.delivered_at.isoformat() if f.delivered_at else '-'}"
        case events.OrderRefunded(order=order) | events.OrderFullyRefunded(order=order):
            return f"{event.kind}:{order.id}:{plan_rules.amount_text(order.refunded)}"
        case events.OrderPaid(order=order) | events.OrderFullyPaid(order=order):
            return f"{event.kind}:{order.id}:{'paid' if order.is_paid else 'unpaid'}"
        case events.OrderCancelled(order=order):
            return f"{event.kind}:{order.id}"
        case (
            events.AccountConfirmationRequested()
            | events.AccountSetPasswordRequested()
            | events.StaffSetPasswordRequested()
            | events.AccountDeleteRequested()
            | events.AccountChangeEmailRequested()
        ):
            asked_at = event.issued_at.isoformat() if event.issued_at else "-"
            return f"{event.kind}:{event.user.id}:{asked_at}:{plan_rules.key_part(event.redirect_url or '')}"
        case events.GiftCardSent(gift_card=card):
            at = event.issued_at.isoformat() if event.issued_at else "-"
            return f"{event.kind}:{card.id}:{at}:{plan_rules.key_part(event.sent_to_email)}"
    assert_never(event)


def _store_and_plan(*, payload: dict[str, Any], event: events.Event, source: str) -> Received:
    with transaction.atomic(durable=True):
        row, is_new = _store(payload=payload, event=event, source=source)
        if row.planned_at:
            return Received.SEEN
        _plan(row, event)
    return Received.NEW if is_new else Received.SEEN


def _store_only(*, payload: dict[str, Any], event: events.Event, source: str, error: Exception) -> Received:
    with transaction.atomic(durable=True):
        row, is_new = _store(payload=payload, event=event, source=source)
        OrderEvent.objects.filter(pk=row.pk, planned_at=None).update(
            error=f"{type(error).__name__}: {error}", tries=row.tries + 1
        )
    return Received.NEW if is_new else Received.SEEN


def _store(*, payload: dict[str, Any], event: events.Event, source: str) -> tuple[OrderEvent, bool]:
    return OrderEvent.objects.get_or_create(
        shop=current_shop(),
        dedupe_key=dedupe_key(event),
        defaults={
            "kind": event.kind,
            "order_id": event.order.id if isinstance(event, events.AnyEvent) else "",
            "source": source,
            "payload": payload,
            "occurred_at": event.issued_at,
        },
    )


def _plan(row: OrderEvent, event: events.Event) -> None:
    for plan in planning.plan_mails(event, stored=row):
        enqueue.enqueue_on_commit(plan)
    OrderEvent.objects.filter(pk=row.pk).update(planned_at=timezone.now(), error="")
