"""Acts on reports about accepted mails. A report is stored once; a second copy changes nothing.

Anybody can write a mail that looks like a report. Only one that names a Message-ID of ours, which nobody can guess,
changes anything; others are stored for a person to read.
"""

import logging
from collections.abc import Iterable, Sequence
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
    """Store a report and act on it, in one transaction. False if it was stored before.

    A provider may be faster than the worker that sends: what it reports waits until the outcome is on record.
    """
    with transaction.atomic(durable=True):
        attempt = _locked_attempt_of(report)
        row, is_new = DeliveryReport.objects.get_or_create(
            digest=report.digest,
            defaults={
                "attempt": attempt,
                "kind": report.kind,
                "recipient": report.recipient[:320],
                "status": report.status,
                "reason": report.reason,
            },
        )
        if is_new and attempt and attempt.outcome != Outcome.OPEN:
            _act(row, attempt)
    return is_new


def waiting(attempts: Iterable[int]) -> list[int]:
    """Reports about these attempts that came before their outcome: read before it is written, under the plans' locks.

    attempts: primary keys; returns those of reports, for `act_on`
    """
    rows = DeliveryReport.objects.filter(attempt__in=list(attempts), attempt__outcome=Outcome.OPEN)
    return list(rows.values_list("pk", flat=True))


def act_on(reports: Sequence[int]) -> None:
    """Act on those of the waiting reports whose attempts may have been accepted. In the caller's transaction."""
    if not reports:
        return
    rows = DeliveryReport.objects.filter(
        pk__in=reports, attempt__outcome__in=(Outcome.ACCEPTED, Outcome.UNKNOWN)
    )
    # By address, so that two batches write about the same ones in the same order.
    for pk in rows.order_by("attempt__recipient", "pk").values_list("pk", flat=True):
        row = DeliveryReport.objects.select_related("attempt__plan").get(pk=pk)
        if row.attempt:
            _act(row, row.attempt)


def _locked_attempt_of(report: Report) -> MailAttempt | None:
    """The newest attempt under this Message-ID that the server may have accepted; its plan is locked."""
    if not report.message_id:
        return None
    attempts = MailAttempt.objects.filter(message_id=report.message_id).exclude(outcome=Outcome.NOT_SENT)
    newest = attempts.order_by("-no")
    found = newest.first()
    if found is None:
        return None
    MailPlan.objects.select_for_update().get(pk=found.plan_id)
    return newest.select_related(
        "plan"
    ).first()  # a worker may have written its outcome until we had the lock


def _act(report: DeliveryReport, attempt: MailAttempt) -> None:
    plan = attempt.plan
    match report.kind:
        case Kind.BOUNCED:
            _bounced(report, attempt, plan)
        case Kind.DELAYED | Kind.DELIVERED:
            _has_arrived_at_a_server(attempt, plan)
            if report.kind == Kind.DELIVERED:
                _has_arrived_after_all(attempt, plan)
        case Kind.COMPLAINT:
            _complained(attempt, plan)


def _bounced(report: DeliveryReport, attempt: MailAttempt, plan: MailPlan) -> None:
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


def _has_arrived_after_all(attempt: MailAttempt, plan: MailPlan) -> None:
    """It had come back for a while only. Of an address that does not exist the two reports came in the wrong order."""
    newer = plan.attempts.filter(no__gt=attempt.no)
    if plan.state != State.UNREACHED or plan.problem == Problem.ADDRESS or newer.exists():
        return
    sent_at = attempt.ended_at or timezone.now()
    MailPlan.objects.filter(pk=plan.pk, state=State.UNREACHED).update(
        state=State.SENT, sent_at=sent_at, last_error="", problem=""
    )
    contact_tasks.close_delivered(plan)
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
