"""Addresses that get no mail of a class, and why. SAFETY mail is never kept back: no row can name that class.

A bounce holds until the same address is used for a new order, since a mailbox may have been emptied or repaired.
Unsubscribing and a complaint hold for ever.
"""

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


def is_unsubscribed(address: str, mail_class: MailClass) -> bool:
    if mail_class == MailClass.SAFETY:
        return False
    rows = Suppression.objects.filter(address_hash__in=address_hashes(address), mail_class=mail_class)
    return rows.exclude(reason=SuppressionReason.BOUNCED).exists()


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


def is_bounced(address: str, plan: MailPlan) -> bool:
    """Did a mail to this address come back after the first mail of this one's order was planned?"""
    if plan.mail_class == MailClass.SAFETY:
        return False
    row = Suppression.objects.filter(
        address_hash__in=address_hashes(address), mail_class=plan.mail_class, reason=SuppressionReason.BOUNCED
    ).first()
    if row is None:
        return False
    began = plan.created_at
    if plan.order_id:
        mails = MailPlan.objects.filter(order_id=plan.order_id)
        began = mails.aggregate(first=Min("created_at"))["first"] or began
    return bool(began <= row.since)


def _plain(address: str) -> str:
    return address.strip().lower()
