"""Writing down what happened, in the transaction that makes it true."""

from typing import Any

from django.db import transaction

from store.engine.hooks.principal import current


class OutsideTransaction(RuntimeError):
    """A fact without its rows would be a rumour: record it in the transaction of the operation."""


class Nudge:
    """Called once after the commit, however many facts were written."""

    def __call__(self) -> None:
        from store.engine.hooks import tasks

        tasks.nudge()


def record(*event_types: str, kind: str, pk: object, **extra: Any) -> None:
    """`record("ORDER_PAID", kind="Order", pk=order.pk)`: Saleor's names of the events, in their order, and of the
    object's type.
    """
    from store.engine.hooks.models import Event

    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"record{event_types} was called outside a transaction")
    by = current()
    Event.objects.bulk_create(
        Event(
            type=one,
            object_kind=kind,
            object_pk=str(pk),
            extra=extra,
            principal_kind=by.kind,
            principal_pk=by.pk,
        )
        for one in event_types
    )
    if not any(isinstance(entry[1], Nudge) for entry in connection.run_on_commit):
        transaction.on_commit(Nudge(), robust=True)
