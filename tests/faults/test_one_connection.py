"""The mails of a sweep share a connection; what the server does with it loses and doubles nothing."""

from typing import Any

import pytest

from store.mailer import sweep
from store.mailer.inbox import receive
from store.mailer.models import MailAttempt, MailPlan
from store.mailer.transport import smtp
from tests.faults.smtp_server import Fault, FaultySmtp
from tests.faults.test_smtp_phases import make_due, send_by
from tests.mailer.saleor_double import SaleorDouble, event, gid, order

pytestmark = pytest.mark.django_db
ORDERS = 4


@pytest.fixture(autouse=True)
def confirmations(saleor: SaleorDouble) -> None:
    """Four due mails of class SERVICE."""
    for number in range(ORDERS):
        order_id = gid("Order", f"shared-{number}")
        saleor.orders[order_id] = order(order_id, number=str(number))
        receive(event("OrderFullyPaid", saleor.orders[order_id]), source="test")
    MailPlan.objects.exclude(kind="order-confirmation").delete()


def sent() -> int:
    return MailPlan.objects.filter(state="sent").count()


def test_a_sweep_makes_one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultySmtp() as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        assert (sent(), server.connections) == (ORDERS, 1)
        assert set(server.copies().values()) == {1}


def test_a_connection_is_not_used_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "MAILS_PER_CONNECTION", 2)
    with FaultySmtp() as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        assert (sent(), server.connections) == (ORDERS, 2)


@pytest.mark.parametrize("mails", [1, 3])
def test_a_server_that_hung_up_between_two_mails_is_asked_anew(
    mails: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultySmtp(mails_per_connection=mails) as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        assert (sent(), server.connections) == (ORDERS, -(-ORDERS // mails))
        assert set(server.copies().values()) == {1}
    assert set(MailAttempt.objects.values_list("outcome", flat=True)) == {"accepted"}


@pytest.mark.parametrize("fault", [Fault("rcpt", "550 5.1.1 unknown"), Fault("final", "450 4.2.1 busy")])
def test_after_a_refusal_the_next_mail_has_a_new_connection(
    fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultySmtp([fault]) as server:
        send_by(monkeypatch, server)
        sweep.sweep()
        make_due()
        sweep.sweep()
        assert (sent(), server.connections) in ((ORDERS - 1, 2), (ORDERS, 3))
        assert set(server.copies().values()) == {1}


def test_outside_a_sweep_each_mail_has_its_own(monkeypatch: pytest.MonkeyPatch, saleor: Any) -> None:
    from store.mailer.sending import send_due

    with FaultySmtp() as server:
        send_by(monkeypatch, server)
        while send_due():
            pass
        assert (sent(), server.connections) == (ORDERS, ORDERS)
