"""Addresses that get no mail of a class, and why. SAFETY mail is never kept back: no row can name that class.

A bounce holds until the same address is used for a new order, since a mailbox may have been emptied or repaired.
Unsubscribing and a complaint hold for ever.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from store.mailer.mail_classes import MailClass
from store.mailer.models import MailPlan, Suppression, SuppressionReason
from store.saleor.keyed_hashes import keyed_hash, keyed_hashes

_SALT = "store.mailer.unsubscribe"
_HASH_LENGTH = 40  # hexadecimal digits
BOUNCED_CLASSES = (MailClass.SERVICE, MailClass.CARE)


def address_hash(address: str) -> str:
    """As which an address is stored now."""
    return keyed_hash(_SALT, _plain(address))[:_HASH_LENGTH]


def address_hashes(address: str) -> list[str]:
    """As which it may have been stored, also before SECRET_KEY was changed."""
    return [one[:_HASH_LENGTH] for one in keyed_hashes(_SALT, _plain(address))]


def unsubscribe(hashed: str, mail_class: MailClass, *, reason: SuppressionReason) -> None:
    """For ever, also where a bounce held for a while only."""
    if mail_class != MailClass.SAFETY:
        Suppression.objects.update_or_create(
            address_hash=hashed, mail_class=mail_class, defaults={"reason": reason}
        )


@dataclass(frozen=True, slots=True)
class Suppressions:
    """What is kept about some addresses: the rows of each, those of all classes."""

    rows: Mapping[str, Sequence[Suppression]]

    def is_unsubscribed(self, address: str, mail_class: MailClass) -> bool:
        return any(row.reason != SuppressionReason.BOUNCED for row in self._of(address, mail_class))

    def is_bounced(self, address: str, plan: MailPlan) -> bool:
        """Did a mail to this address come back after the first mail of this one's order was planned?"""
        rows = self._of(address, MailClass(plan.mail_class))
        bounced_at = max((row.since for row in rows if row.reason == SuppressionReason.BOUNCED), default=None)
        return bounced_at is not None and _began(plan) <= bounced_at

    def _of(self, address: str, mail_class: MailClass) -> list[Suppression]:
        if mail_class == MailClass.SAFETY:
            return []
        return [row for row in self.rows[address] if row.mail_class == mail_class]


def of(addresses: Iterable[str]) -> Suppressions:
    """Asked for with one question."""
    hashes = {address: address_hashes(address) for address in addresses}
    wanted = {one for those in hashes.values() for one in those}
    rows = list(Suppression.objects.filter(address_hash__in=wanted)) if wanted else []
    return Suppressions(
        {address: [row for row in rows if row.address_hash in those] for address, those in hashes.items()}
    )


def is_unsubscribed(address: str, mail_class: MailClass) -> bool:
    return of([address]).is_unsubscribed(address, mail_class)


def is_bounced(address: str, plan: MailPlan) -> bool:
    """See `Suppressions.is_bounced`."""
    return of([address]).is_bounced(address, plan)


def _began(plan: MailPlan) -> datetime:
    """When the first mail of this one's order was planned."""
    mails = MailPlan.objects.filter(order_id=plan.order_id) if plan.order_id else MailPlan.objects.none()
    first: datetime | None = mails.aggregate(first=Min("created_at"))["first"]
    return first or plan.created_at


def note_bounce(address: str) -> None:
    """No SERVICE and CARE mail to this address for the orders there are. Idempotent."""
    for mail_class in BOUNCED_CLASSES:
        Suppression.objects.get_or_create(
            address_hash=address_hash(address),
            mail_class=mail_class,
            defaults={"reason": SuppressionReason.BOUNCED},
        )


def forget_bounce(address: str) -> None:
    """A person says that the address works, or a mail arrived there."""
    Suppression.objects.filter(
        address_hash__in=address_hashes(address), reason=SuppressionReason.BOUNCED
    ).delete()


def _plain(address: str) -> str:
    return address.strip().lower()
