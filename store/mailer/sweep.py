"""Why any message and any worker may be lost. Any number may sweep at once: each step is guarded."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from store.mailer import inbox, planning, transport
from store.mailer.leases import dead, one_more
from store.mailer.mail_kinds import MailClass, backoff
from store.mailer.models import OPEN, Heartbeat, MailAttempt, MailPlan, OrderEvent, State
from store.mailer.sending import after_doubt, send_due

logger = logging.getLogger(__name__)
ALL_CLASSES = tuple(MailClass)
BATCH = 500
Outcome = MailAttempt.Outcome
INGEST_TRIES = 50


@dataclass(slots=True)
class Swept:
    reclaimed: int = 0
    expired: int = 0
    promoted: int = 0
    planned: int = 0
    worked: int = 0


def sweep(*, classes: tuple[MailClass, ...] = ALL_CLASSES, seconds: float = 15.0) -> Swept:
    """Tidy up, then send what is due until there is nothing left or the time is over."""
    ends_at = time.monotonic() + seconds
    done = Swept(
        planned=plan_leftovers(), reclaimed=reclaim_dead(), expired=expire_late(), promoted=promote_ready()
    )
    Heartbeat.objects.update_or_create(name="sweep", defaults={"at": timezone.now()})
    while time.monotonic() < ends_at and send_due(classes=classes):
        done.worked += 1
    return done


def reclaim_dead() -> int:
    """Rows of workers that fell silent. What was incomplete goes again; what may be accepted is in doubt."""
    return sum(_reclaim(row) for row in dead()[:BATCH])


def expire_late() -> int:
    return MailPlan.objects.filter(state__in=OPEN, expires_at__lte=timezone.now()).update(state=State.EXPIRED)


def promote_ready() -> int:
    now = timezone.now()
    first_sent = MailPlan.objects.filter(plan_key=OuterRef("waits_for"), state=State.SENT)
    ready = MailPlan.objects.filter(
        Q(state=State.PLANNED)
        | Q(state=State.HELD, hold_reason=planning.AWAITING_DELIVERY)
        | Q(Exists(first_sent), state=State.HELD, hold_reason=planning.AWAITING_SAFETY),
        due_at__lte=now,
    ).order_by("priority", "due_at")
    rows = list(ready[:BATCH])
    for row in rows:
        planning.promote(row)
    return len(rows)


def plan_leftovers() -> int:
    """Events that were stored while their mails could not be planned."""
    return sum(_plan_leftover(pk, tries) for pk, tries in _leftovers())


def _leftovers() -> Sequence[tuple[int, int]]:
    rows = OrderEvent.objects.filter(planned_at=None, tries__lt=INGEST_TRIES).order_by("received_at")
    return list(rows.values_list("pk", "tries")[:50])


def _plan_leftover(event_id: int, tries: int) -> bool:
    try:
        return inbox.plan_stored(event_id=event_id)
    except Exception as error:
        logger.exception("event %s still can't be planned", event_id)
        OrderEvent.objects.filter(pk=event_id).update(
            tries=tries + 1, error=f"{type(error).__name__}: {error}"
        )
        return False


def _reclaim(row: MailPlan) -> bool:
    """Guarded by the token and the time that were seen: a worker that woke up in between keeps its row."""
    if row.lease_token is None:
        return False
    attempts = MailAttempt.objects.filter(plan=row, lease_token=row.lease_token)
    outcome, values = _after_death(row, attempts.order_by("-no").first())
    guard = MailPlan.objects.filter(
        pk=row.pk, lease_token=row.lease_token, state=row.state, lease_until=row.lease_until
    )
    with transaction.atomic(durable=True):
        if not guard.update(lease_until=None, lease_token=None, **values):
            return False
        attempts.filter(outcome=Outcome.OPEN).update(
            outcome=outcome, ended_at=timezone.now(), reply="the worker fell silent"
        )
    return True


def _after_death(row: MailPlan, last: MailAttempt | None) -> tuple[Outcome, dict[str, Any]]:
    if row.state == State.CLAIMED or last is None or last.phase_reached != transport.Phase.FINAL:
        return Outcome.NOT_SENT, _again(row)
    out = transport.current()
    accepted = out.was_accepted(row.message_id) if last.via == out.name else None
    if accepted is None:
        reason = "the worker fell silent after the last dot; the server may have the mail"
        return Outcome.UNKNOWN, after_doubt(row, reason)
    if accepted:
        return Outcome.ACCEPTED, {"state": State.SENT, "sent_at": timezone.now(), "last_error": ""}
    return Outcome.NOT_SENT, _again(row)


def _again(row: MailPlan) -> dict[str, Any]:
    pause = backoff(row.failures) if row.failures > 1 else timedelta()  # perhaps this very mail kills workers
    return {
        "state": State.RETRY_WAIT,
        "failures": one_more("failures"),
        "next_attempt_at": timezone.now() + pause,
        "last_error": "the worker fell silent before the mail was complete",
    }
