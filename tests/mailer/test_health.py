"""/healthz and the lists of mails that need a person: nothing fails silently, and one bad mail does not stop the shop."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from store import health as health_page
from store.mailer import health, heartbeats, planning, sweep
from store.mailer.beat_schedule import BEAT_SCHEDULE
from store.mailer.inbox import receive
from store.mailer.models import Heartbeat, MailAttempt, MailPlan, OrderEvent, Problem
from tests.faults.smtp_server import Fault, FaultySmtp
from tests.mailer.conftest import ORDER, Mailbox
from tests.mailer.saleor_double import SaleorDouble, event, gid, order

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def broker_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_page, "_broker", lambda: {"transport": "test"})


@pytest.fixture
def refusing_server(settings: object) -> Iterator[FaultySmtp]:
    """Refuses to relay, at RCPT, for everybody."""
    with FaultySmtp([Fault("rcpt", "554 5.7.1 Relay access denied")] * 20) as server:
        settings.EMAIL_URL = server.url  # type: ignore[attr-defined]
        yield server


def counts() -> dict[str, int]:
    return {concern.code: count for concern, count in health.open_concerns()}


def pay(saleor: SaleorDouble, *, number: int = 22, email: str = "ada.guest@example.com") -> str:
    order_id = ORDER if number == 22 else gid("Order", number)
    saleor.orders[order_id] = order(order_id, number=str(number), userEmail=email)
    receive(event("OrderFullyPaid", saleor.orders[order_id]), source="test")
    return order_id


def make_late() -> None:
    MailPlan.objects.update(due_at=timezone.now() - 2 * HOUR)


def test_all_is_well_when_all_was_sent(client: Client, saleor: SaleorDouble, mailbox: Mailbox) -> None:
    pay(saleor)
    sweep.sweep()
    page = client.get("/healthz")
    assert (page.status_code, page.json()["status"]) == (200, "ok")
    assert page.json()["mail"]["concerns"] == {}
    assert list(page.json()["mail"]["seconds_since"]) == ["sweep"]


def test_a_refused_address_is_a_concern_and_the_shop_stays_up(
    client: Client, saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    pay(saleor, email="nobody")
    sweep.sweep()
    make_late()
    page = client.get("/healthz")
    assert (page.status_code, page.json()["status"]) == (200, "attention")
    assert counts() == {"unreachable": 1, "failed": 1}


def test_a_relay_that_is_denied_keeps_every_mail_and_stops_nobody_for_good(
    saleor: SaleorDouble, refusing_server: FaultySmtp
) -> None:
    pay(saleor)
    for _ in range(3):
        MailPlan.objects.update(next_attempt_at=timezone.now())
        sweep.sweep()
    rows = MailPlan.objects.values_list("state", "problem", "failures")
    assert set(rows) == {("retry_wait", "refused", 3)}
    assert counts() == {"refused": 2}


def test_one_recipient_that_is_refused_does_not_stop_the_shop_but_two_do(
    client: Client, saleor: SaleorDouble, refusing_server: FaultySmtp
) -> None:
    pay(saleor)
    sweep.sweep()
    make_late()
    assert client.get("/healthz").status_code == 200
    pay(saleor, number=23, email="bob@example.com")
    sweep.sweep()
    make_late()
    assert client.get("/healthz").json()["mail"]["stopped"] == "the mail server refuses all mail"
    assert client.get("/healthz").status_code == 503


def test_a_mail_that_cannot_be_written_does_not_stop_the_shop(
    client: Client, saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    pay(saleor)
    saleor.orders[ORDER]["lines"][0]["insert"] = "no-such-insert@1.0"
    sweep.sweep()
    make_late()
    assert counts() == {"unwritable": 1, "late": 1}
    assert client.get("/healthz").status_code == 200


def test_nothing_sent_although_due_stops_the_shop(client: Client, saleor: SaleorDouble) -> None:
    pay(saleor)
    make_late()
    page = client.get("/healthz")
    assert (page.status_code, page.json()["mail"]["stopped"]) == (503, "mail is due and nothing is sent")


def test_a_late_mail_beside_others_that_leave_is_a_concern_only(
    client: Client, saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    pay(saleor)
    sweep.sweep()
    late = MailPlan.objects.get(kind="safety-first")
    MailPlan.objects.filter(pk=late.pk).update(state="due", due_at=timezone.now() - 2 * HOUR)
    assert counts() == {"late": 1}
    assert client.get("/healthz").status_code == 200


def test_a_worker_that_fell_silent_is_noticed_without_any_mail(client: Client) -> None:
    Heartbeat.objects.create(name="sweep", at=timezone.now() - timedelta(minutes=9))
    assert client.get("/healthz").status_code == 200
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=11))
    page = client.get("/healthz")
    assert (page.status_code, page.json()["mail"]["stopped"]) == (503, "no worker has swept for too long")


def test_a_shop_whose_worker_never_ran_is_noticed_without_any_mail(client: Client) -> None:
    now = timezone.now()
    web = Heartbeat.objects.create(name="web", at=now, started_at=now - timedelta(minutes=9))
    assert client.get("/healthz").status_code == 200
    Heartbeat.objects.filter(pk=web.pk).update(started_at=now - timedelta(minutes=11))
    page = client.get("/healthz")
    assert (page.status_code, page.json()["mail"]["stopped"]) == (503, "no worker has swept for too long")


def test_each_process_that_falls_silent_is_a_concern(client: Client) -> None:
    for name in heartbeats.Name:
        heartbeats.record(name)
    assert counts() == {}
    Heartbeat.objects.filter(name="beat").update(at=timezone.now() - timedelta(minutes=4))
    assert (counts(), client.get("/healthz").status_code) == ({"silent": 1}, 200)
    assert client.get("/healthz").json()["mail"]["seconds_since"]["beat"] == 240


def test_a_clock_that_was_set_back_is_a_concern() -> None:
    heartbeats.record(heartbeats.Name.SWEEP)
    Heartbeat.objects.update(at=timezone.now() + 2 * HOUR)
    assert counts() == {"clock": 1}


def test_a_process_records_its_heartbeat_seldom_and_survives_a_broken_database(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    heartbeats.record(heartbeats.Name.WORKER)
    with django_assert_num_queries(0):
        heartbeats.record(heartbeats.Name.WORKER)
    monkeypatch.setattr(heartbeats, "Heartbeat", None)
    heartbeats.record(heartbeats.Name.BEAT)


def test_beat_goes_on_when_the_clock_was_set_back() -> None:
    for entry in BEAT_SCHEDULE.values():
        is_due, seconds = entry["schedule"].is_due(timezone.now() + 2 * HOUR)
        assert (is_due, round(seconds)) == (False, round(entry["schedule"].seconds))


def test_a_how_to_held_for_days_is_a_concern(saleor: SaleorDouble) -> None:
    pay(saleor)
    MailPlan.objects.filter(kind="order-confirmation").update(
        state="held", hold_reason=planning.AWAITING_SAFETY, due_at=timezone.now() - timedelta(days=2)
    )
    assert counts()["held"] == 1


def test_a_mail_of_unknown_outcome_is_a_concern(saleor: SaleorDouble) -> None:
    pay(saleor)
    MailPlan.objects.update(state="ambiguous")
    assert counts() == {"ambiguous": 2}


def test_a_confirmation_that_was_given_up_is_a_concern_and_an_old_how_to_is_none(
    saleor: SaleorDouble,
) -> None:
    pay(saleor)
    MailPlan.objects.filter(kind="safety-first").update(kind="how-to", mail_class="care")
    MailPlan.objects.update(expires_at=timezone.now())
    sweep.expire_overdue()
    assert counts() == {"expired": 1}


def test_an_event_that_cannot_be_planned_is_a_concern_and_never_given_up(
    saleor: SaleorDouble, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(planning, "plan_mails", lambda event, **_: 1 / 0)
        pay(saleor)
        for _ in range(60):
            OrderEvent.objects.update(next_try_at=timezone.now())
            sweep.sweep()
    OrderEvent.objects.update(received_at=timezone.now() - HOUR)
    assert (OrderEvent.objects.get().tries, counts()) == (61, {"unplanned": 1})
    assert OrderEvent.objects.get().next_try_at > timezone.now()  # later and later, but not never
    OrderEvent.objects.update(next_try_at=timezone.now())
    sweep.sweep()
    assert (counts(), len(mailbox.messages())) == ({}, 2)


def test_a_busy_mailbox_is_not_our_fault_and_a_broken_server_is(saleor: SaleorDouble) -> None:
    pay(saleor)
    later = timezone.now() + HOUR
    MailPlan.objects.update(state="retry_wait", next_attempt_at=later, problem=Problem.MAILBOX)
    assert health.oldest_due() == {"safety": None, "service": None, "care": None}
    MailPlan.objects.update(problem=Problem.SERVER)
    assert health.oldest_due()["safety"] is not None


def test_the_recipient_of_each_attempt_is_kept(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    pay(saleor)
    saleor.orders[ORDER]["userEmail"] = "corrected@example.com"
    sweep.sweep()
    assert set(MailAttempt.objects.values_list("recipient", flat=True)) == {"corrected@example.com"}
    assert set(MailPlan.objects.values_list("recipient", flat=True)) == {"corrected@example.com"}
