"""The periodic sweep: recovers from lost messages and dead workers. Several may run at once: each step is guarded."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from store.mailer import heartbeats, inbox, planning, transport
from store.mailer.leases import expired_leases, incremented
from store.mailer.mail_classes import MailClass
from store.mailer.models import OPEN, MailAttempt, MailPlan, OrderEvent, State
from store.mailer.plan_rules import AWAITING_DELIVERY
from store.mailer.retry import delay_after_worker_death, retry_delay
from store.mailer.sending import after_unknown_outcome, send_due
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
    ends_at = time.monotonic() + seconds
    result = SweepResult(
        planned=plan_unplanned_events(),
        reclaimed=reclaim_expired_leases(),
        expired=expire_overdue(),
        promoted=promote_ready(),
    )
    name = heartbeats.Name
    heartbeats.record(name.SAFETY_SWEEP if classes == (MailClass.SAFETY,) else name.SWEEP)
    with transport.current().one_connection():
        while time.monotonic() < ends_at and send_due(classes=classes):
            result.processed += 1
    return result


def reclaim_expired_leases() -> int:
    """Free rows with an expired lease: incomplete mails are retried, possibly accepted ones become ambiguous."""
    return sum(_reclaim(row) for row in expired_leases()[:BATCH])


def expire_overdue() -> int:
    return MailPlan.objects.filter(state__in=OPEN, expires_at__lte=timezone.now()).update(state=State.EXPIRED)


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


def _reclaim(row: MailPlan) -> bool:
    """Guarded by the token and expiry that were read: a worker that renewed its lease in between keeps its row."""
    if row.lease_token is None:
        return False
    attempts = MailAttempt.objects.filter(plan=row, lease_token=row.lease_token)
    outcome, values = _outcome_after_worker_death(row, attempts.order_by("-no").first())
    held_row = MailPlan.objects.filter(
        pk=row.pk, lease_token=row.lease_token, state=row.state, lease_until=row.lease_until
    )
    with transaction.atomic(durable=True):
        if not held_row.update(lease_until=None, lease_token=None, **values):
            return False
        attempts.filter(outcome=Outcome.OPEN).update(
            outcome=outcome, ended_at=timezone.now(), reply="the worker fell silent"
        )
    return True


def _outcome_after_worker_death(row: MailPlan, last: MailAttempt | None) -> tuple[Outcome, dict[str, Any]]:
    if row.state == State.CLAIMED or last is None or last.phase_reached != transport.Phase.FINAL:
        return Outcome.NOT_SENT, _retry_values(row)
    mail_transport = transport.current()
    accepted = mail_transport.was_accepted(row.message_id) if last.via == mail_transport.name else None
    if accepted is None:
        reason = "the worker fell silent after the last dot; the server may have the mail"
        return Outcome.UNKNOWN, after_unknown_outcome(row, reason)
    if accepted:
        sent = {"state": State.SENT, "sent_at": timezone.now(), "recipient": last.recipient}
        return Outcome.ACCEPTED, sent | {"last_error": "", "problem": ""}
    return Outcome.NOT_SENT, _retry_values(row)


def _retry_values(row: MailPlan) -> dict[str, Any]:
    return {
        "state": State.RETRY_WAIT,
        "failures": incremented("failures"),
        "next_attempt_at": timezone.now() + delay_after_worker_death(row.failures),
        "last_error": "the worker fell silent before the mail was complete",
    }
