"""A mail server that stalls holds up the threads that send and nothing else."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from store.mailer import sender_threads, tasks
from store.mailer.inbox import receive
from store.mailer.mail_classes import MailClass
from store.mailer.models import MailPlan
from tests.mailer.conftest import ORDER, states
from tests.mailer.saleor_double import SaleorDouble, account_event, event

pytestmark = pytest.mark.django_db


class StalledServer:
    """Sending begins and does not end until `answers` is set."""

    def __init__(self) -> None:
        self.answers = threading.Event()
        self.began = {group: threading.Event() for group in sender_threads.GROUPS}

    def send(self, *, classes: tuple[MailClass, ...], seconds: float, **_: Any) -> int:
        self.began[classes].set()
        assert self.answers.wait(20)
        return 0


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StalledServer]:
    stalled = StalledServer()
    monkeypatch.setattr(sender_threads, "send_until_done", stalled.send)
    monkeypatch.setattr(sender_threads, "close_old_connections", lambda: None)
    sender_threads.start()
    yield stalled
    stalled.answers.set()
    sender_threads.stop()


def test_planning_and_sweeps_go_on_while_a_mail_waits_for_its_server(
    server: StalledServer, saleor: SaleorDouble
) -> None:
    assert tasks.sweep() == 0
    assert server.began[sender_threads.OTHERS].wait(20)
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    assert tasks.send_due(MailPlan.objects.get(kind="order-confirmation").pk)
    assert tasks.sweep() == 0  # and another, whose thread is busy
    assert states() == {"order-confirmation": "due", "safety-first": "due"}


def test_safety_mail_has_a_thread_of_its_own(server: StalledServer, saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    tasks.send_due(MailPlan.objects.get(kind="safety-first").pk)
    assert server.began[sender_threads.SAFETY].wait(20)
    assert not server.began[sender_threads.OTHERS].is_set()


def test_a_mail_of_an_account_waits_behind_no_recall(
    monkeypatch: pytest.MonkeyPatch, saleor: SaleorDouble, mailbox: Any
) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    MailPlan.objects.filter(kind="safety-first").update(kind="recall", priority=0)
    receive(account_event("AccountSetPasswordRequested"), source="test")
    monkeypatch.setattr(sender_threads, "_threads", [])
    monkeypatch.setattr(sender_threads, "close_old_connections", lambda: None)
    monkeypatch.setattr(sender_threads.SenderThread, "start", lambda _: None)
    sender_threads.start()
    tasks.send_due(MailPlan.objects.get(kind="account-password").pk)
    (woken,) = (thread for thread in sender_threads._threads if thread.awake.is_set())
    woken._send()
    assert states() == {"order-confirmation": "sent", "recall": "due", "account-password": "sent"}


def test_a_worker_without_such_threads_sends_in_its_task(saleor: SaleorDouble, mailbox: Any) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    assert tasks.send_due(MailPlan.objects.get(kind="order-confirmation").pk)
    assert tasks.sweep() == 1
    assert set(states().values()) == {"sent"}


def test_a_thread_survives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    called = threading.Semaphore(0)

    def fail(**_: Any) -> int:
        called.release()
        raise RuntimeError("the database is away")

    monkeypatch.setattr(sender_threads, "send_until_done", fail)
    monkeypatch.setattr(sender_threads, "close_old_connections", lambda: None)
    sender_threads.start()
    try:
        for _ in range(2):
            sender_threads.wake(MailClass.SAFETY)
            assert called.acquire(timeout=20)
    finally:
        sender_threads.stop()
