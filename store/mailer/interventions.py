"""What a person does with a mail: hold, release, cancel, send again; each with a reason, and each on record.

SAFETY mails can be sent again and nothing else: nobody holds or cancels them by hand, but those of a shop that is gone.
"""

from typing import assert_never

from django.db import transaction
from django.utils import timezone

from store.mailer import enqueue, planning, resending
from store.mailer.mail_classes import MailClass
from store.mailer.models import OPEN, Intervention, MailPlan, State
from store.mailer.shops import current_shop

Step = Intervention.Step
# Given up or of unknown outcome: cancelling takes them off the lists of what needs a person.
_UNSETTLED = (State.FAILED, State.UNREACHED, State.AMBIGUOUS, State.EXPIRED)


class NoReason(ValueError):
    """Every step needs a reason, for whoever reads it later."""


def possible(plan: MailPlan) -> list[Step]:
    """The steps that may be taken with the mail as it is."""
    is_held = plan.state == State.HELD and plan.hold_reason == planning.HELD_BY_A_PERSON
    is_gone = plan.shop != current_shop()
    may_end = is_gone or plan.mail_class != MailClass.SAFETY
    may = {
        Step.HOLD: plan.state in OPEN and not is_held and plan.mail_class != MailClass.SAFETY,
        Step.RELEASE: is_held,
        Step.CANCEL: plan.state in (*OPEN, *_UNSETTLED) and may_end,
        Step.SEND_AGAIN: plan.state in (*resending.RESENDABLE, State.SENT) and not is_gone,
    }
    return [step for step in Step if may[step]]


def take(plan: MailPlan, step: Step, *, reason: str, who: str) -> bool:
    """Take a step and record it. False, with nothing changed, if the mail is not in a state for it any more.

    Raises NoReason, and store.saleor.errors.SaleorError where the shop must be asked for the address.
    """
    if not reason.strip():
        raise NoReason

    def record() -> None:
        Intervention.objects.create(plan=plan, step=step, reason=reason.strip()[:300], who=who)

    if step is Step.SEND_AGAIN:
        return resending.send_again(plan, on_done=record)
    with transaction.atomic(durable=True):
        locked = MailPlan.objects.select_for_update().get(pk=plan.pk)
        if step not in possible(locked):
            return False
        _change(locked, step, reason.strip())
        record()
    return True


def _change(plan: MailPlan, step: Step, reason: str) -> None:
    match step:
        case Step.HOLD:
            plan.state, plan.hold_reason = State.HELD, planning.HELD_BY_A_PERSON
        case Step.RELEASE:
            plan.hold_reason, plan.next_attempt_at = "", max(plan.due_at, timezone.now())
            plan.state = planning.ready_state(plan)
            enqueue.enqueue_on_commit(plan)
        case Step.CANCEL:
            plan.state, plan.cancel_reason = State.CANCELLED, f"by a person: {reason}"[:300]
        case Step.SEND_AGAIN:
            raise AssertionError("`take` hands it to `resending`")
        case _:
            assert_never(step)
    plan.save(update_fields=["state", "hold_reason", "cancel_reason", "next_attempt_at"])
