"""Mail transports: SMTP, and .eml files for development. May import Django's settings and nothing of the store.

`base` holds the types and errors that both use; `current` returns the transport that the settings choose.
"""

from functools import cache
from pathlib import Path

from django.conf import settings

from store.mailer.transport.base import (
    Cause,
    DeliveryError,
    Envelope,
    NotSent,
    OutcomeUnknown,
    Phase,
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
    "Receipt",
    "Transport",
    "current",
]


def current() -> Transport:
    """The transport for settings.EMAIL_URL; files in settings.MAIL_DIR if that is empty. Raises InvalidEmailUrl."""
    return _transport_for(settings.EMAIL_URL, str(settings.MAIL_DIR))


@cache
def _transport_for(email_url: str, mail_dir: str) -> Transport:
    return SmtpTransport(parse_email_url(email_url)) if email_url.strip() else FileTransport(Path(mail_dir))
