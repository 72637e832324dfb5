"""One mail, from claim to outcome. No transaction is open while anybody else is asked to do something."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from store.mailer import composition, enqueue, orders, planning, pre_send_checks, transport
from store.mailer.leases import Claim, LeaseLost, claim_one, held, one_more, renew, settle
from store.mailer.mail_kinds import DOUBTS, LEASE_MARGIN, SLOW_DOWN, MailClass, backoff
from store.mailer.models import MailAttempt, MailBody, MailPlan, State
from store.saleor.errors import SaleorError

logger = logging.getLogger(__name__)
Outcome = MailAttempt.Outcome


@dataclass(frozen=True, slots=True)
class _Try:
    """An attempt under way, and the claim it stands on."""

    attempt_id: int
    claim: Claim


def send_due(*, plan_id: int | None = None, classes: tuple[MailClass, ...] = tuple(MailClass)) -> bool:
    """Claim one due mail and bring it as far as it goes now. False when there was nothing to claim."""
    claim = claim_one(plan_id=plan_id, classes=classes)
    if claim is None:
        return False
    try:
        _send(claim, MailPlan.objects.get(pk=claim.plan_id))
    except LeaseLost as lost:
        logger.warning("%s; whoever has it now goes on", lost)
    return True


def _send(claim: Claim, plan: MailPlan) -> None:
    try:
        mail = _prepare(claim, plan)
    except SaleorError as error:
        return _postpone(claim, plan, f"the shop did not answer: {error}")
    except Exception as error:  # a broken guide or template: keep the mail, tell the merchant, try again
        logger.exception("mail %s can't be made", plan.plan_key)
        return _postpone(claim, plan, f"{type(error).__name__}: {error}")
    if mail is not None:
        _deliver(claim, plan, mail)
    return None


def _prepare(claim: Claim, plan: MailPlan) -> composition.Mail | None:
    order = orders.fetch(plan.order_id)
    if order is None:
        _postpone(claim, plan, "the shop knows no such order")
        return None
    decision = pre_send_checks.decide(plan, order)
    if isinstance(decision, pre_send_checks.Send):
        return composition.compose(plan, order, recipient=decision.recipient)
    _put_aside(claim, plan, decision)
    return None


def _put_aside(claim: Claim, plan: MailPlan, decision: pre_send_checks.Decision) -> None:
    match decision:
        case pre_send_checks.Cancel(reason):
            settle(claim, state=State.CANCELLED, cancel_reason=reason)
        case pre_send_checks.Hold(reason, until):
            state = State.HELD if reason else State.PLANNED
            settle(claim, state=state, hold_reason=reason, due_at=until, next_attempt_at=until)
        case pre_send_checks.Refuse(reason):
            settle(claim, state=State.FAILED, last_error=reason)
        case pre_send_checks.Broken(reason):
            _postpone(claim, plan, reason)
        case pre_send_checks.Supersede(tracking):
            _supersede(claim, plan, tracking)


def _supersede(claim: Claim, plan: MailPlan, tracking: str) -> None:
    with transaction.atomic(durable=True):
        if not settle(claim, state=State.CANCELLED, cancel_reason="there is a newer tracking number"):
            return
        other = planning.follow_up(plan, tracking=tracking)
        if other:
            enqueue.send_later(other)


def _deliver(claim: Claim, plan: MailPlan, mail: composition.Mail) -> None:
    out = transport.current()
    now = timezone.now()
    envelope = transport.Envelope(
        message_id=mail.message_id,
        sender=parseaddr(settings.MAIL_FROM)[1],
        recipient=mail.recipient,
        content=mail.as_bytes(at=now),
    )
    this = _begin(claim, plan, mail, via=out.name)
    try:
        receipt = out.deliver(envelope, lambda: _before_final(this, out.final_wait))
    except transport.NotSent as error:
        return _not_sent(this, plan, error)
    except transport.Unknown as error:
        return _unknown(this, plan, error)
    except LeaseLost:
        _end(this, Outcome.NOT_SENT, reply="stopped before the last dot: another worker has this mail")
        raise
    return _accepted(this, plan, receipt)


def _begin(claim: Claim, plan: MailPlan, mail: composition.Mail, *, via: str) -> _Try:
    """The attempt is on record before the first byte leaves."""
    with transaction.atomic(durable=True):
        renew(claim)
        held(claim).update(state=State.SENDING)
        no = MailAttempt.objects.filter(plan=plan).count() + 1
        attempt = MailAttempt.objects.create(
            plan=plan, no=no, via=via, lease_token=claim.token, phase_reached=transport.Phase.CONNECT
        )
        MailBody.objects.create(
            attempt=attempt,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            attachments=[one.evidence() for one in mail.attachments],
        )
    return _Try(attempt.pk, claim)


def _before_final(this: _Try, wait: timedelta) -> None:
    """Committed before the dot: if we die now, nobody may take this for "not sent"."""
    with transaction.atomic(durable=True):
        renew(this.claim, lease=wait + LEASE_MARGIN)
        MailAttempt.objects.filter(pk=this.attempt_id).update(phase_reached=transport.Phase.FINAL)


def _accepted(this: _Try, plan: MailPlan, receipt: transport.Receipt) -> None:
    with transaction.atomic(durable=True):
        _end(this, Outcome.ACCEPTED, phase=transport.Phase.ACCEPTED, code=receipt.code, reply=receipt.reply)
        if settle(this.claim, state=State.SENT, sent_at=timezone.now(), last_error="", hold_reason=""):
            _release_waiting(plan.plan_key)
            return
        # The lease ran out while we waited for the answer. Now we know, so it is not ambiguous any more.
        MailPlan.objects.filter(pk=plan.pk, state=State.AMBIGUOUS).update(
            state=State.SENT, sent_at=timezone.now(), last_error=""
        )


def _not_sent(this: _Try, plan: MailPlan, error: transport.NotSent) -> None:
    with transaction.atomic(durable=True):
        _end(this, Outcome.NOT_SENT, phase=error.phase, code=error.code, reply=error.reason)
        if error.is_final:
            settle(this.claim, state=State.FAILED, failures=one_more("failures"), last_error=str(error))
            return
        _postpone(this.claim, plan, str(error), at_least=SLOW_DOWN if error.wait else timedelta())


def _unknown(this: _Try, plan: MailPlan, error: transport.Unknown) -> None:
    with transaction.atomic(durable=True):
        _end(this, Outcome.UNKNOWN, phase=error.phase, code=error.code, reply=error.reason)
        settle(this.claim, **after_doubt(plan, str(error)))


def after_doubt(plan: MailPlan, reason: str) -> dict[str, Any]:
    """What a class does when the server may have the mail: SAFETY goes again, others wait for a person."""
    if plan.resends < DOUBTS[MailClass(plan.mail_class)].resends:
        return {
            "state": State.RETRY_WAIT,
            "resends": one_more("resends"),
            "next_attempt_at": timezone.now() + backoff(1),
            "last_error": reason,
        }
    return {"state": State.AMBIGUOUS, "last_error": reason}


def _postpone(claim: Claim, plan: MailPlan, reason: str, *, at_least: timedelta = timedelta()) -> None:
    wait = max(backoff(plan.failures + 1), at_least)
    settle(
        claim,
        state=State.RETRY_WAIT,
        failures=one_more("failures"),
        next_attempt_at=timezone.now() + wait,
        last_error=reason[:2000],
    )


def _end(
    this: _Try,
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
    MailAttempt.objects.filter(pk=this.attempt_id).update(**values)


def _release_waiting(plan_key: str) -> None:
    """What waited for this mail may go now."""
    for row in MailPlan.objects.filter(waits_for=plan_key, state=State.HELD):
        planning.promote(row)
