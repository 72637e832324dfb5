"""What all transports share: the phases of a delivery, envelope and receipt, the errors, the Transport protocol.

A failed delivery reports how far it got. Only a mail that was certainly not accepted may be sent again; if the
connection breaks after the final dot the outcome is unknown, because the server may have accepted the mail (RFC 1047).
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol


class Phase(StrEnum):
    """How far a delivery got: the SMTP steps of RFC 5321, in order."""

    CONNECT = "connect"
    HELLO = "hello"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    FINAL = "final"  # from the final dot on, only the server knows whether it accepted the mail
    ACCEPTED = "accepted"


class Cause(StrEnum):
    """What a failed delivery is about."""

    ADDRESS = "address"  # this address does not exist
    MAILBOX = "mailbox"  # the recipient's mailbox or server, for now: full, busy, greylisting
    REFUSED = "refused"  # the server refuses this mail from us: relay, policy, block list, content
    SERVER = "server"  # our own mail server: no connection, no login, sender refused


class Reach(StrEnum):
    """What else a failed delivery holds for: the next mail by this server, or to this domain, would fail as well."""

    MAIL = "mail"
    DOMAIN = "domain"
    SERVER = "server"


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
    """A delivery failed in `phase`; `code` is the SMTP reply code, if there was one."""

    def __init__(self, phase: Phase, reason: str, code: int | None = None) -> None:
        super().__init__(f"{phase}: {f'{code} ' if code else ''}{reason}")
        self.phase, self.reason, self.code = phase, reason, code


class NotSent(DeliveryError):
    """Certainly not accepted. `cause`: what it is about. `is_final`: a retry to this address can't succeed.

    `throttled`: the server asked for fewer messages. `reach`: what else it holds for.
    """

    def __init__(
        self,
        phase: Phase,
        reason: str,
        code: int | None = None,
        *,
        cause: Cause = Cause.SERVER,
        is_final: bool = False,
        throttled: bool = False,
        reach: Reach = Reach.MAIL,
    ) -> None:
        super().__init__(phase, reason, code)
        self.cause, self.is_final, self.throttled, self.reach = cause, is_final, throttled, reach


class OutcomeUnknown(DeliveryError):
    """The final dot was sent and no reply came: the server may have accepted the mail."""


def nothing() -> None:
    """For a wait that is used for nothing."""


class Transport(Protocol):
    """Delivers mails. `name` is stored with the attempt; `final_timeout` is the longest wait for the final reply."""

    name: str
    final_timeout: timedelta

    def deliver(
        self,
        envelope: Envelope,
        before_final: Callable[[], None],
        meanwhile: Callable[[], None] = nothing,
    ) -> Receipt:
        """Deliver one mail. Raises NotSent or OutcomeUnknown.

        `before_final` is called when all but the final dot has been sent; if it raises, the mail is not sent.
        `meanwhile` is called while the reply to the final dot is awaited; it must not raise and should not take long.
        """
        ...

    def one_connection(self) -> AbstractContextManager[None]:
        """Inside, the mails that this thread delivers may share a connection."""
        ...

    def was_accepted(self, message_id: str) -> bool | None:
        """Whether a mail of unknown outcome was accepted; None if the transport cannot tell."""
        ...
