"""Acts on reports about accepted mails. A report is stored once; a second copy changes nothing.

Anybody can write a mail that looks like a report. Only one that names a Message-ID of ours, which nobody can guess,
changes anything; others are stored for a person to read.
"""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from store.mailer import contact_tasks, planning, suppressions
from store.mailer.bounces.parsing import Report, parse
from store.mailer.mail_classes import MailClass
from store.mailer.models import (
    DeliveryReport,
    MailAttempt,
    MailPlan,
    Problem,
    State,
    SuppressionReason,
)
from store.mailer.transport.replies import cause_of_status

logger = logging.getLogger(__name__)
Kind = DeliveryReport.Kind
Outcome = MailAttempt.Outcome
# The states in which the last attempt may be at its recipient's: only then does a report decide.
_UNDECIDED = (State.SENT, State.AMBIGUOUS, State.RETRY_WAIT)


def record_message(raw: bytes) -> int:
    """Record the reports in a message; returns how many are new. 0 for a message that is no report."""
    return sum(record(report) for report in parse(raw))


def record(report: Report) -> bool:
    """Store a report and act on it, in one transaction. False if it was stored before."""
    with transaction.atomic(durable=True):
        attempt = _attempt_of(report)
        _, is_new = DeliveryReport.objects.get_or_create(
            digest=report.digest,
            defaults={
                "attempt": attempt,
                "kind": report.kind,
                "recipient": report.recipient[:320],
                "status": report.status,
                "reason": report.reason,
            },
        )
        if is_new and attempt is not None:
            _act(report, attempt)
    return is_new


def _attempt_of(report: Report) -> MailAttempt | None:
    """The newest attempt under this Message-ID that the server may have accepted."""
    if not report.message_id:
        return None
    attempts = MailAttempt.objects.filter(message_id=report.message_id).exclude(outcome=Outcome.NOT_SENT)
    return attempts.select_related("plan").order_by("-no").first()


def _act(report: Report, attempt: MailAttempt) -> None:
    plan = MailPlan.objects.select_for_update().get(pk=attempt.plan_id)
    match report.kind:
        case Kind.BOUNCED:
            _bounced(report, attempt, plan)
        case Kind.DELAYED | Kind.DELIVERED:
            _has_arrived_at_a_server(attempt, plan)
        case Kind.COMPLAINT:
            _complained(attempt, plan)


def _bounced(report: Report, attempt: MailAttempt, plan: MailPlan) -> None:
    problem = Problem(cause_of_status(report.status))
    if problem == Problem.ADDRESS:
        suppressions.note_bounce(attempt.recipient)
    reason = f"came back: {report.status} {report.reason}".strip()
    if not _decides(attempt, plan, state=State.UNREACHED, problem=problem, last_error=reason):
        return
    logger.warning("mail %s of order %s came back: %s", plan.kind, plan.order_number, report.status)
    contact_tasks.open_task(plan, reason)


def _has_arrived_at_a_server(attempt: MailAttempt, plan: MailPlan) -> None:
    """An attempt whose outcome was unknown had been accepted."""
    if plan.state == State.SENT or attempt.outcome != Outcome.UNKNOWN:
        return
    sent_at = attempt.ended_at or timezone.now()
    values = {"sent_at": sent_at, "recipient": attempt.recipient, "last_error": "", "problem": ""}
    if _decides(attempt, plan, state=State.SENT, **values):
        planning.promote_waiting([plan])


def _complained(attempt: MailAttempt, plan: MailPlan) -> None:
    suppressions.unsubscribe(
        suppressions.address_hash(attempt.recipient), MailClass.CARE, reason=SuppressionReason.COMPLAINT
    )
    contact_tasks.open_task(plan, "the recipient's provider reported this mail as unwanted; it may be hidden")


def _decides(attempt: MailAttempt, plan: MailPlan, **values: Any) -> bool:
    """Write what the report means for the mail, unless a later attempt or a worker has it."""
    if plan.state not in _UNDECIDED or plan.attempts.filter(no__gt=attempt.no).exists():
        return False
    if plan.state == State.RETRY_WAIT and attempt.outcome != Outcome.UNKNOWN:
        return False
    MailAttempt.objects.filter(pk=attempt.pk, outcome=Outcome.UNKNOWN).update(outcome=Outcome.ACCEPTED)
    return bool(MailPlan.objects.filter(pk=plan.pk, state=plan.state).update(**values))
