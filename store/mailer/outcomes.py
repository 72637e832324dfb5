"""Writes what became of a mail: row, attempt and what follows from it, in one transaction.

Several transactions may write about the same mails: a worker whose reply came late, a sweep, another worker. All lock
in one order, so that no two wait for each other: pauses, then rows by their number, then attempts.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from store.mailer import accounts, contact_tasks, pauses, planning, transport
from store.mailer.bounces import recording
from store.mailer.leases import Claim, claimed_row, complete_claim, incremented
from store.mailer.mail_classes import AMBIGUOUS_POLICIES, Kind, MailClass
from store.mailer.message import Mail
from store.mailer.models import LEASED, MailAttempt, MailPlan, Problem, State
from store.mailer.retry import retry_delay

logger = logging.getLogger(__name__)
Outcome = MailAttempt.Outcome
# What a row says of a mail that was accepted.
AS_SENT: Mapping[str, Any] = {"state": State.SENT, "last_error": "", "problem": "", "hold_reason": ""}


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt under way, and the claim under which it runs."""

    row: MailAttempt
    claim: Claim
    plan: MailPlan
    mail: Mail


def accepted(done: Sequence[tuple[Attempt, transport.Receipt]]) -> None:
    """The server has taken these mails of one batch."""
    if not done:
        return
    rows = [attempt.row for attempt, _ in done]
    with transaction.atomic(durable=True):
        pauses.end(server=rows[0].via, recipients=[row.recipient for row in rows])
        mark_sent([(attempt.plan, attempt.row) for attempt, _ in done])
        reports = recording.waiting(row.pk for row in rows)
        _close_accepted([(attempt.row.pk, receipt) for attempt, receipt in done])
        recording.act_on(reports)


def _close_accepted(done: Sequence[tuple[int, transport.Receipt]]) -> None:
    """Each with the reply of its own, which names the mail at the server."""
    ended_at = MailAttempt._meta.get_field("ended_at").get_db_prep_value(timezone.now(), connection)
    values = (str(Outcome.ACCEPTED), str(transport.Phase.ACCEPTED), ended_at)
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE mail_attempt SET outcome = %s, phase_reached = %s, ended_at = %s, smtp_code = %s, reply = %s"
            " WHERE id = %s",
            [(*values, receipt.code, receipt.reply, pk) for pk, receipt in done],
        )


def mark_sent(done: Sequence[tuple[MailPlan, MailAttempt]]) -> None:
    """The rows of accepted mails, and what waited for them. Runs in the caller's transaction."""
    now, token = timezone.now(), done[0][1].lease_token
    plans = {plan.pk: plan for plan, _ in done}
    rows = MailPlan.objects.filter(pk__in=plans)
    locked = list(in_lock_order(rows).values_list("pk", "lease_token", "state"))
    ours = {pk for pk, held_by, state in locked if held_by == token and state in LEASED}
    # Where the lease ran out while the reply was awaited, the outcome is known now: no longer ambiguous.
    late = {pk for pk, _, state in locked if state == State.AMBIGUOUS}
    rows.filter(pk__in=ours | late).update(**AS_SENT, lease_token=None, sent_at=now)
    for plan, attempt in done:
        if plan.pk in ours | late and attempt.recipient != plan.recipient:
            rows.filter(pk=plan.pk).update(recipient=attempt.recipient)
    _follow_up([plans[pk] for pk in plans if pk in ours])


def in_lock_order(rows: QuerySet[MailPlan]) -> QuerySet[MailPlan]:
    """The rows, locked one after the other as everybody locks several of them."""
    return rows.select_for_update().order_by("pk")


def _follow_up(sent: Sequence[MailPlan]) -> None:
    contact_tasks.close_reached(sent)
    planning.promote_waiting(sent)
    for plan in sent:
        accounts.forget_link(plan)
        _forget_area(plan)


def not_sent(attempt: Attempt, error: transport.NotSent) -> None:
    """Certainly not accepted: tried again later, unless the address does not exist."""
    plan, problem = attempt.plan, Problem(error.cause)
    with transaction.atomic(durable=True):
        if error.is_final:
            fail(attempt.claim, plan, str(error), problem=problem)
        else:
            paused_until = pauses.begin(error, server=attempt.row.via, recipient=attempt.row.recipient)
            postpone(
                attempt.claim,
                plan,
                str(error),
                problem=problem,
                until=paused_until
                or timezone.now() + retry_delay(plan.failures + 1, throttled=error.throttled),
            )
        close_attempt(attempt, Outcome.NOT_SENT, phase=error.phase, code=error.code, reply=error.reason)


def unwritable(attempt: Attempt, error: Exception) -> None:
    """A header or text that no message can carry."""
    reason = f"{type(error).__name__}: {error}"
    with transaction.atomic(durable=True):
        postpone(attempt.claim, attempt.plan, reason, problem=Problem.TEXT)
        close_attempt(attempt, Outcome.NOT_SENT, reply=reason[:2000])


def unknown(attempt: Attempt, error: transport.OutcomeUnknown) -> None:
    """The server may have it."""
    with transaction.atomic(durable=True):
        complete_claim(attempt.claim, **after_unknown_outcome(attempt.plan, str(error)))
        reports = recording.waiting([attempt.row.pk])
        close_attempt(attempt, Outcome.UNKNOWN, phase=error.phase, code=error.code, reply=error.reason)
        recording.act_on(reports)


def give_back(attempts: Iterable[Attempt]) -> None:
    """Mails of a batch that was not carried on: nothing of them was sent, so no attempt stays."""
    with transaction.atomic(durable=True):
        for attempt in sorted(attempts, key=lambda one: one.claim.plan_id):
            if claimed_row(attempt.claim).update(state=State.DUE, lease_token=None):
                attempt.row.delete()


def after_unknown_outcome(plan: MailPlan, reason: str) -> dict[str, Any]:
    """The row's values when the server may have accepted the mail: SAFETY is resent, others wait for a person."""
    if plan.resends < AMBIGUOUS_POLICIES[MailClass(plan.mail_class)].resends:
        return {
            "state": State.RETRY_WAIT,
            "resends": incremented("resends"),
            "next_attempt_at": timezone.now() + retry_delay(1),
            "last_error": reason,
        }
    return {"state": State.AMBIGUOUS, "last_error": reason}


def postpone(
    claim: Claim, plan: MailPlan, reason: str, *, problem: Problem, until: datetime | None = None
) -> None:
    """Try again later. Everything but a busy mailbox needs a person; see `health.concerns`."""
    complete_claim(
        claim,
        state=State.RETRY_WAIT,
        failures=incremented("failures"),
        next_attempt_at=until or timezone.now() + retry_delay(plan.failures + 1),
        last_error=reason[:2000],
        problem=problem,
    )


def fail(claim: Claim, plan: MailPlan, reason: str, *, problem: Problem) -> None:
    """No further try without a person, who reads it in the admin, at /healthz and in the log."""
    level = logging.ERROR if plan.mail_class == MailClass.SAFETY else logging.WARNING
    logger.log(level, "mail %s of order %s can't be sent: %s", plan.kind, plan.order_number, reason)
    with transaction.atomic():
        if complete_claim(
            claim,
            state=State.FAILED,
            failures=incremented("failures"),
            last_error=reason[:2000],
            problem=problem,
        ):
            contact_tasks.open_task(plan, reason)


def close_attempt(
    attempt: Attempt,
    outcome: Outcome,
    *,
    phase: transport.Phase | None = None,
    code: int | None = None,
    reply: str = "",
) -> None:
    values: dict[str, Any] = {
        "outcome": outcome,
        "reply": reply,
        "smtp_code": code,
        "ended_at": timezone.now(),
    }
    if phase:
        values["phase_reached"] = phase
    MailAttempt.objects.filter(pk=attempt.row.pk).update(**values)


def _forget_area(plan: MailPlan) -> None:
    """Which area somebody chose may hint at their health; it is of no use once the mail has left."""
    if plan.kind == Kind.AREA:
        MailPlan.objects.filter(pk=plan.pk).update(about="")
