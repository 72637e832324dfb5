"""Decides right before sending what becomes of a mail: the rules of all kinds, then the check of its kind."""

from collections.abc import Iterable
from contextlib import suppress

from store.mailer import recalls, timing
from store.mailer.mail_classes import Kind, MailClass
from store.mailer.mail_kinds import About, mail_kind
from store.mailer.models import MailPlan
from store.mailer.orders import Order
from store.mailer.planning import CLOSED_ORDER_STATUSES
from store.mailer.pre_send_checks import Cancel, Decision, Fail, Hold, Send, Unreachable
from store.mailer.suppressions import Suppressions
from store.saleor.email_addresses import InvalidEmailAddress, to_smtp_address


def recipients(mails: Iterable[tuple[MailPlan, About]]) -> set[str]:
    """The addresses to which these mails would go; without those that are none.

    What is wrong with one mail is said where it alone is decided on.
    """
    found = set()
    for plan, about in mails:
        with suppress(Exception):
            found.add(_recipient(plan, about))
    return found


def decide(plan: MailPlan, about: About, known: Suppressions) -> Decision:
    """What to do with a claimed mail: send it, or why not. It goes to the current address of what it is about.

    known: of its recipient
    """
    kind = mail_kind(Kind(plan.kind))
    if isinstance(about, Order) and about.status in CLOSED_ORDER_STATUSES and not kind.survives_cancellation:
        return Cancel("the order was cancelled")
    if plan.mail_class == MailClass.CARE and recalls.has_open_recall(plan.order_id):
        return Cancel("something of this order is recalled")
    try:
        recipient = _recipient(plan, about)
    except InvalidEmailAddress as error:
        return Fail(f"{error}; correct the email address, then send again")
    if known.is_unsubscribed(recipient, MailClass(plan.mail_class)):
        return Cancel("unsubscribed")
    if known.is_bounced(recipient, plan):
        return Unreachable("an earlier mail to this address came back; correct the address, then send again")
    return kind.check(plan, about) or _at_the_right_time(plan, about, recipient)


def _recipient(plan: MailPlan, about: About) -> str:
    return to_smtp_address(about.email.strip() or plan.recipient)


def _at_the_right_time(plan: MailPlan, about: About, recipient: str) -> Decision:
    hours = mail_kind(Kind(plan.kind)).hours
    address = about.address if isinstance(about, Order) else None
    until = timing.not_before(plan, hours=hours, address=address, recipient=recipient)
    return Hold("", until) if until else Send(recipient)
