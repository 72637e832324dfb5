from types import SimpleNamespace

import pytest
from django.db import transaction

from store.engine.events import record_event, tasks
from store.engine.events.current_actor import Actor, acting_as
from store.engine.events.models import Event, EventDelivery
from store.engine.events.outbox import OutsideTransaction
from tests.engine.events.conftest import record_order_event

pytestmark = pytest.mark.django_db(transaction=True)


def test_recording_needs_a_transaction():
    with pytest.raises(OutsideTransaction):
        record_event("ORDER_PAID", kind="Order", pk=17)
    assert Event.objects.count() == 0


def test_an_event_of_a_failed_operation_is_rolled_back(enqueued):
    def operation():
        with transaction.atomic():
            record_event("ORDER_PAID", kind="Order", pk=17)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        operation()
    assert (Event.objects.count(), enqueued) == (0, [])


def test_an_event_without_subscribers_enqueues_nothing(enqueued):
    record_order_event("CATEGORY_CREATED")
    assert (Event.objects.count(), enqueued) == (1, [])


def test_three_events_of_one_operation_enqueue_one_delivery(enqueued, received):
    with transaction.atomic():
        for kind in ("ORDER_CREATED", "ORDER_PAID", "ORDER_FULLY_PAID"):
            record_event(kind, kind="Order", pk=17)
        assert enqueued == []
    assert enqueued == ["deliver"]


def test_a_broken_queue_fails_no_sale(monkeypatch):
    def broken(*_, **__):
        raise ConnectionError("no broker")

    monkeypatch.undo()
    monkeypatch.setattr(tasks, "deliver", SimpleNamespace(apply_async=broken))
    record_order_event()
    assert Event.objects.get().object_pk == "17"


def test_an_event_stores_its_actor():
    with acting_as(lambda: Actor("User", "5")):
        record_order_event()
    record_order_event()
    assert list(Event.objects.values_list("principal_kind", "principal_pk")) == [("User", "5"), ("", "")]


def test_a_listener_gets_what_its_document_names(received):
    record_order_event("ORDER_PAID")
    record_order_event("ORDER_CREATED")
    tasks.deliver()
    assert received == [{"type": "ORDER_PAID", "pk": "17"}]


def test_a_second_run_delivers_nothing_twice(received):
    record_order_event()
    tasks.deliver()
    tasks.deliver()
    assert len(received) == 1


def test_the_sweep_finds_what_a_crash_left_between_commit_and_enqueueing(received, monkeypatch):
    monkeypatch.setattr(tasks, "enqueue_delivery", lambda: None)  # the process was killed here
    record_order_event()
    tasks.sweep()
    assert [event["pk"] for event in received] == ["17"]


def test_a_crash_while_planning_leaves_the_event_unplanned(received, monkeypatch):
    from store.engine.events import webhook_deliveries

    def killed(event: Event) -> None:
        raise KeyboardInterrupt

    record_order_event()
    with monkeypatch.context() as crash:
        crash.setattr(webhook_deliveries, "_write_deliveries", killed)
        with pytest.raises(KeyboardInterrupt):
            tasks.deliver()
    assert (Event.objects.get().planned_at, EventDelivery.objects.count()) == (None, 0)
    tasks.sweep()
    assert len(received) == 1
