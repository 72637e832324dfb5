"""The links with which the buyer of an order chooses what we write about.

The token names the order and a hash of the address, and opens nothing else. It has no end: an old mail still works.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from store.mailer.mail_classes import MailClass
from store.mailer.suppressions import address_hash
from store.mailer.unsubscribe import UnsubscribeRequest

_SALT = "store.mailer.preferences"


class InvalidToken(Exception):
    """The token was cut off or forged."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """The content of a token."""

    order_id: str
    address_hash: str
    lang: str

    @property
    def unsubscription(self) -> UnsubscribeRequest:
        return UnsubscribeRequest(self.address_hash, MailClass.CARE, self.lang)


def preferences_url(*, order_id: str, address: str, lang: str) -> str:
    token = signing.dumps([order_id, address_hash(address), lang], salt=_SALT)
    return f"{settings.PUBLIC_URL}{reverse('mailer:preferences', args=[token])}"


def read_token(token: str) -> Preferences:
    """Raises InvalidToken."""
    try:
        order_id, hashed, lang = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        raise InvalidToken from None
    return Preferences(order_id, hashed, lang)
