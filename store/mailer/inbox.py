"""The one entrance for what happened, from the embedded engine and from a real Saleor's webhooks alike.

Events come unordered and repeated. The first copy is stored and planned in one transaction; the others do
nothing.
"""

import logging
from enum import StrEnum
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from store.mailer import enqueue, planning
from store.mailer.models import OrderEvent
from store.saleor import events

logger = logging.getLogger(__name__)
SUBSCRIPTION = events.document("MailerEvents")  # what we want to hear, here and from a real Saleor


class Received(StrEnum):
    NEW = "new"
    SEEN = "seen"  # had it already
    IGNORED = "ignored"  # nobody here listens to it


def receive(payload: dict[str, Any], source: str) -> Received:
    """Store an event and plan its mails. Raises events.MalformedEvent, and then nothing is stored."""
    try:
        event = events.parse(payload)
    except events.UnknownEvent:
        return Received.IGNORED
    try:
        return _store_and_plan(payload=payload, event=event, source=source)
    except DatabaseError:
        raise
    except Exception as error:  # whatever is wrong with our side (a broken guide file), the event is kept
        logger.exception("event %s is stored, but its mails could not be planned yet", dedupe_key(event))
        return _store_only(payload=payload, event=event, source=source, error=error)


def plan_stored(*, event_id: int) -> bool:
    """Plan an event that was stored without being planned. True when that is done now."""
    with transaction.atomic(durable=True):
        row = OrderEvent.objects.select_for_update().get(pk=event_id)
        if row.planned_at:
            return False
        _plan(row, events.parse(row.payload))
    return True


def dedupe_key(event: events.Event) -> str:
    """Saleor sends no delivery id: what it says, of which object in which state, is its identity."""
    match event:
        case events.FulfillmentCreated(fulfillment=f) | events.FulfillmentApproved(fulfillment=f):
            return f"{event.kind}:{f.id}:{f.status}"
        case events.FulfillmentTrackingNumberUpdated(fulfillment=f):
            return f"{event.kind}:{f.id}:{planning.short(f.tracking_number)}"
        case events.FulfillmentMetadataUpdated(fulfillment=f):
            return f"{event.kind}:{f.id}:{f.delivered_at.isoformat() if f.delivered_at else '-'}"
        case _:
            return f"{event.kind}:{event.order.id}:{'paid' if event.order.is_paid else 'unpaid'}"


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
        dedupe_key=dedupe_key(event),
        defaults={
            "kind": event.kind,
            "order_id": event.order.id,
            "source": source,
            "payload": payload,
            "occurred_at": event.issued_at,
        },
    )


def _plan(row: OrderEvent, event: events.Event) -> None:
    for plan in planning.plan(event):
        enqueue.send_later(plan)
    OrderEvent.objects.filter(pk=row.pk).update(planned_at=timezone.now(), error="")
