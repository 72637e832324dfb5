"""Leases: at most one worker holds a row, for a limited time, and notices before sending that its lease expired.

A worker claims several rows together, as a batch. Its row in SendingBatch says how far it has come: the place of a mail
is committed before its final dot is sent, so that a worker that dies leaves one mail of unknown outcome at most. See
docs/mailer.md.

PostgreSQL skips rows locked by another transaction. SQLite has no row locks; there BEGIN IMMEDIATE serializes writers.
On both, the UPDATE repeats the state that was read, so two workers can never hold one row.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import CombinedExpression
from django.utils import timezone

from store.mailer import pauses, transport
from store.mailer.mail_classes import LEASE, MailClass
from store.mailer.models import CLAIMABLE, LEASED, MailPlan, SendingBatch, State
from store.mailer.shops import of_current_shop

TAKEN_AWAY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's hold on a row; `token` identifies the batch."""

    plan_id: int
    token: uuid.UUID


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that a worker holds, in the order in which they are sent."""

    token: uuid.UUID
    plans: tuple[MailPlan, ...]

    def claims(self) -> list[Claim]:
        return [Claim(plan.pk, self.token) for plan in self.plans]


class LeaseLost(Exception):
    """The lease expired and the rows may belong to another worker: stop without writing."""

    def __init__(self, token: uuid.UUID) -> None:
        super().__init__(f"the lease on batch {token} has run out")
        self.token = token


def claim_due(
    *, plan_id: int | None = None, classes: Iterable[MailClass] = tuple(MailClass), limit: int = 1
) -> Batch | None:
    """Claim the most urgent due rows, or only `plan_id`. None if nothing is due, it is taken, or sending is paused.

    A row that is tried again comes alone: it may be what kills the workers.
    """
    if pauses.is_paused(transport.current().name):
        return None
    with transaction.atomic(durable=True):
        rows = _due_rows().filter(mail_class__in=list(classes))
        if plan_id is not None:
            rows = rows.filter(pk=plan_id)
        found = _first_of(list(_skip_locked(rows.order_by("priority", "next_attempt_at", "pk"))[:limit]))
        if not found:
            return None
        token = uuid.uuid4()
        pks = [row.pk for row in found]
        claimed = MailPlan.objects.filter(pk__in=pks, state__in=CLAIMABLE)
        if claimed.update(state=State.CLAIMED, lease_token=token) != len(found):
            transaction.set_rollback(True)  # another worker was faster with one of them
            return None
        SendingBatch.objects.create(token=token, lease_until=timezone.now() + LEASE)
    for row in found:
        row.state, row.lease_token = State.CLAIMED, token
    return Batch(token, tuple(found))


def renew_lease(token: uuid.UUID, *, lease: timedelta = LEASE) -> None:
    """Extend the lease to `lease` from now. Raises LeaseLost if it has expired."""
    now = timezone.now()
    if not SendingBatch.objects.filter(token=token, lease_until__gt=now).update(lease_until=now + lease):
        raise LeaseLost(token)


def reach_place(token: uuid.UUID, place: int, *, wait: timedelta, lease: timedelta = LEASE) -> None:
    """Commit that the final dot of the mail at this place is sent now; its reply may take `wait`. Raises LeaseLost."""
    now = timezone.now()
    if not _place_is_written(token, place, now=now, lease_until=now + lease, final_until=now + wait):
        raise LeaseLost(token)


def _place_is_written(
    token: uuid.UUID, place: int, *, now: datetime, lease_until: datetime, final_until: datetime
) -> bool:
    """One statement that commits itself, written out: building it for each mail costs more than running it."""
    fields = SendingBatch._meta
    times = [
        fields.get_field("lease_until").get_db_prep_value(value, connection)
        for value in (lease_until, final_until, now)
    ]
    held = fields.get_field("token").get_db_prep_value(token, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mail_sending_batch SET place = %s, lease_until = %s, final_until = %s"
            " WHERE token = %s AND lease_until > %s",
            [place, times[0], times[1], held, times[2]],
        )
        return bool(cursor.rowcount)


@contextmanager
def commits_without_wait() -> Iterator[None]:
    """Inside, PostgreSQL does not wait for its disk at each commit of this connection.

    Only for SAFETY mail, which is sent at least once: if the database server itself dies, not the worker, the mails of
    the last half second may go again. SQLite keeps to `SQLITE_SYNCHRONOUS`. The setting is one of the session: behind
    PgBouncer it needs `pool_mode=session`.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def release(claims: Iterable[Claim]) -> None:
    """Give rows back that were not begun."""
    for claim in claims:
        complete_claim(claim, state=State.DUE)


def take_away(batch: SendingBatch) -> bool:
    """End the lease of a worker that was silent for too long; False if it has moved on since `batch` was read."""
    read = SendingBatch.objects.filter(pk=batch.pk, lease_until=batch.lease_until, place=batch.place)
    return bool(read.update(lease_until=TAKEN_AWAY))


def forget_finished(tokens: Sequence[uuid.UUID]) -> None:
    """Delete these batches as far as they hold no row any more."""
    held = MailPlan.objects.filter(lease_token=OuterRef("token"))
    SendingBatch.objects.filter(~Exists(held), token__in=tokens).delete()


def complete_claim(claim: Claim, **values: Any) -> bool:
    """Write the outcome and end the lease. False (and nothing written) if the row is no longer held by this claim."""
    return bool(claimed_row(claim).update(lease_token=None, **values))


def claimed_row(claim: Claim) -> QuerySet[MailPlan]:
    """The row if this claim still holds it, else nothing. For guarded updates."""
    return MailPlan.objects.filter(pk=claim.plan_id, lease_token=claim.token, state__in=LEASED)


def expired_leases() -> QuerySet[SendingBatch]:
    """Those whose worker did not renew its lease in time."""
    return SendingBatch.objects.filter(lease_until__lte=timezone.now())


def incremented(field: str) -> CombinedExpression:
    return F(field) + 1


def _first_of(rows: list[MailPlan]) -> list[MailPlan]:
    if rows and _comes_alone(rows[0]):
        return rows[:1]
    return [row for row in rows if not _comes_alone(row)]


def _comes_alone(row: MailPlan) -> bool:
    return bool(row.failures) or row.state == State.RETRY_WAIT


def _due_rows() -> QuerySet[MailPlan]:
    now = timezone.now()
    return MailPlan.objects.filter(
        of_current_shop(),
        Q(expires_at=None) | Q(expires_at__gt=now),
        state__in=CLAIMABLE,
        next_attempt_at__lte=now,
    ).exclude(pauses.to_paused_domains())


def _skip_locked(rows: QuerySet[MailPlan]) -> QuerySet[MailPlan]:
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True)
    return rows
