"""A failure that is about the server or the recipient's domain holds for the other mails too, and ends for all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from store.mailer import pauses, sweep, transport
from store.mailer.inbox import receive
from store.mailer.models import MailPlan, SendingPause
from store.mailer.transport.smtp import SmtpServer, SmtpTransport
from tests.faults.smtp_server import Fault, FaultySmtp
from tests.mailer.conftest import states
from tests.mailer.saleor_double import SaleorDouble, event, gid, order

pytestmark = pytest.mark.django_db


def pay(saleor: SaleorDouble, *emails: str) -> None:
    for number, email in enumerate(emails, start=30):
        order_id = gid("Order", number)
        saleor.orders[order_id] = order(order_id, number=str(number), userEmail=email)
        receive(event("OrderFullyPaid", saleor.orders[order_id]), source="test")
    MailPlan.objects.filter(kind="safety-first").delete()


def send_by(monkeypatch: pytest.MonkeyPatch, server: FaultySmtp) -> None:
    mail_transport = SmtpTransport(SmtpServer("127.0.0.1", server.port, "smtp"))
    monkeypatch.setattr(transport, "current", lambda: mail_transport)


def end_pauses() -> None:
    past = timezone.now() - timedelta(seconds=1)
    SendingPause.objects.update(until=past)
    MailPlan.objects.update(next_attempt_at=past)


@pytest.mark.parametrize(
    "fault",
    [Fault("connect", "421 4.3.2 busy"), Fault("rcpt", "421 4.7.0 slow down"), Fault("connect", "drop")],
)
def test_a_server_that_takes_nothing_gets_one_connection_and_not_one_for_each_mail(
    fault: Fault, saleor: SaleorDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay(saleor, *(f"buyer{number}@example.com" for number in range(15)))
    with FaultySmtp([fault] * 20) as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        assert server.connections == 1
        end_pauses()
        sweep.sweep()
        assert server.connections == 2
        server.faults.clear()
        end_pauses()
        sweep.sweep()
        assert len(server.accepted) == 15
    assert not SendingPause.objects.exists()


def test_pauses_of_a_server_grow_to_five_minutes_and_a_throttled_one_has_a_quarter_of_an_hour() -> None:
    lengths = []
    for _ in range(6):
        error = transport.NotSent(transport.Phase.CONNECT, "refused", reach=transport.Reach.SERVER)
        until = pauses.begin(error, server="a:25", recipient="a@b.example")
        assert until is not None
        lengths.append(round((until - timezone.now()).total_seconds()))
        SendingPause.objects.update(until=timezone.now())
    assert lengths == [30, 120, 300, 300, 300, 300]
    error.throttled = True
    until = pauses.begin(error, server="b:25", recipient="a@b.example")
    assert until is not None
    assert round((until - timezone.now()).total_seconds()) == 900


def test_workers_that_fail_at_the_same_moment_count_as_one_failure() -> None:
    error = transport.NotSent(transport.Phase.CONNECT, "refused", reach=transport.Reach.SERVER)
    for _ in range(4):
        pauses.begin(error, server="a:25", recipient="a@b.example")
    assert SendingPause.objects.get().failures == 1


def test_a_domain_that_asks_for_less_pauses_and_others_get_their_mail(
    saleor: SaleorDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay(saleor, "a@big.example", "b@BIG.example", "c@sub.big.example", "d@other.example")
    with FaultySmtp([Fault("rcpt", "451 4.7.28 too many messages")]) as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        reached = {str(message["To"]) for message in server.messages()}
    assert reached == {"c@sub.big.example", "d@other.example"}
    assert SendingPause.objects.get().scope == "@big.example"


def test_a_busy_mailbox_pauses_nothing(saleor: SaleorDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    pay(saleor, "a@big.example", "b@big.example")
    with FaultySmtp([Fault("rcpt", "450 4.2.1 busy")]) as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        assert len(server.accepted) == 1
    assert not SendingPause.objects.exists()


def test_another_mail_server_is_used_at_once(saleor: SaleorDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    pay(saleor, "a@big.example")
    with FaultySmtp([Fault("connect", "554 5.3.0 no")]) as ill, FaultySmtp() as well:
        send_by(monkeypatch, ill)
        sweep.sweep()
        send_by(monkeypatch, well)
        MailPlan.objects.update(next_attempt_at=timezone.now())
        sweep.sweep()
        assert len(well.accepted) == 1
    assert states() == {"order-confirmation": "sent"}
