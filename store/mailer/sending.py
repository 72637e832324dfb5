"""Sends one mail, from claim to outcome. No transaction is open during a call to Saleor or to the mail server."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from store.mailer import (
    accounts,
    composition,
    contact_tasks,
    decision,
    enqueue,
    pauses,
    planning,
    pre_send_checks,
    transport,
)
from store.mailer.leases import (
    Claim,
    LeaseLost,
    claim_due,
    claimed_row,
    complete_claim,
    incremented,
    renew_lease,
)
from store.mailer.mail_classes import AMBIGUOUS_POLICIES, LEASE_MARGIN, Kind, MailClass
from store.mailer.mail_kinds import mail_kind
from store.mailer.message import Mail
from store.mailer.models import MailAttempt, MailBody, MailPlan, Problem, State
from store.mailer.retry import retry_delay
from store.saleor.errors import SaleorError

logger = logging.getLogger(__name__)
Outcome = MailAttempt.Outcome
UNKNOWN_ORDER_TRIES = 5  # with retry.RETRY_DELAYS: for an hour


@dataclass(frozen=True, slots=True)
class _Attempt:
    """An attempt under way and the claim under which it runs."""

    attempt_id: int
    claim: Claim
    recipient: str
    via: str


def send_due(*, plan_id: int | None = None, classes: tuple[MailClass, ...] = tuple(MailClass)) -> bool:
    """Claim one due mail and process it as far as possible now. False if there was nothing to claim."""
    claim = claim_due(plan_id=plan_id, classes=classes)
    if claim is None:
        return False
    try:
        _send(claim, MailPlan.objects.get(pk=claim.plan_id))
    except LeaseLost as error:
        logger.warning("%s; another worker continues", error)
    return True


def _send(claim: Claim, plan: MailPlan) -> None:
    try:
        mail = _prepare(claim, plan)
    except SaleorError as error:
        return _postpone(claim, plan, f"the shop did not answer: {error}", problem=Problem.SHOP)
    except Exception as error:  # a broken guide or template: keep the row, show the error in the admin, retry
        logger.exception("mail %s can't be made", plan.plan_key)
        return _postpone(claim, plan, f"{type(error).__name__}: {error}", problem=Problem.TEXT)
    if mail is not None:
        _deliver(claim, plan, mail)
    return None


def _prepare(claim: Claim, plan: MailPlan) -> Mail | None:
    about = mail_kind(Kind(plan.kind)).about.fetch(plan)
    if about is None:
        _not_known(claim, plan)
        return None
    decided = decision.decide(plan, about)
    if isinstance(decided, pre_send_checks.Send):
        return composition.compose(plan, about, recipient=decided.recipient)
    _apply_decision(claim, plan, decided)
    return None


def _not_known(claim: Claim, plan: MailPlan) -> None:
    """A shop may be behind with its own copies; after an hour the order is gone, and a person decides."""
    reason = "the shop knows no such order"
    if plan.failures < UNKNOWN_ORDER_TRIES:
        _postpone(claim, plan, reason, problem=Problem.SHOP)
    else:
        _fail(claim, plan, reason, problem=Problem.SHOP)


def _apply_decision(claim: Claim, plan: MailPlan, decided: pre_send_checks.Decision) -> None:
    match decided:
        case pre_send_checks.Cancel(reason):
            complete_claim(claim, state=State.CANCELLED, cancel_reason=reason)
        case pre_send_checks.Hold(reason, until):
            state = State.HELD if reason else State.PLANNED
            complete_claim(claim, state=state, hold_reason=reason, due_at=until, next_attempt_at=until)
        case pre_send_checks.Fail(reason):
            _fail(claim, plan, reason, problem=Problem.ADDRESS)
        case pre_send_checks.Unreachable(reason):
            complete_claim(claim, state=State.UNREACHED, last_error=reason, problem=Problem.ADDRESS)
        case pre_send_checks.Retry(reason):
            _postpone(claim, plan, reason, problem=Problem.TEXT)
        case pre_send_checks.Supersede(tracking):
            _supersede(claim, plan, tracking)


def _supersede(claim: Claim, plan: MailPlan, tracking: str) -> None:
    with transaction.atomic(durable=True):
        if not complete_claim(claim, state=State.CANCELLED, cancel_reason="there is a newer tracking number"):
            return
        follow_up_plan = planning.plan_shipped_again(plan, tracking=tracking)
        if follow_up_plan:
            enqueue.enqueue_on_commit(follow_up_plan)


def _deliver(claim: Claim, plan: MailPlan, mail: Mail) -> None:
    try:
        envelope = envelope_of(mail)
    except Exception as error:  # a header or text that no message can carry
        logger.exception("mail %s can't be made into a message", plan.plan_key)
        return _postpone(claim, plan, f"{type(error).__name__}: {error}", problem=Problem.TEXT)
    mail_transport = transport.current()
    attempt = _start_attempt(claim, plan, mail, via=mail_transport.name)
    try:
        receipt = mail_transport.deliver(
            envelope, lambda: _before_final_dot(attempt, mail_transport.final_timeout)
        )
    except transport.NotSent as error:
        return _not_sent(attempt, plan, error)
    except transport.OutcomeUnknown as error:
        return _outcome_unknown(attempt, plan, error)
    except LeaseLost:
        _close_attempt(
            attempt, Outcome.NOT_SENT, reply="stopped before the last dot: another worker has this mail"
        )
        raise
    return _accepted(attempt, plan, receipt)


def envelope_of(mail: Mail) -> transport.Envelope:
    """With the address that bounces go to as its sender."""
    return transport.Envelope(
        message_id=mail.message_id,
        sender=parseaddr(settings.MAIL_BOUNCE_TO or settings.MAIL_FROM)[1],
        recipient=mail.recipient,
        content=mail.as_bytes(at=timezone.now()),
    )


def _start_attempt(claim: Claim, plan: MailPlan, mail: Mail, *, via: str) -> _Attempt:
    """Record the attempt and its content before the first byte is sent."""
    with transaction.atomic(durable=True):
        renew_lease(claim)
        claimed_row(claim).update(state=State.SENDING)
        number = MailAttempt.objects.filter(plan=plan).count() + 1
        attempt = MailAttempt.objects.create(
            plan=plan,
            no=number,
            recipient=mail.recipient,
            message_id=mail.message_id,
            via=via,
            lease_token=claim.token,
            phase_reached=transport.Phase.CONNECT,
            text_only_because=mail.text_only_because,
        )
        MailBody.objects.create(
            attempt=attempt,
            subject=mail.subject,
            text=mail.without_secrets(mail.text),
            html=mail.without_secrets(mail.html),
            attachments=[attachment.metadata() for attachment in mail.attachments],
        )
    return _Attempt(attempt.pk, claim, mail.recipient, via)


def _before_final_dot(attempt: _Attempt, wait: timedelta) -> None:
    """Commit phase FINAL before the final dot: if this process dies now, the outcome counts as unknown."""
    with transaction.atomic(durable=True):
        renew_lease(attempt.claim, lease=wait + LEASE_MARGIN)
        MailAttempt.objects.filter(pk=attempt.attempt_id).update(phase_reached=transport.Phase.FINAL)


def _accepted(attempt: _Attempt, plan: MailPlan, receipt: transport.Receipt) -> None:
    with transaction.atomic(durable=True):
        pauses.end(server=attempt.via, recipient=attempt.recipient)
        _close_attempt(
            attempt, Outcome.ACCEPTED, phase=transport.Phase.ACCEPTED, code=receipt.code, reply=receipt.reply
        )
        if complete_claim(
            attempt.claim,
            state=State.SENT,
            sent_at=timezone.now(),
            recipient=attempt.recipient,
            last_error="",
            problem="",
            hold_reason="",
        ):
            accounts.forget_link(plan)
            _forget_area(plan)
            contact_tasks.close_reached(plan)
            planning.promote_waiting(plan)
            return
        # The lease expired while waiting for the reply. The outcome is known now, so the row is no longer ambiguous.
        MailPlan.objects.filter(pk=plan.pk, state=State.AMBIGUOUS).update(
            state=State.SENT, sent_at=timezone.now(), recipient=attempt.recipient, last_error="", problem=""
        )


def _not_sent(attempt: _Attempt, plan: MailPlan, error: transport.NotSent) -> None:
    with transaction.atomic(durable=True):
        _close_attempt(attempt, Outcome.NOT_SENT, phase=error.phase, code=error.code, reply=error.reason)
        problem = Problem(error.cause)
        if error.is_final:
            _fail(attempt.claim, plan, str(error), problem=problem)
            return
        paused_until = pauses.begin(error, server=attempt.via, recipient=attempt.recipient)
        _postpone(
            attempt.claim,
            plan,
            str(error),
            problem=problem,
            until=paused_until or timezone.now() + retry_delay(plan.failures + 1, throttled=error.throttled),
        )


def _outcome_unknown(attempt: _Attempt, plan: MailPlan, error: transport.OutcomeUnknown) -> None:
    with transaction.atomic(durable=True):
        _close_attempt(attempt, Outcome.UNKNOWN, phase=error.phase, code=error.code, reply=error.reason)
        complete_claim(attempt.claim, **after_unknown_outcome(plan, str(error)))


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


def _postpone(
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


def _fail(claim: Claim, plan: MailPlan, reason: str, *, problem: Problem) -> None:
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


def _close_attempt(
    attempt: _Attempt,
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
    MailAttempt.objects.filter(pk=attempt.attempt_id).update(**values)


def _forget_area(plan: MailPlan) -> None:
    """Which area somebody chose may hint at their health; it is of no use once the mail has left."""
    if plan.kind == Kind.AREA:
        MailPlan.objects.filter(pk=plan.pk).update(about="")
