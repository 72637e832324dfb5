"""Writing down what happened, in the transaction that makes it true."""

import time
from collections.abc import Sequence
from typing import Any

from django.core import serializers
from django.db import models, transaction
from django.utils import timezone

from store.engine.events.current_actor import current


class OutsideTransaction(RuntimeError):
    """A fact without its rows would be a rumour: record it in the transaction of the operation."""


class Nudge:
    """Called once after the commit, however many facts were written."""

    def __call__(self) -> None:
        from store.engine.events import tasks

        tasks.nudge()


def record(*event_types: str, kind: str, pk: object, **extra: Any) -> None:
    """`record("ORDER_PAID", kind="Order", pk=order.pk)`: Saleor's names of the events, in their order, and of the
    object's type. A worker is woken for what somebody waits for; nothing else is to be planned.
    """
    from store.engine.events.models import Event

    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"record{event_types} was called outside a transaction")
    by, awaited = current(), _awaited(event_types)
    Event.objects.bulk_create(
        Event(
            type=one,
            object_kind=kind,
            object_pk=str(pk),
            extra=extra,
            principal_kind=by.kind,
            principal_pk=by.pk,
            planned_at=None if awaited else timezone.now(),
        )
        for one in event_types
    )
    if awaited and not any(isinstance(entry[1], Nudge) for entry in connection.run_on_commit):
        transaction.on_commit(Nudge(), robust=True)


def _awaited(event_types: Sequence[str]) -> bool:
    """By somebody who listens at this moment: whoever begins later hears of nothing that was before."""
    from store.engine.events import listeners
    from store.engine.events.models import WebhookEvent

    if not listeners.event_types().isdisjoint(event_types):
        return True
    return WebhookEvent.objects.filter(event_type__in=(*event_types, "ANY_EVENTS")).exists()


def record_gone(event_type: str, *, kind: str, row: models.Model, **extra: Any) -> None:
    """A row is about to be deleted: the fact keeps what it was, since nobody can look it up later."""
    record(event_type, kind=kind, pk=row.pk, row=serializers.serialize("json", [row]), **extra)


_KEEP_SECONDS = 2.0
_known: tuple[float, frozenset[str]] = (float("-inf"), frozenset())


def wanted(event_type: str) -> bool:
    """Does anybody listen? Facts that come with every click, such as a changed basket, are not even written otherwise.

    Looked up every other second: a webhook that was made in another process hears of them from then on.
    """
    global _known  # noqa: PLW0603 - what this process knows of the webhooks
    from store.engine.events import listeners
    from store.engine.events.models import WebhookEvent

    if time.monotonic() - _known[0] > _KEEP_SECONDS:
        names = WebhookEvent.objects.values_list("event_type", flat=True).distinct()
        _known = (time.monotonic(), frozenset(names))
    return not {event_type, "ANY_EVENTS"}.isdisjoint(_known[1] | listeners.event_types())


def look_again() -> None:
    """Webhooks have changed in this process."""
    global _known  # noqa: PLW0603
    _known = (float("-inf"), frozenset())
