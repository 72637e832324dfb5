"""Ways out of the house. One verb, `deliver`, and one question, `was_accepted`; SMTP and files know both.

A delivery says exactly how far it came. Only what surely was not accepted may be tried again; a connection
that breaks after the last dot is `Unknown`, because the server may have the mail (RFC 1047).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Protocol

from django.conf import settings


class Phase(StrEnum):
    CONNECT = "connect"
    HELLO = "hello"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    FINAL = "final"  # from the last dot on, nobody but the server knows
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Envelope:
    message_id: str
    sender: str
    recipient: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    code: int | None
    reply: str


class DeliveryError(Exception):
    """Base: `phase` is how far it came, `code` what the server said."""

    def __init__(self, phase: Phase, reason: str, code: int | None = None) -> None:
        super().__init__(f"{phase}: {f'{code} ' if code else ''}{reason}")
        self.phase, self.reason, self.code = phase, reason, code


class NotSent(DeliveryError):
    """Surely not accepted. `is_final`: this address never takes it. `wait`: the server asked for a pause."""

    def __init__(
        self,
        phase: Phase,
        reason: str,
        code: int | None = None,
        *,
        is_final: bool = False,
        wait: bool = False,
    ) -> None:
        super().__init__(phase, reason, code)
        self.is_final, self.wait = is_final, wait


class Unknown(DeliveryError):
    """The last dot went out and no answer came back."""


class Delivery(Protocol):
    """`before_final` is called when everything but the last dot is out; if it raises, nothing is sent."""

    name: str
    final_wait: timedelta

    def deliver(self, envelope: Envelope, before_final: Callable[[], None]) -> Receipt: ...

    def was_accepted(self, message_id: str) -> bool | None:
        """Of an attempt that ended unknown: True, False, or None when there is no way to tell."""
        ...


def current() -> Delivery:
    return _for(settings.EMAIL_URL, str(settings.MAIL_DIR))


@cache
def _for(email_url: str, mail_dir: str) -> Delivery:
    from pathlib import Path

    from store.mailer.transport.files import Files
    from store.mailer.transport.smtp import Smtp, parse

    return Smtp(parse(email_url)) if email_url.strip() else Files(Path(mail_dir))
