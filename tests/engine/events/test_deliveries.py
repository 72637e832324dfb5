from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from store.engine.events import listeners, record_event, tasks, webhook_deliveries, webhook_registration
from store.engine.events.models import Event, EventDelivery, EventDeliveryAttempt, Webhook
from tests.engine.events.conftest import DOCUMENT, create_webhook, record_order_event
from tests.engine.locks import recorded_locks

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def refusing(payload):
    raise RuntimeError("no mail server")


def test_a_failing_listener_is_called_again_after_ten_twenty_forty_seconds():
    listeners.register("test", DOCUMENT, refusing)
    waits = []
    with time_machine.travel(NOON, tick=False) as clock:
        record_order_event()
        for _ in range(4):
            tasks.deliver()
            delivery = EventDelivery.objects.get()
            waits.append((delivery.next_attempt_at - datetime.now(UTC)).seconds)
            clock.move_to(delivery.next_attempt_at)
    assert waits == [10, 20, 40, 80]


def test_an_in_process_listener_is_retried_without_end():
    listeners.register("test", DOCUMENT, refusing)
    with time_machine.travel(NOON, tick=False) as clock:
        record_order_event()
        for _ in range(12):
            tasks.deliver()
            clock.move_to(EventDelivery.objects.get().next_attempt_at)
        payloads = []
        listeners.register("test", DOCUMENT, payloads.append)
        tasks.deliver()
    assert (len(payloads), EventDelivery.objects.get().status) == (1, "success")


def test_the_log_says_why_it_failed():
    listeners.register("test", DOCUMENT, refusing)
    record_order_event()
    tasks.deliver()
    attempt = EventDeliveryAttempt.objects.get()
    assert (attempt.status, attempt.response) == ("failed", "RuntimeError: no mail server")


def test_what_a_listener_has_not_got_is_counted_until_it_has(received):
    def to_tell():
        return webhook_deliveries.undelivered_to_listeners("Order", "Fulfillment")

    with transaction.atomic():
        record_event("PRODUCT_UPDATED", kind="Product", pk=1)  # not about an order
        record_event("ORDER_METADATA_UPDATED", kind="Order", pk=1)  # nobody listens
    assert to_tell() == 0
    record_order_event()
    assert to_tell() == 1  # not planned
    webhook_deliveries.plan()
    assert to_tell() == 1  # planned, not delivered
    tasks.deliver()
    assert (to_tell(), len(received)) == (0, 1)


def test_what_a_listener_failed_to_take_or_a_killed_worker_holds_is_counted():
    listeners.register("test", DOCUMENT, refusing)
    record_order_event()
    tasks.deliver()
    assert webhook_deliveries.undelivered_to_listeners("Order") == 1
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=11)):
        assert webhook_deliveries.claim(EventDelivery.objects.get())  # and here the worker is killed
        assert webhook_deliveries.undelivered_to_listeners("Order") == 1
    assert webhook_deliveries.undelivered_to_listeners("Product") == 0


def test_webhooks_of_others_keep_no_move_waiting():
    create_webhook("http://127.0.0.1:9/")
    record_order_event()
    webhook_deliveries.plan()
    assert EventDelivery.objects.exclude(webhook=None).count() == 1
    assert webhook_deliveries.undelivered_to_listeners("Order") == 0


def test_an_event_whose_webhook_is_deleted_while_it_is_planned_is_planned_anew(received, monkeypatch):
    webhook = create_webhook("http://127.0.0.1:9/")
    record_order_event()
    found = webhook_deliveries._subscribed_webhooks

    def deleted_now(event):
        rows = found(event)
        Webhook.objects.all().delete()
        monkeypatch.setattr(webhook_deliveries, "_subscribed_webhooks", found)
        return rows

    monkeypatch.setattr(webhook_deliveries, "_subscribed_webhooks", deleted_now)
    assert (webhook_deliveries.plan(), webhook_deliveries.plan()) == (0, 1)
    # Here the deletion was undone with the first plan; where another transaction deletes it, only the listener is left.
    assert list(EventDelivery.objects.values_list("webhook", flat=True)) == [None, webhook.pk]


def test_deliveries_that_are_being_planned_wait_for_the_deletion_of_their_webhook():
    webhook = create_webhook("http://127.0.0.1:9/")
    with recorded_locks() as locked:
        webhook_registration.delete_webhook(webhook=webhook)
    assert locked == ["Webhook"]


def test_of_two_workers_that_claim_a_delivery_one_gets_it(received):
    record_order_event()
    webhook_deliveries.plan()
    first, second = EventDelivery.objects.get(), EventDelivery.objects.get()
    assert [webhook_deliveries.claim(first), webhook_deliveries.claim(second)] == [True, False]


def test_what_a_killed_worker_claimed_is_due_again_after_its_lease(received):
    with time_machine.travel(NOON, tick=False) as clock:
        record_order_event()
        webhook_deliveries.plan()
        assert webhook_deliveries.claim(EventDelivery.objects.get())  # and here the worker is killed
        tasks.sweep()
        assert received == []
        clock.shift(timedelta(seconds=61))
        tasks.sweep()
    assert len(received) == 1


def test_eight_workers_at_once_deliver_each_event_once():
    received: list = []
    listeners.register("test", DOCUMENT, received.append)
    for pk in range(20):
        record_order_event(pk=pk)
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
    assert sorted(int(event["pk"]) for event in received) == list(range(20))


def test_many_listener_deliveries_delay_no_webhook(monkeypatch):
    done: list[str] = []
    deliver_again = SimpleNamespace(apply_async=lambda *_, **__: done.append("again"))
    monkeypatch.setattr(tasks, "post", SimpleNamespace(apply_async=lambda *_, **__: done.append("webhook")))
    monkeypatch.setattr(
        tasks, "enqueue", lambda task, *_: (deliver_again if task is tasks.deliver else task).apply_async()
    )
    listeners.register("test", DOCUMENT, lambda _: done.append("listener"))
    for pk in range(30):
        record_order_event(pk=pk)
    create_webhook("http://example.com/")
    record_order_event(pk=30)
    tasks.deliver()
    assert done == ["webhook"] * 31 + ["listener"] * tasks.LISTENER_BATCH_SIZE + ["again"]


def test_an_app_without_the_permission_gets_no_events():
    create_webhook("http://example.com/", permissions=("MANAGE_PRODUCTS",))
    record_order_event()
    webhook_deliveries.plan()
    assert EventDelivery.objects.count() == 0


def test_a_switched_off_webhook_gets_no_events():
    create_webhook("http://example.com/", is_active=False)
    record_order_event()
    webhook_deliveries.plan()
    assert EventDelivery.objects.count() == 0


@pytest.mark.parametrize(("days", "left"), [(13, ["17", "18"]), (15, ["18"]), (89, ["18"]), (91, [])])
def test_what_arrived_is_kept_for_a_fortnight_and_what_failed_for_three_months(received, days, left):
    with time_machine.travel(NOON, tick=False) as clock:
        record_order_event()
        tasks.deliver()
        create_webhook("ftp://example.com/")
        record_order_event(pk=18)
        webhook_deliveries.plan()
        EventDelivery.objects.filter(event__object_pk="18").update(status="failed")
        clock.shift(timedelta(days=days))
        webhook_deliveries.prune()
    assert [event.object_pk for event in Event.objects.order_by("pk")] == left


def test_what_is_still_to_be_sent_is_never_deleted(received):
    with time_machine.travel(NOON, tick=False) as clock:
        create_webhook("http://example.com/")
        record_order_event()
        webhook_deliveries.plan()
        clock.shift(timedelta(days=1000))
        assert (webhook_deliveries.prune(), Event.objects.count()) == (0, 1)


def test_the_audit_log_keeps_who_did_what_without_the_payload(received):
    with time_machine.travel(NOON, tick=False) as clock:
        create_webhook("http://example.com/")
        record_order_event()
        webhook_deliveries.plan()
        EventDelivery.objects.update(status="success", payload="{}")
        Event.objects.update(principal_kind="User", principal_pk="1")
        clock.shift(timedelta(days=15))
        webhook_deliveries.prune()
    assert (Event.objects.count(), EventDelivery.objects.count()) == (1, 0)


def test_what_arrived_is_kept_as_long_as_the_setting_says_also_beyond_what_failed(received, settings):
    settings.EVENT_RETENTION_DAYS = 200
    with time_machine.travel(NOON, tick=False) as clock:
        record_order_event()
        tasks.deliver()
        clock.shift(timedelta(days=199))
        assert (webhook_deliveries.prune(), Event.objects.count()) == (0, 1)
        clock.shift(timedelta(days=2))
        assert (webhook_deliveries.prune(), Event.objects.count()) == (1, 0)


def test_deliveries_of_what_people_did_are_deleted_in_batches(received, monkeypatch):
    monkeypatch.setattr(webhook_deliveries, "BATCH_SIZE", 2)
    with time_machine.travel(NOON, tick=False) as clock:
        create_webhook("http://example.com/")
        for pk in range(5):
            record_order_event(pk=pk)
        webhook_deliveries.plan()
        EventDelivery.objects.update(status="success")
        Event.objects.update(principal_kind="User", principal_pk="1")
        clock.shift(timedelta(days=15))
        with CaptureQueriesContext(connection) as asked:
            webhook_deliveries.prune()
    deletes = [one["sql"] for one in asked if one["sql"].startswith('DELETE FROM "events_eventdelivery" ')]
    assert len(deletes) == 5  # each of the five events went to the webhook and to the listener
    assert (Event.objects.count(), EventDelivery.objects.count()) == (5, 0)
