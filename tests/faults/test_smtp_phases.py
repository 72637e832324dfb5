"""The outcome of a mail for each failure of the SMTP server: sent once, retried, failed or ambiguous."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from store.mailer import sweep, transport
from store.mailer.inbox import receive
from store.mailer.models import MailAttempt, MailPlan, SendingPause
from store.mailer.transport.smtp import SmtpServer, SmtpTransport
from tests.faults.smtp_server import Fault, FaultySmtp
from tests.mailer.conftest import ORDER, states
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db
BEFORE_ACCEPTANCE = [
    *[Fault(phase, "drop") for phase in ("connect", "hello", "mail", "rcpt", "data")],
    *[Fault(phase, "421 4.3.2 closing") for phase in ("connect", "hello", "mail", "rcpt", "data", "final")],
    *[Fault(phase, "450 4.2.1 busy") for phase in ("mail", "rcpt", "data", "final")],
    *[
        Fault(phase, "554 5.7.1 not from here")
        for phase in ("connect", "hello", "mail", "rcpt", "data", "final")
    ],
    *[Fault("rcpt", reply) for reply in ("550 5.4.1 denied", "552 5.2.2 full", "550 5.3.0 down")],
    *[Fault(phase, "stall") for phase in ("connect", "hello", "mail", "rcpt", "data")],
]


@pytest.fixture
def confirmation(saleor: SaleorDouble) -> MailPlan:
    """The only due mail, of class SERVICE."""
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    MailPlan.objects.filter(kind="safety-first").delete()
    return MailPlan.objects.get()


@pytest.fixture
def safety(saleor: SaleorDouble) -> MailPlan:
    """The only due mail, of class SAFETY."""
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    MailPlan.objects.filter(kind="order-confirmation").delete()
    return MailPlan.objects.get()


def send_by(monkeypatch: pytest.MonkeyPatch, server: FaultySmtp) -> None:
    """Send by this server; timeouts are short only if it stalls."""
    stalls = any(fault and fault.action == "stall" for fault in server.faults)
    seconds = 0.5 if stalls else 20.0
    mail_transport = SmtpTransport(
        SmtpServer("127.0.0.1", server.port, "smtp"), command_seconds=seconds, final_seconds=seconds
    )
    monkeypatch.setattr(transport, "current", lambda: mail_transport)


def make_due() -> None:
    past = timezone.now() - timedelta(seconds=1)
    MailPlan.objects.update(next_attempt_at=past)
    SendingPause.objects.update(until=past)


@pytest.mark.parametrize("fault", BEFORE_ACCEPTANCE, ids=lambda f: f"{f.phase}-{f.action[:9].strip()}")
def test_a_break_before_acceptance_is_tried_again_and_sent_once(
    fault: Fault, confirmation: MailPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultySmtp([fault]) as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        assert (states(), len(server.accepted)) == ({"order-confirmation": "retry_wait"}, 0)
        make_due()
        sweep.sweep()
        assert states() == {"order-confirmation": "sent"}
        assert server.copies() == {confirmation.message_id: 1}
    assert [attempt.outcome for attempt in MailAttempt.objects.all()] == ["not_sent", "accepted"]


@pytest.mark.parametrize(
    "fault",
    [
        *[Fault(phase, "drop") for phase in ("mail", "rcpt", "data")],
        *[Fault(phase, "450 4.2.1 busy") for phase in ("mail", "rcpt", "data", "final")],
    ],
    ids=lambda f: f"{f.phase}-{f.action[:9].strip()}",
)
def test_a_server_that_takes_commands_at_once_says_of_each_whether_it_failed(
    fault: Fault, confirmation: MailPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultySmtp([fault], extensions=["PIPELINING"]) as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        assert (states(), len(server.accepted)) == ({"order-confirmation": "retry_wait"}, 0)
        assert MailAttempt.objects.get().phase_reached == fault.phase
        make_due()
        sweep.sweep()
        assert states() == {"order-confirmation": "sent"}
        assert server.copies() == {confirmation.message_id: 1}


@pytest.mark.parametrize("reply", ["25", "??? ok", "354 go on", "199 hm", "600 what", "\x00\xff"])
def test_a_reply_to_the_last_dot_that_makes_no_sense_is_no_refusal(
    reply: str, confirmation: MailPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultySmtp([Fault("final", reply)]) as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        make_due()
        sweep.sweep()
        assert (states(), server.connections) == ({"order-confirmation": "ambiguous"}, 1)
    assert MailAttempt.objects.get().outcome == "unknown"


@pytest.mark.parametrize("action", ["drop", "take-and-drop", "stall"])
def test_a_service_mail_that_is_perhaps_accepted_is_held_and_not_sent_again(
    action: str, confirmation: MailPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultySmtp([Fault("final", action)]) as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        make_due()
        sweep.sweep()
        assert states() == {"order-confirmation": "ambiguous"}
        assert (server.connections, len(server.accepted)) == (1, 1 if action == "take-and-drop" else 0)
    assert MailAttempt.objects.get().outcome == "unknown"


def test_a_safety_mail_that_is_perhaps_accepted_goes_again_with_the_same_message_id(
    safety: MailPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultySmtp([Fault("final", "take-and-drop")]) as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        assert states() == {"safety-first": "retry_wait"}
        make_due()
        sweep.sweep()
        assert states() == {"safety-first": "sent"}
        tries = [(attempt.outcome, attempt.phase_reached) for attempt in MailAttempt.objects.all()]
        assert tries == [("unknown", "final"), ("accepted", "accepted")]
        assert server.copies() == {safety.message_id: 2}


def test_an_ambiguous_safety_mail_is_resent_twice_and_then_shown_to_a_person(
    safety: MailPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultySmtp([Fault("final", "drop")] * 5) as server:
        send_by(monkeypatch, server)
        for _ in range(5):
            make_due()
            sweep.sweep()
        assert (states(), server.connections) == ({"safety-first": "ambiguous"}, 3)


@pytest.mark.parametrize("phase", ["rcpt", "data", "final"])
def test_a_5xx_for_the_recipient_or_the_mail_is_final(
    phase: str, confirmation: MailPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultySmtp([Fault(phase, "550 5.1.1 no such user")]) as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        make_due()
        sweep.sweep()
        assert (states(), server.connections) == ({"order-confirmation": "failed"}, 1)
    confirmation.refresh_from_db()
    assert confirmation.last_error == f"{phase}: 550 5.1.1 no such user"


def test_a_throttling_server_is_not_contacted_for_a_quarter_of_an_hour(
    confirmation: MailPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultySmtp([Fault("rcpt", "451 4.7.1 too many messages")]) as server:
        send_by(monkeypatch, server)
        sweep.sweep()
    confirmation.refresh_from_db()
    assert confirmation.next_attempt_at - timezone.now() > timedelta(minutes=14)


def test_a_server_that_gives_up_in_the_middle_of_the_text_has_no_mail() -> None:
    with FaultySmtp([Fault("body", "drop")]) as server:
        mail_transport = SmtpTransport(SmtpServer("127.0.0.1", server.port, "smtp"))
        envelope = transport.Envelope("<a@b>", "a@b.example", "c@d.example", b"x\r\n" * 100_000)
        with pytest.raises(transport.NotSent) as caught:
            mail_transport.deliver(envelope, lambda: server.hung_up.wait(5) and None)
        assert (caught.value.phase, caught.value.is_final, server.accepted) == ("data", False, [])


def test_a_line_that_begins_with_a_dot_arrives_whole(settings: Any) -> None:
    with FaultySmtp() as server:
        mail_transport = SmtpTransport(SmtpServer("127.0.0.1", server.port, "smtp"))
        content = b"Message-ID: <a@b>\r\n\r\n.dot\r\n..two\r\nlast"
        mail_transport.deliver(
            transport.Envelope("<a@b>", "a@b.example", "c@d.example", content), lambda: None
        )
        assert server.accepted == [content + b"\r\n"]
