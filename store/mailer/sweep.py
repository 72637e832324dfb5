"""The periodic sweep: recovers from lost messages and dead workers. Several may run at once: each step is guarded."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from store.mailer import heartbeats, inbox, planning, transport
from store.mailer.bounces import recording
from store.mailer.leases import expired_leases, forget_finished, incremented, take_away
from store.mailer.mail_classes import MailClass
from store.mailer.models import LEASED, OPEN, MailAttempt, MailPlan, OrderEvent, SendingBatch, State
from store.mailer.outcomes import after_unknown_outcome, in_lock_order, mark_sent
from store.mailer.plan_rules import AWAITING_DELIVERY
from store.mailer.retry import delay_after_worker_death, retry_delay
from store.mailer.sending import send_until_done
from store.mailer.shops import of_current_shop

logger = logging.getLogger(__name__)
ALL_CLASSES = tuple(MailClass)
BATCH = 500
Outcome = MailAttempt.Outcome
UNPLANNED_BATCH = 50


@dataclass(slots=True)
class SweepResult:
    reclaimed: int = 0
    expired: int = 0
    promoted: int = 0
    planned: int = 0
    processed: int = 0


def sweep(*, classes: tuple[MailClass, ...] = ALL_CLASSES, seconds: float = 15.0) -> SweepResult:
    """Recover and promote rows, then send due mails until none is left or `seconds` have passed."""
    result = recover(classes=classes)
    result.processed = send_until_done(classes=classes, seconds=seconds)
    return result


def recover(*, classes: tuple[MailClass, ...] = ALL_CLASSES) -> SweepResult:
    """All of a sweep but the sending. `classes`: of the sweep whose heartbeat is recorded."""
    result = SweepResult(
        planned=plan_unplanned_events(),
        reclaimed=reclaim_expired_leases(),
        expired=expire_overdue(),
        promoted=promote_ready(),
    )
    name = heartbeats.Name
    heartbeats.record(name.SAFETY_SWEEP if classes == (MailClass.SAFETY,) else name.SWEEP)
    return result


def reclaim_expired_leases() -> int:
    """Free the rows of workers that fell silent: incomplete mails are retried, one that was perhaps accepted becomes
    ambiguous. Returns how many rows.
    """
    return sum(_reclaim(batch) for batch in expired_leases()[:BATCH])


def expire_overdue() -> int:
    """Mails of the current shop that came too late; another shop's are its own workers' to judge. Returns how many."""
    overdue = MailPlan.objects.filter(of_current_shop(), state__in=OPEN, expires_at__lte=timezone.now())
    return overdue.update(state=State.EXPIRED)


def promote_ready() -> int:
    now = timezone.now()
    first_sent = MailPlan.objects.filter(
        shop=OuterRef("shop"), plan_key=OuterRef("waits_for"), state=State.SENT
    )
    ready = MailPlan.objects.filter(
        Q(state=State.PLANNED)
        | Q(state=State.HELD, hold_reason=AWAITING_DELIVERY)
        | Q(Exists(first_sent), state=State.HELD, hold_reason=planning.AWAITING_SAFETY),
        of_current_shop(),
        due_at__lte=now,
    ).order_by("priority", "due_at")
    rows = list(ready[:BATCH])
    for row in rows:
        planning.promote(row)
    return len(rows)


def plan_unplanned_events() -> int:
    """Plan events that were stored when their mails could not be planned; returns how many succeeded."""
    return sum(_plan_event(pk, tries) for pk, tries in _unplanned_events())


def _unplanned_events() -> Sequence[tuple[int, int]]:
    rows = OrderEvent.objects.filter(of_current_shop(), planned_at=None, next_try_at__lte=timezone.now())
    return list(rows.order_by("next_try_at").values_list("pk", "tries")[:UNPLANNED_BATCH])


def _plan_event(event_id: int, tries: int) -> bool:
    try:
        return inbox.plan_stored(event_id=event_id)
    except Exception as error:
        logger.exception("event %s still can't be planned", event_id)
        OrderEvent.objects.filter(pk=event_id).update(
            tries=tries + 1,
            next_try_at=timezone.now() + retry_delay(tries + 1),
            error=f"{type(error).__name__}: {error}",
        )
        return False


def _reclaim(batch: SendingBatch) -> int:
    with transaction.atomic(durable=True):
        if not take_away(batch):
            return 0
        rows = list(in_lock_order(MailPlan.objects.filter(lease_token=batch.token, state__in=LEASED)))
        found = MailAttempt.objects.filter(lease_token=batch.token, plan__in=rows)
        attempts = {one.plan_id: one for one in found}
        next_place = min((one.place for one in attempts.values() if one.place > batch.place), default=0)
        reports = recording.waiting(one.pk for one in attempts.values())
        freed = [
            _free(row, attempts[row.pk], batch, next_place=next_place) for row in rows if row.pk in attempts
        ]
        _free_uncomposed([row for row in rows if row.pk not in attempts])
        recording.act_on(reports)
    forget_finished([batch.token])
    return len(rows) - freed.count(False)


def _free_uncomposed(rows: Sequence[MailPlan]) -> None:
    """Of a worker that fell silent while it composed. Each of them may be the mail that ended it, and nothing says
    which: so each comes alone next time (`leases`), and only a mail that was alone counts a failure.
    """
    for row in rows:
        values = _retry_values(row)
        if len(rows) > 1:
            del values["failures"]
        _write(row, **values)


def _free(row: MailPlan, attempt: MailAttempt, batch: SendingBatch, *, next_place: int) -> bool:
    """False if the reply to its final dot may still come.

    next_place: of the first mail after that of the batch whose outcome is not on record; the worker may have begun it.
    One that was refused at its recipient has no final dot, so that it need not be the next one.
    """
    if attempt.place > max(next_place, batch.place):  # not begun
        attempt.delete()
        _write(row, state=State.DUE)
    elif attempt.place > batch.place:
        _end(attempt, Outcome.NOT_SENT)
        _write(row, **_retry_values(row))
    elif attempt.place < batch.place:
        _end(attempt, Outcome.ACCEPTED)
        mark_sent([(row, attempt)])
    elif batch.final_until and batch.final_until > timezone.now():
        return False
    else:
        _free_after_final_dot(row, attempt)
    return True


def _free_after_final_dot(row: MailPlan, attempt: MailAttempt) -> None:
    mail_transport = transport.current()
    known = mail_transport.was_accepted(row.message_id) if attempt.via == mail_transport.name else None
    if known is None:
        _end(attempt, Outcome.UNKNOWN, phase=transport.Phase.FINAL)
        reason = "the worker fell silent after the last dot; the server may have the mail"
        _write(row, **after_unknown_outcome(row, reason))
    elif known:
        _end(attempt, Outcome.ACCEPTED)
        mark_sent([(row, attempt)])
    else:
        _end(attempt, Outcome.NOT_SENT, phase=transport.Phase.FINAL)
        _write(row, **_retry_values(row))


def _write(row: MailPlan, **values: Any) -> None:
    MailPlan.objects.filter(pk=row.pk).update(lease_token=None, **values)


def _end(attempt: MailAttempt, outcome: Outcome, *, phase: str = "") -> None:
    """Of an attempt whose outcome the worker did not record."""
    accepted = transport.Phase.ACCEPTED if outcome == Outcome.ACCEPTED else phase
    MailAttempt.objects.filter(pk=attempt.pk, outcome=Outcome.OPEN).update(
        outcome=outcome,
        phase_reached=accepted or attempt.phase_reached,
        ended_at=timezone.now(),
        reply="the worker fell silent",
    )


def _retry_values(row: MailPlan) -> dict[str, Any]:
    return {
        "state": State.RETRY_WAIT,
        "failures": incremented("failures"),
        "next_attempt_at": timezone.now() + delay_after_worker_death(row.failures),
        "last_error": "the worker fell silent before the mail was complete",
    }
