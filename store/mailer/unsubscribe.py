"""One-click unsubscription (RFC 8058) from CARE mail. Safety and service mail can't be unsubscribed."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from store.mailer import suppressions
from store.mailer.mail_classes import MailClass
from store.mailer.models import SuppressionReason

_SALT = "store.mailer.unsubscribe"


@dataclass(frozen=True, slots=True)
class UnsubscribeRequest:
    """The content of a token: hashed address, class of mail, language of the page."""

    address_hash: str
    mail_class: MailClass
    lang: str


class InvalidToken(Exception):
    """The token was truncated or forged."""


def unsubscribe_url(address: str, lang: str) -> str:
    """The absolute URL of the unsubscribe page for this address."""
    return f"{settings.PUBLIC_URL}{reverse('mailer:unsubscribe', args=[unsubscribe_token(address, lang)])}"


def unsubscribe_token(address: str, lang: str) -> str:
    """A signed token that contains no address in clear text."""
    signed: str = signing.Signer(salt=_SALT).sign(
        f"{MailClass.CARE}.{lang}.{suppressions.address_hash(address)}"
    )
    return signed


def read_token(token: str) -> UnsubscribeRequest:
    """Verify and decode a token. Raises InvalidToken."""
    try:
        mail_class, lang, address = signing.Signer(salt=_SALT).unsign(token).split(".")
        return UnsubscribeRequest(address, MailClass(mail_class), lang)
    except (signing.BadSignature, ValueError):
        raise InvalidToken from None


def suppress(request: UnsubscribeRequest) -> None:
    """Stop this class of mail to the address. Idempotent."""
    with transaction.atomic(durable=True):
        suppressions.unsubscribe(request.address_hash, request.mail_class, reason=SuppressionReason.ONE_CLICK)
