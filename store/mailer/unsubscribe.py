"""Leaving the CARE series by one click (RFC 8058). Safety and service mail can't be left."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from store.mailer.mail_kinds import MailClass
from store.mailer.models import Suppression

_SALT = "store.mailer.unsubscribe"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a link says: whose mail (as a hash), which class, in which language to answer."""

    address_hash: str
    mail_class: MailClass
    lang: str


class BrokenLink(Exception):
    """The link was cut or made up."""


def link(address: str, lang: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('mailer:unsubscribe', args=[token(address, lang)])}"


def token(address: str, lang: str) -> str:
    """Opaque and unguessable; holds no address in clear."""
    signed: str = signing.Signer(salt=_SALT).sign(f"{MailClass.CARE}.{lang}.{address_hash(address)}")
    return signed


def read(token: str) -> Leaving:
    try:
        mail_class, lang, address = signing.Signer(salt=_SALT).unsign(token).split(".")
        return Leaving(address, MailClass(mail_class), lang)
    except (signing.BadSignature, ValueError):
        raise BrokenLink from None


def leave(leaving: Leaving) -> None:
    """Idempotent: leaving twice is leaving."""
    with transaction.atomic(durable=True):
        Suppression.objects.get_or_create(
            address_hash=leaving.address_hash, mail_class=leaving.mail_class, defaults={"reason": "one click"}
        )


def is_suppressed(address: str, mail_class: MailClass) -> bool:
    if mail_class != MailClass.CARE:
        return False
    return Suppression.objects.filter(address_hash=address_hash(address), mail_class=mail_class).exists()


def address_hash(address: str) -> str:
    return salted_hmac(_SALT, address.strip().lower(), algorithm="sha256").hexdigest()[:40]
