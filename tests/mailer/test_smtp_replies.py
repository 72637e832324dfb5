"""What a reply of a mail server is about: the address, the recipient's mailbox, the server's view of us, our server."""

import pytest

from store.mailer.models import Problem
from store.mailer.transport import Cause, Phase
from store.mailer.transport.replies import classify

REPLIES = [
    (Phase.RCPT, 550, "5.1.1 no such user", Cause.ADDRESS, True),
    (Phase.RCPT, 553, "5.1.3 bad destination address syntax", Cause.ADDRESS, True),
    (Phase.RCPT, 556, "5.1.10 recipient domain has null MX", Cause.ADDRESS, True),
    (Phase.FINAL, 550, "5.1.1 no such user", Cause.ADDRESS, True),
    (Phase.RCPT, 550, "5.2.1 mailbox disabled", Cause.ADDRESS, True),
    (Phase.RCPT, 550, "unknown user", Cause.ADDRESS, True),
    (Phase.RCPT, 450, "4.1.1 user not known yet", Cause.MAILBOX, False),
    (Phase.RCPT, 552, "5.2.2 mailbox full", Cause.MAILBOX, False),
    (Phase.RCPT, 552, "mailbox full", Cause.MAILBOX, False),
    (Phase.RCPT, 451, "4.7.1 greylisted", Cause.MAILBOX, False),
    (Phase.RCPT, 554, "5.7.1 Relay access denied", Cause.REFUSED, False),
    (Phase.RCPT, 550, "5.7.26 not authenticated", Cause.REFUSED, False),
    (Phase.RCPT, 553, "5.1.8 sender's domain does not exist", Cause.REFUSED, False),
    (Phase.RCPT, 550, "5.4.1 access denied", Cause.REFUSED, False),
    (Phase.RCPT, 554, "not from here", Cause.REFUSED, False),
    (Phase.FINAL, 552, "5.3.4 message too big", Cause.REFUSED, False),
    (Phase.FINAL, 554, "looks like spam", Cause.REFUSED, False),
    (Phase.MAIL, 550, "5.1.1 sender unknown", Cause.SERVER, False),
    (Phase.AUTH, 535, "5.7.8 bad password", Cause.SERVER, False),
    (Phase.CONNECT, 554, "no service", Cause.SERVER, False),
    (Phase.RCPT, 421, "4.3.2 closing", Cause.SERVER, False),
]


@pytest.mark.parametrize(
    ("phase", "code", "text", "cause", "is_final"), REPLIES, ids=lambda value: str(value)[:24]
)
def test_a_reply_is_about(phase: Phase, code: int, text: str, cause: Cause, is_final: bool) -> None:
    refusal = classify(phase=phase, code=code, text=text)
    assert (refusal.cause, refusal.is_final) == (cause, is_final)


def test_every_cause_is_a_problem_of_a_mail() -> None:
    assert {cause.value for cause in Cause} <= set(Problem.values)
