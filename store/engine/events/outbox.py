"""The outbox: events are written in the transaction that they report on, and delivered after its commit.

Models and tasks are imported inside the functions because Django imports this package (for its AppConfig) before models
can be loaded.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import serializers
from django.db import models, transaction
from django.utils import timezone

from store.engine.caching.once_per_transaction import OncePerTransaction
from store.engine.events import listeners, value_changes
from store.engine.events.current_actor import current


class OutsideTransaction(RuntimeError):
    """`record_event` was called without a transaction: a rollback could then leave an event without its change."""


def _enqueue_delivery() -> None:
    from store.engine.events import tasks

    tasks.enqueue_delivery()


_delivery = OncePerTransaction(_enqueue_delivery, robust=True)


def record_event(*event_types: str, kind: str, pk: object, **extra: Any) -> None:
    """Write one event row for each type, in the given order: `record_event("ORDER_PAID", kind="Order", pk=order.pk)`.

    `event_types` are Saleor's names, `kind` is Saleor's type name of the object, `extra` must be JSON. If somebody is
    subscribed, delivery is enqueued after the commit; otherwise the event is marked as planned at once.
    Raises OutsideTransaction.
    """
    from store.engine.events.models import Event

    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"record_event{event_types} was called outside a transaction")
    actor, subscribed = current(), _have_subscribers(event_types)
    changes = value_changes.take(kind, pk)
    _create_events(
        Event(
            type=event_type,
            object_kind=kind,
            object_pk=str(pk),
            extra=extra,
            principal_kind=actor.kind,
            principal_pk=actor.pk,
            changes=changes,
            planned_at=None if subscribed else timezone.now(),
        )
        for event_type in event_types
    )
    if subscribed:
        _delivery.register()


def record_audit_entry(entry_type: str, *, kind: str, pk: object) -> None:
    """As `record_event`, for what Saleor has no event of: an entry of the audit log, delivered to nobody."""
    from store.engine.events.models import Event

    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(f"record_audit_entry({entry_type}) was called outside a transaction")
    actor = current()
    entry = Event(
        type=entry_type,
        object_kind=kind,
        object_pk=str(pk),
        principal_kind=actor.kind,
        principal_pk=actor.pk,
        changes=value_changes.take(kind, pk),
        planned_at=timezone.now(),
    )
    _create_events([entry])


def record_noted_changes(entry_type: str, *, kind: str, pk: object) -> None:
    """An entry of the audit log for the changes of the object that were noted and that no event has told."""
    if value_changes.is_noted(kind, pk):
        record_audit_entry(entry_type, kind=kind, pk=pk)


def record_changes_once(
    entry_type: str, *, kind: str, pk: object, changes: Mapping[str, tuple[Any, Any]]
) -> None:
    """Store (before, after) by field, but for fields that an event of this transaction about the object has already.

    They go into the first of these events; without one they are an entry of their own.
    """
    from store.engine.events.models import Event

    event_id, known = value_changes.stored_event(kind, pk)
    value_changes.note(kind, pk, {name: pair for name, pair in changes.items() if name not in known})
    if event_id is None:
        record_noted_changes(entry_type, kind=kind, pk=pk)
    elif noted := value_changes.take(kind, pk):
        event = Event.objects.get(pk=event_id)
        event.changes |= noted
        event.save(update_fields=["changes"])


def _create_events(events: Iterable[Any], *, batch_size: int | None = None) -> None:
    from store.engine.events.models import Event

    for event in Event.objects.bulk_create(events, batch_size=batch_size):
        value_changes.note_stored(event.object_kind, event.object_pk, event_id=event.pk, fields=event.changes)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event of `record_events`; the fields are the arguments of `record_event`."""

    type: str
    kind: str
    pk: object
    extra: Mapping[str, Any] = field(default_factory=dict)


def record_events(new: Sequence[NewEvent]) -> None:
    """As `record_event`, for many objects in a few statements, in the given order."""
    from store.engine.events.models import Event

    if not new:
        return
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(f"record_events({new[0].type}, …) was called outside a transaction")
    actor, now = current(), timezone.now()
    subscribed = {name: _have_subscribers((name,)) for name in {event.type for event in new}}
    _create_events(
        (
            Event(
                type=event.type,
                object_kind=event.kind,
                object_pk=str(event.pk),
                extra=dict(event.extra),
                principal_kind=actor.kind,
                principal_pk=actor.pk,
                changes=value_changes.take(event.kind, event.pk),
                planned_at=None if subscribed[event.type] else now,
            )
            for event in new
        ),
        batch_size=2000,
    )
    if any(subscribed.values()):
        _delivery.register()


def _have_subscribers(event_types: Sequence[str]) -> bool:
    """Whether any listener or webhook subscribes to one of these now. Later subscribers get no earlier events."""
    from store.engine.events.models import WebhookEvent

    if not listeners.subscribed_event_types().isdisjoint(event_types):
        return True
    return WebhookEvent.objects.filter(event_type__in=(*event_types, "ANY_EVENTS")).exists()


def record_deleted_event(event_type: str, *, kind: str, row: models.Model, **extra: Any) -> None:
    """Record an event about a row before it is deleted, with the serialized row, which can't be read later."""
    record_event(event_type, kind=kind, pk=row.pk, row=serializers.serialize("json", [row]), **extra)


_SUBSCRIBERS_TTL_SECONDS = 2.0
_subscribed: tuple[float, frozenset[str]] = (float("-inf"), frozenset())


def has_subscribers(event_type: str) -> bool:
    """Whether anybody subscribes to this type. Frequent events, such as CHECKOUT_UPDATED, are recorded only then.

    The webhooks' event types are cached for two seconds: one created in another process counts from then on.
    """
    global _subscribed  # noqa: PLW0603 - cache of this process
    from store.engine.events.models import WebhookEvent

    if time.monotonic() - _subscribed[0] > _SUBSCRIBERS_TTL_SECONDS:
        names = WebhookEvent.objects.values_list("event_type", flat=True).distinct()
        _subscribed = (time.monotonic(), frozenset(names))
    return not {event_type, "ANY_EVENTS"}.isdisjoint(_subscribed[1] | listeners.subscribed_event_types())


def reload_subscribers() -> None:
    """Drop the cache of `has_subscribers` after webhooks were changed in this process."""
    global _subscribed  # noqa: PLW0603
    _subscribed = (float("-inf"), frozenset())
