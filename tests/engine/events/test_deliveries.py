from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection

from store.engine.events import listeners, tasks, webhook_deliveries
from store.engine.events.models import Event, EventDelivery, EventDeliveryAttempt
from tests.engine.events.conftest import DOCUMENT, a_webhook, happened

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def refusing(payload):
    raise RuntimeError("the mail room is locked")


def test_a_failing_listener_is_asked_again_after_ten_twenty_forty_seconds():
    listeners.register("ear", DOCUMENT, refusing)
    waits = []
    with time_machine.travel(NOON, tick=False) as clock:
        happened()
        for _ in range(4):
            tasks.deliver()
            delivery = EventDelivery.objects.get()
            waits.append((delivery.next_attempt_at - datetime.now(UTC)).seconds)
            clock.move_to(delivery.next_attempt_at)
    assert waits == [10, 20, 40, 80]


def test_a_listener_in_the_house_is_never_given_up():
    listeners.register("ear", DOCUMENT, refusing)
    with time_machine.travel(NOON, tick=False) as clock:
        happened()
        for _ in range(12):
            tasks.deliver()
            clock.move_to(EventDelivery.objects.get().next_attempt_at)
        told = []
        listeners.register("ear", DOCUMENT, told.append)
        tasks.deliver()
    assert (len(told), EventDelivery.objects.get().status) == (1, "success")


def test_the_log_says_why_it_failed():
    listeners.register("ear", DOCUMENT, refusing)
    happened()
    tasks.deliver()
    attempt = EventDeliveryAttempt.objects.get()
    assert (attempt.status, attempt.response) == ("failed", "RuntimeError: the mail room is locked")


def test_of_two_who_claim_a_delivery_one_gets_it(heard):
    happened()
    webhook_deliveries.plan()
    first, second = EventDelivery.objects.get(), EventDelivery.objects.get()
    assert [webhook_deliveries.claim(first), webhook_deliveries.claim(second)] == [True, False]


def test_what_a_killed_worker_had_claimed_comes_back_after_its_lease(heard):
    with time_machine.travel(NOON, tick=False) as clock:
        happened()
        webhook_deliveries.plan()
        assert webhook_deliveries.claim(EventDelivery.objects.get())  # and here the worker is killed
        tasks.sweep()
        assert heard == []
        clock.shift(timedelta(seconds=61))
        tasks.sweep()
    assert len(heard) == 1


def test_eight_workers_at_once_tell_each_fact_once():
    heard: list = []
    listeners.register("ear", DOCUMENT, heard.append)
    for pk in range(20):
        happened(pk=pk)
    start = Barrier(8)

    def work():
        start.wait()
        try:
            tasks.deliver()
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    tasks.deliver()
    assert sorted(int(event["pk"]) for event in heard) == list(range(20))


def test_a_heap_of_news_for_the_house_holds_up_no_webhook(monkeypatch):
    done: list[str] = []
    again = SimpleNamespace(apply_async=lambda *_, **__: done.append("again"))
    monkeypatch.setattr(tasks, "post", SimpleNamespace(apply_async=lambda *_, **__: done.append("webhook")))
    monkeypatch.setattr(
        tasks, "_send", lambda task, *_: (again if task is tasks.deliver else task).apply_async()
    )
    listeners.register("ear", DOCUMENT, lambda _: done.append("house"))
    for pk in range(30):
        happened(pk=pk)
    a_webhook("http://example.com/")
    happened(pk=30)
    tasks.deliver()
    assert done == ["webhook"] * 31 + ["house"] * tasks.AT_ONCE + ["again"]


def test_an_app_without_the_permission_hears_nothing():
    a_webhook("http://example.com/", permissions=("MANAGE_PRODUCTS",))
    happened()
    webhook_deliveries.plan()
    assert EventDelivery.objects.count() == 0


def test_a_switched_off_webhook_hears_nothing():
    a_webhook("http://example.com/", is_active=False)
    happened()
    webhook_deliveries.plan()
    assert EventDelivery.objects.count() == 0


def test_what_arrived_a_fortnight_ago_is_forgotten_and_what_failed_is_kept(heard):
    with time_machine.travel(NOON, tick=False) as clock:
        happened()
        tasks.deliver()
        a_webhook("ftp://example.com/")
        happened(pk=18)
        webhook_deliveries.plan()
        EventDelivery.objects.exclude(webhook=None).update(status="failed")
        clock.shift(timedelta(days=15))
        webhook_deliveries.prune()
    assert [event.object_pk for event in Event.objects.all()] == ["18"]
