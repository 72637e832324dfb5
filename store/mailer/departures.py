"""When the mails of an order leave, as far as is known now: for whoever looks at the order."""

from datetime import datetime

from store.mailer.mail_classes import Kind, MailClass
from store.mailer.mail_kinds import mail_kind
from store.mailer.models import OPEN, MailPlan
from store.mailer.timing import expected_at, opens_at
from store.saleor.postal_address import PostalAddress


def of_order(order_id: str, *, country: str, area: str) -> list[tuple[MailPlan, datetime]]:
    """The mails of an order, given its id in the API, in the order in which they leave.

    `country`, `area`: where its parcel goes, in Saleor's codes, or "".
    """
    address, last_care_mail = _address(country, area), None
    found = []
    for plan in MailPlan.objects.filter(order_id=order_id).order_by("due_at", "pk"):
        hours = mail_kind(Kind(plan.kind)).hours
        moment = expected_at(plan, hours=hours, address=address, last_care_mail=last_care_mail)
        if plan.mail_class == MailClass.CARE and (plan.state in OPEN or plan.sent_at):
            last_care_mail = moment
        found.append((plan, moment))
    return sorted(found, key=lambda pair: pair[1])


def shipped_mail_time(*, country: str, area: str) -> datetime | None:
    """From when the mail about a parcel to this place can leave; None: at once."""
    return opens_at(mail_kind(Kind.SHIPPED).hours, _address(country, area))


def _address(country: str, area: str) -> PostalAddress | None:
    return PostalAddress(country_code=country, country_area=area) if country else None
