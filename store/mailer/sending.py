"""Sends mails, from claim to outcome, a batch at a time.

No transaction is open during a call to Saleor or to the mail server. The attempts of a batch are committed before the
first of its bytes is sent, and its place (`leases`) before each final dot.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from store.mailer import (
    composition,
    decision,
    enqueue,
    leases,
    mail_words,
    outcomes,
    planning,
    pre_send_checks,
    suppressions,
    transport,
)
from store.mailer.leases import Batch, Claim, LeaseLost, claim_due, complete_claim, renew_lease
from store.mailer.mail_classes import LEASE_MARGIN, Kind, MailClass
from store.mailer.mail_kinds import About, mail_kind
from store.mailer.message import Mail, bare_address
from store.mailer.models import MailAttempt, MailBody, MailPlan, MailWords, Problem, State
from store.mailer.outcomes import Attempt
from store.mailer.suppressions import Suppressions
from store.saleor.errors import SaleorError

logger = logging.getLogger(__name__)
UNKNOWN_ORDER_TRIES = 5  # with retry.RETRY_DELAYS: for an hour
MAX_BATCH = 100
# What a batch has not sent by then is given back: it was decided on and composed at the beginning.
BATCH_SECONDS = 20.0
# Of a shop that answers slowly a batch is small, so that its lease holds and its first mails don't wait for the last.
PREPARE_SECONDS = 20.0
FETCHED_AT_ONCE = 50
RENEWED_EVERY = 10  # mails that are composed
Outcome = transport.Receipt | Exception
IsStopping = Callable[[], bool]
Claimed = tuple[Claim, MailPlan]
Ready = tuple[Claim, MailPlan, Mail]


def _never() -> bool:
    return False


def send_due(
    *,
    plan_id: int | None = None,
    classes: tuple[MailClass, ...] = tuple(MailClass),
    limit: int = 1,
    is_stopping: IsStopping = _never,
) -> int:
    """Claim up to `limit` due mails and process them as far as possible now. Returns how many were claimed.

    is_stopping: asked before each mail; from then on the rest is given back, since the process ends
    """
    batch = claim_due(plan_id=plan_id, classes=classes, limit=limit)
    if batch is None:
        return 0
    try:
        _send(batch, is_stopping)
    except LeaseLost as error:
        logger.warning("%s; another worker continues", error)
    leases.forget_finished([batch.token])
    return len(batch.plans)


def send_until_done(
    *, classes: tuple[MailClass, ...], seconds: float, is_stopping: IsStopping = _never
) -> int:
    """Send what is due over one connection, until nothing is left or `seconds` have passed; returns how many mails."""
    ends_at, processed = time.monotonic() + seconds, 0
    with transport.current().one_connection():
        while time.monotonic() < ends_at and (
            sent := send_due(classes=classes, limit=MAX_BATCH, is_stopping=is_stopping)
        ):
            processed += sent
    return processed


def _send(batch: Batch, is_stopping: IsStopping) -> None:
    ready, left = _prepare_all(batch, is_stopping)
    leases.release(claim for claim, _ in left)  # the shop answers slowly, or this process ends
    if ready:
        attempts = _start_attempts(batch.token, ready)
        is_safety = all(plan.mail_class == MailClass.SAFETY for _, plan, _ in ready)
        with leases.commits_without_wait() if is_safety else nullcontext():
            _deliver_all(attempts, is_stopping)


def _prepare_all(batch: Batch, is_stopping: IsStopping) -> tuple[list[Ready], list[Claimed]]:
    """(mails to send now, rows that were not begun)"""
    ready, left = list[Ready](), list[Claimed](zip(batch.claims(), batch.plans, strict=True))
    ends_at = time.monotonic() + PREPARE_SECONDS
    while left and time.monotonic() < ends_at and not is_stopping():
        chunk, left = left[:FETCHED_AT_ONCE], left[FETCHED_AT_ONCE:]
        found = _fetch([plan for _, plan in chunk], ends_at=ends_at)
        renew_lease(batch.token)
        made, not_begun = _compose_all(chunk, found, is_stopping)
        ready, left = ready + made, not_begun + left
    renew_lease(batch.token)
    return ready, left


def _compose_all(
    chunk: Sequence[Claimed], found: Mapping[int, About | Exception | None], is_stopping: IsStopping
) -> tuple[list[Ready], list[Claimed]]:
    """(mails, rows that were not begun). One may take seconds: the first of an insert makes its PDF."""
    ready, known = list[Ready](), _suppressions([plan for _, plan in chunk], found)
    not_begun = [one for one in chunk if one[1].pk not in found]
    left = [one for one in chunk if one[1].pk in found]
    ends_at, number = time.monotonic() + PREPARE_SECONDS, 0
    while left and time.monotonic() < ends_at and not is_stopping():
        claim, plan = left.pop(0)
        if mail := _prepared(claim, plan, found[plan.pk], known):
            ready.append((claim, plan, mail))
        if (number := number + 1) % RENEWED_EVERY == 0:
            renew_lease(claim.token)
    return ready, left + not_begun


def _fetch(plans: Sequence[MailPlan], *, ends_at: float) -> Mapping[int, About | Exception | None]:
    """What each mail is about, by primary key: asked for once for all mails about the same sort of thing.

    Without those that were not asked for by `ends_at` (of time.monotonic()).
    """
    groups = defaultdict(list)
    for plan in plans:
        groups[mail_kind(Kind(plan.kind)).about].append(plan)
    found: dict[int, About | Exception | None] = {}
    for subject, group in groups.items():
        try:
            found |= subject.fetch_all(group, ends_at=ends_at)
        except Exception as error:  # as a mail that can't be made
            found |= {plan.pk: error for plan in group}
    return found


def _suppressions(plans: Sequence[MailPlan], found: Mapping[int, About | Exception | None]) -> Suppressions:
    """What is kept about the recipients of these mails."""
    mails = ((plan, found.get(plan.pk)) for plan in plans)
    known = ((plan, about) for plan, about in mails if about and not isinstance(about, Exception))
    return suppressions.of(decision.recipients(known))


def _prepared(
    claim: Claim, plan: MailPlan, about: About | Exception | None, known: Suppressions
) -> Mail | None:
    """The mail to send now; None if another outcome was written."""
    try:
        return _prepare(claim, plan, about, known)
    except SaleorError as error:
        outcomes.postpone(claim, plan, f"the shop did not answer: {error}", problem=Problem.SHOP)
    except Exception as error:  # a broken guide or template: keep the row, show the error in the admin, retry
        logger.error("mail %s can't be made", plan.plan_key, exc_info=error)
        outcomes.postpone(claim, plan, f"{type(error).__name__}: {error}", problem=Problem.TEXT)
    return None


def _prepare(
    claim: Claim, plan: MailPlan, about: About | Exception | None, known: Suppressions
) -> Mail | None:
    if isinstance(about, Exception):
        raise about
    if about is None:
        _not_known(claim, plan)
        return None
    decided = decision.decide(plan, about, known)
    if isinstance(decided, pre_send_checks.Send):
        return composition.compose(plan, about, recipient=decided.recipient)
    _apply_decision(claim, plan, decided)
    return None


def _not_known(claim: Claim, plan: MailPlan) -> None:
    """A shop may be behind with its own copies; after an hour the order is gone, and a person decides."""
    reason = "the shop knows no such order"
    if plan.failures < UNKNOWN_ORDER_TRIES:
        outcomes.postpone(claim, plan, reason, problem=Problem.SHOP)
    else:
        outcomes.fail(claim, plan, reason, problem=Problem.SHOP)


def _apply_decision(claim: Claim, plan: MailPlan, decided: pre_send_checks.Decision) -> None:
    match decided:
        case pre_send_checks.Cancel(reason):
            complete_claim(claim, state=State.CANCELLED, cancel_reason=reason)
        case pre_send_checks.Hold(reason, until):
            state = State.HELD if reason else State.PLANNED
            complete_claim(claim, state=state, hold_reason=reason, due_at=until, next_attempt_at=until)
        case pre_send_checks.Fail(reason):
            outcomes.fail(claim, plan, reason, problem=Problem.ADDRESS)
        case pre_send_checks.Unreachable(reason):
            complete_claim(claim, state=State.UNREACHED, last_error=reason, problem=Problem.ADDRESS)
        case pre_send_checks.Retry(reason):
            outcomes.postpone(claim, plan, reason, problem=Problem.TEXT)
        case pre_send_checks.Supersede(tracking):
            _supersede(claim, plan, tracking)


def _supersede(claim: Claim, plan: MailPlan, tracking: str) -> None:
    with transaction.atomic(durable=True):
        if not complete_claim(claim, state=State.CANCELLED, cancel_reason="there is a newer tracking number"):
            return
        follow_up_plan = planning.plan_shipped_again(plan, tracking=tracking)
        if follow_up_plan:
            enqueue.enqueue_on_commit(follow_up_plan)


def _deliver_all(attempts: Sequence[Attempt], is_stopping: IsStopping) -> None:
    """Deliver in order. A failure that holds for others of them as well gives those back."""
    left, done = list(attempts), list[tuple[Attempt, transport.Receipt]]()
    written = WrittenAhead()
    ends_at = time.monotonic() + BATCH_SECONDS
    try:
        while left and not is_stopping() and (len(left) == len(attempts) or time.monotonic() < ends_at):
            attempt = left.pop(0)
            outcome = _deliver(
                attempt, written.take(attempt), meanwhile=partial(written.write_first_of, left)
            )
            if isinstance(outcome, transport.Receipt):
                done.append((attempt, outcome))
                continue
            outcomes.accepted(done)
            done.clear()
            _record_failure(attempt, outcome)
            stopped = [one for one in left if _holds_for(outcome, attempt, one)]
            outcomes.give_back(stopped)
            left = [one for one in left if one not in stopped]
    finally:
        outcomes.accepted(done)
    outcomes.give_back(left)


def _holds_for(failure: Exception, failed: Attempt, other: Attempt) -> bool:
    if not isinstance(failure, transport.NotSent) or failure.reach is transport.Reach.MAIL:
        return False
    return failure.reach is transport.Reach.SERVER or _domain(failed) == _domain(other)


def _domain(attempt: Attempt) -> str:
    return attempt.mail.recipient.rpartition("@")[2].lower()


class WrittenAhead:
    """The next mail as bytes: written while the server thinks about the one before."""

    def __init__(self) -> None:
        self._found: tuple[Attempt, transport.Envelope | Exception] | None = None

    def write_first_of(self, left: Sequence[Attempt]) -> None:
        if left:
            self._found = left[0], _written(left[0])

    def take(self, attempt: Attempt) -> transport.Envelope | Exception:
        found, self._found = self._found, None
        return found[1] if found and found[0] is attempt else _written(attempt)


def _written(attempt: Attempt) -> transport.Envelope | Exception:
    try:
        return envelope_of(attempt.mail)
    except Exception as error:  # a header or text that no message can carry
        logger.exception("mail %s can't be made into a message", attempt.plan.plan_key)
        return error


def _deliver(
    attempt: Attempt, envelope: transport.Envelope | Exception, *, meanwhile: Callable[[], None]
) -> Outcome:
    """The receipt, or the failure. Raises LeaseLost."""
    if isinstance(envelope, Exception):
        return envelope
    mail_transport = transport.current()
    try:
        return mail_transport.deliver(
            envelope, lambda: _before_final_dot(attempt, mail_transport.final_timeout), meanwhile
        )
    except (transport.NotSent, transport.OutcomeUnknown) as error:
        return error
    except LeaseLost:
        outcomes.close_attempt(
            attempt,
            MailAttempt.Outcome.NOT_SENT,
            reply="stopped before the last dot: another worker has this mail",
        )
        raise


def _record_failure(attempt: Attempt, failure: Exception) -> None:
    match failure:
        case transport.NotSent():
            outcomes.not_sent(attempt, failure)
        case transport.OutcomeUnknown():
            outcomes.unknown(attempt, failure)
        case _:
            outcomes.unwritable(attempt, failure)


def envelope_of(mail: Mail) -> transport.Envelope:
    """With the address that bounces go to as its sender."""
    return transport.Envelope(
        message_id=mail.message_id,
        sender=bare_address(settings.MAIL_BOUNCE_TO or settings.MAIL_FROM),
        recipient=mail.recipient,
        content=mail.as_bytes(at=timezone.now()),
    )


def _start_attempts(token: UUID, ready: Sequence[Ready]) -> list[Attempt]:
    """Record the attempts of a batch and their content before the first byte is sent."""
    via, pks = transport.current().name, [plan.pk for _, plan, _ in ready]
    with transaction.atomic(durable=True):
        renew_lease(token)
        held = MailPlan.objects.filter(pk__in=pks, lease_token=token, state=State.CLAIMED)
        if held.update(state=State.SENDING) != len(pks):
            raise LeaseLost(token)
        tries = MailAttempt.objects.filter(plan__in=pks).values_list("plan").annotate(Count("pk")).order_by()
        before = dict(tries)
        rows = MailAttempt.objects.bulk_create(
            MailAttempt(
                plan=plan,
                no=before.get(plan.pk, 0) + 1,
                recipient=mail.recipient,
                message_id=mail.message_id,
                via=via,
                lease_token=token,
                place=place,
                phase_reached=transport.Phase.CONNECT,
                text_only_because=mail.text_only_because,
            )
            for place, (_, plan, mail) in enumerate(ready, start=1)
        )
        attempts = [
            Attempt(row, claim, plan, mail) for row, (claim, plan, mail) in zip(rows, ready, strict=True)
        ]
        _keep_bodies(attempts)
    return attempts


def _keep_bodies(attempts: Sequence[Attempt]) -> None:
    words, bodies = dict[str, bytes](), []
    for attempt in attempts:
        digest, packed = mail_words.pack(*attempt.mail.kept_words())
        words[digest] = packed
        bodies.append(
            MailBody(
                attempt=attempt.row,
                subject=attempt.mail.subject,
                words_id=digest,
                values=attempt.mail.kept_values(),
                attachments=[one.metadata() for one in attempt.mail.attachments],
            )
        )
    _keep_words(words)
    MailBody.objects.bulk_create(bodies)


def _keep_words(words: Mapping[str, bytes]) -> None:
    """Store the words by digest, and lock them: `retention` deletes those of no body."""
    left = dict(sorted(words.items()))
    while left:
        MailWords.objects.bulk_create(
            (MailWords(digest=digest, packed=packed) for digest, packed in left.items()),
            ignore_conflicts=True,
        )
        rows = MailWords.objects.filter(digest__in=left).order_by("digest")
        locked = set(rows.select_for_update(no_key=True).values_list("digest", flat=True))
        left = {digest: packed for digest, packed in left.items() if digest not in locked}


def _before_final_dot(attempt: Attempt, wait: timedelta) -> None:
    """Commit that the final dot comes now: if this process dies, the outcome of this mail counts as unknown."""
    leases.reach_place(attempt.row.lease_token, attempt.row.place, wait=wait + LEASE_MARGIN)
