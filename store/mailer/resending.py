"""Sending a mail again by decision of a person, for example after the order's address was corrected."""

from django.db import transaction
from django.utils import timezone

from store.mailer import enqueue, orders, planning
from store.mailer.models import MailPlan, State

# A mail that was sent goes again only to another address, see `send_again`.
RESENDABLE = (State.AMBIGUOUS, State.FAILED, State.EXPIRED, State.RETRY_WAIT)


def send_again(plan: MailPlan) -> bool:
    """Make the mail due now; it goes to the address that the order has now, whatever its kind.

    False, with nothing changed, if it is on its way, cancelled, or was sent to that very address. Raises
    store.saleor.errors.SaleorError if the shop must be asked for the address and does not answer.
    """
    values = {
        "state": State.DUE,
        "next_attempt_at": timezone.now(),
        "expires_at": None,
        "resends": 0,
        "failures": 0,
        "problem": "",
    }
    resendable: tuple[State, ...] = RESENDABLE
    if plan.state == State.SENT and _has_other_address(plan):
        # A new Message-ID: the one at the old address may exist, and this one must not be taken for it.
        resendable, values["message_id"] = (State.SENT,), planning.new_message_id()
    with transaction.atomic(durable=True):
        if not MailPlan.objects.filter(pk=plan.pk, state__in=resendable).update(**values):
            return False
        plan.state = State.DUE
        enqueue.enqueue_on_commit(plan)
    return True


def _has_other_address(plan: MailPlan) -> bool:
    order = orders.fetch(plan.order_id) if plan.order_id else None
    return order is not None and order.email.strip().casefold() not in ("", plan.recipient.casefold())
