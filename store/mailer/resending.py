"""Sending a mail again by decision of a person, for example after the order's address was corrected."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from store.mailer import enqueue, orders, planning, suppressions
from store.mailer.mail_classes import MailClass
from store.mailer.models import MailPlan, State
from store.saleor.email_addresses import InvalidEmailAddress, to_smtp_address

# A mail that was sent goes again only to another address, see `send_again`.
RESENDABLE = (State.AMBIGUOUS, State.FAILED, State.EXPIRED, State.RETRY_WAIT, State.UNREACHED)


def send_again(plan: MailPlan, *, on_done: Callable[[], None] = lambda: None) -> bool:
    """Make the mail due now; it goes to the address that the order has now, whatever its kind.

    `on_done` runs in the same transaction. False, with nothing changed, if it is on its way, cancelled, or was sent to
    that very address. Raises store.saleor.errors.SaleorError if the shop must be asked for the address and does not
    answer.
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
    has_moved = plan.state in (State.SENT, State.UNREACHED) and _has_other_address(plan)
    if has_moved:
        # A new Message-ID: the one at the old address may exist, and this one must not be taken for it.
        resendable, values["message_id"] = (State.SENT, State.UNREACHED), planning.new_message_id()
    with transaction.atomic(durable=True):
        if not MailPlan.objects.filter(pk=plan.pk, state__in=resendable).update(**values):
            return False
        if not has_moved:
            suppressions.forget_bounce(plan.recipient)  # a person says that it works now
        on_done()
        plan.state = State.DUE
        enqueue.enqueue_on_commit(plan)
    return True


def follow_corrected_address(*, order_id: str, address: str) -> int:
    """Send the SAFETY mails of an order again by themselves that went to another address; returns how many.

    The other mails go again when a person asks for it.
    """
    corrected = _smtp_address(address)
    mails = MailPlan.objects.filter(
        order_id=order_id,
        mail_class=MailClass.SAFETY,
        state__in=(State.SENT, State.UNREACHED, State.FAILED, State.AMBIGUOUS),
    )
    return sum(send_again(mail) for mail in mails if corrected not in ("", _last_recipient(mail)))


def _has_other_address(plan: MailPlan) -> bool:
    order = orders.fetch(plan.order_id) if plan.order_id else None
    return order is not None and _smtp_address(order.email) not in ("", _last_recipient(plan))


def _last_recipient(plan: MailPlan) -> str:
    """The address that was tried last; a mail that was refused has that of its order in its attempts only."""
    last = plan.attempts.order_by("-no").values_list("recipient", flat=True).first()
    return _smtp_address(last or plan.recipient)


def _smtp_address(address: str) -> str:
    """For comparing; "" if it is no address."""
    try:
        return to_smtp_address(address).casefold()
    except InvalidEmailAddress:
        return ""
