"""What a refusal of a mail server is about, by its enhanced status code (RFC 3463) and the phase it came in.

Only an address that does not exist makes another try pointless. A refusal because of us (relay denied, a block list, a
wrong login) concerns every mail and ends when somebody corrects it, so the mail waits and a person is told.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from store.mailer.transport.base import Cause, Phase, Reach

_ENHANCED = re.compile(r"[245]\.(\d{1,3})\.(\d{1,3})\b")
_AT_SESSION = (Phase.CONNECT, Phase.HELLO, Phase.AUTH)
_AT_RECIPIENT = (Phase.RCPT, Phase.DATA, Phase.FINAL)
# RFC 5321 without an enhanced code: no such mailbox, elsewhere, name not allowed.
_UNKNOWN_MAILBOX_CODES = (550, 551, 553)


class _Subject(StrEnum):
    """The second number of an enhanced status code, as far as we act on it."""

    ADDRESS = "1"
    MAILBOX = "2"


# 5.1.7 and 5.1.8 are about the sender's address, 5.1.10 is a domain that takes no mail (null MX).
_SENDER_ADDRESS_DETAILS = ("7", "8")
_MAILBOX_DISABLED = "1"


@dataclass(frozen=True, slots=True)
class Refusal:
    """`is_final`: no later try to this address can succeed. `reach`: for which other mails it holds as well."""

    cause: Cause
    is_final: bool
    throttled: bool
    reach: Reach


def classify(*, phase: Phase, code: int, text: str) -> Refusal:
    """What the reply `code` `text` (enhanced code first) in `phase` is about."""
    cause = _cause(phase, code, text)
    is_permanent = 500 <= code <= 599
    is_policy = bool(re.match(r"4\.7\.\d+", text))
    return Refusal(
        cause=cause,
        is_final=is_permanent and cause is Cause.ADDRESS,
        throttled=code == 421 or is_policy,
        reach=_reach(phase, code, is_policy=is_policy),
    )


def cause_of_status(status: str) -> Cause:
    """What an enhanced status code such as "5.1.1" is about, as a report gives it after the mail was accepted."""
    enhanced = _ENHANCED.match(status)
    if enhanced is None:
        return Cause.REFUSED
    return _by_enhanced_code(*enhanced.groups()) if status.startswith("5") else Cause.MAILBOX


def _reach(phase: Phase, code: int, *, is_policy: bool) -> Reach:
    if code == 421 or phase in _AT_SESSION or (is_policy and phase not in _AT_RECIPIENT):
        return Reach.SERVER
    return Reach.DOMAIN if is_policy else Reach.MAIL


def _cause(phase: Phase, code: int, text: str) -> Cause:
    if phase not in _AT_RECIPIENT:
        return Cause.SERVER
    if not 500 <= code <= 599:
        return Cause.SERVER if code == 421 else Cause.MAILBOX
    enhanced = _ENHANCED.match(text)
    return _by_enhanced_code(*enhanced.groups()) if enhanced else _by_code(phase, code)


def _by_enhanced_code(subject: str, detail: str) -> Cause:
    if subject == _Subject.ADDRESS:
        return Cause.REFUSED if detail in _SENDER_ADDRESS_DETAILS else Cause.ADDRESS
    if subject == _Subject.MAILBOX:
        return Cause.ADDRESS if detail == _MAILBOX_DISABLED else Cause.MAILBOX
    return Cause.REFUSED


def _by_code(phase: Phase, code: int) -> Cause:
    if phase is Phase.RCPT and code in _UNKNOWN_MAILBOX_CODES:
        return Cause.ADDRESS
    return Cause.MAILBOX if code == 552 else Cause.REFUSED
