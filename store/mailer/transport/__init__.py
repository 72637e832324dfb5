"""Mail transports: SMTP, and .eml files for development. May import Django's settings and nothing of the store.

`base` holds the types and errors that both use; `current` returns the transport that the settings choose.
"""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from store.mailer.transport.base import (
    Cause,
    DeliveryError,
    Envelope,
    NotSent,
    OutcomeUnknown,
    Phase,
    Reach,
    Receipt,
    Transport,
)
from store.mailer.transport.files import FileTransport
from store.mailer.transport.smtp import SmtpTransport, parse_email_url

__all__ = [
    "Cause",
    "DeliveryError",
    "Envelope",
    "NotSent",
    "OutcomeUnknown",
    "Phase",
    "Reach",
    "Receipt",
    "Transport",
    "current",
    "for_url",
]


def current() -> Transport:
    """The transport for settings.EMAIL_URL; files in settings.MAIL_DIR if that is empty. Raises InvalidEmailUrl."""
    return for_url(settings.EMAIL_URL)


def for_url(email_url: str) -> Transport:
    """The transport for this URL, as `current`. Raises InvalidEmailUrl."""
    return _transport_for(email_url, str(settings.MAIL_DIR))


@cache
def _transport_for(email_url: str, mail_dir: str) -> Transport:
    if not email_url.strip():
        return FileTransport(Path(mail_dir))
    return SmtpTransport(parse_email_url(email_url), own_name=_own_name())


def _own_name() -> str:
    """The name for EHLO (RFC 5321, 4.1.1.1): the shop's public host; "" for the machine's own if that is an address."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    return host if "." in host and not host.replace(".", "").isdigit() else ""
