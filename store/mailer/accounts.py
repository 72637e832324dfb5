"""What a mail about an account says, from the event that caused it: whom it greets and where its link leads.

The link opens the account. It is kept in the event until the mail has left, and nowhere else: no body or list shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from store.mailer.fetching import fetch_each
from store.mailer.models import MailPlan, OrderEvent
from store.saleor import events
from store.saleor.personal_names import greeting_name


@dataclass(frozen=True, slots=True)
class Account:
    """`link`: the page that asks for the rest; "" if nobody named one, or the mail has left before.

    `roles`: the names of the groups of an invited member of staff.
    """

    email: str
    first_name: str
    link: str
    roles: tuple[str, ...] = ()


def fetch(plan: MailPlan) -> Account | None:
    if plan.event is None:
        return None
    event = events.parse(plan.event.payload)
    assert isinstance(event, events.AccountEvent)
    roles = event.roles if isinstance(event, events.StaffSetPasswordRequested) else ()
    return Account(event.recipient, greeting_name(event.user.first_name), event.redirect_url or "", roles)


def fetch_all(plans: Sequence[MailPlan], *, ends_at: float) -> dict[int, Account | Exception | None]:
    return {plan.pk: found for plan, found in fetch_each(plans, fetch, ends_at=ends_at).items()}


def forget_link(plan: MailPlan) -> None:
    """Take the link out of the stored event: the mail has left."""
    if plan.event_id:
        event = OrderEvent.objects.get(pk=plan.event_id)
        event.payload["redirectUrl"] = ""
        event.save(update_fields=["payload"])
