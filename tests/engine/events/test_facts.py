from types import SimpleNamespace

import pytest
from django.db import transaction

from store.engine.events import record, tasks
from store.engine.events.current_actor import Principal, acting_as
from store.engine.events.models import Event, EventDelivery
from store.engine.events.outbox import OutsideTransaction
from tests.engine.events.conftest import happened

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_fact_needs_the_transaction_that_makes_it_true():
    with pytest.raises(OutsideTransaction):
        record("ORDER_PAID", kind="Order", pk=17)
    assert Event.objects.count() == 0


def test_a_fact_of_a_failed_operation_never_happened(nudges):
    def operation():
        with transaction.atomic():
            record("ORDER_PAID", kind="Order", pk=17)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        operation()
    assert (Event.objects.count(), nudges) == (0, [])


def test_what_nobody_waits_for_wakes_nobody(nudges):
    happened("CATEGORY_CREATED")
    assert (Event.objects.count(), nudges) == (1, [])


def test_three_facts_of_one_operation_send_one_nudge(nudges, heard):
    with transaction.atomic():
        for kind in ("ORDER_CREATED", "ORDER_PAID", "ORDER_FULLY_PAID"):
            record(kind, kind="Order", pk=17)
        assert nudges == []
    assert nudges == ["deliver"]


def test_a_broken_queue_fails_no_sale(monkeypatch):
    def broken(*_, **__):
        raise ConnectionError("no broker")

    monkeypatch.undo()
    monkeypatch.setattr(tasks, "deliver", SimpleNamespace(apply_async=broken))
    happened()
    assert Event.objects.get().object_pk == "17"


def test_a_fact_remembers_who_did_it():
    with acting_as(lambda: Principal("User", "5")):
        happened()
    happened()
    assert list(Event.objects.values_list("principal_kind", "principal_pk")) == [("User", "5"), ("", "")]


def test_a_listener_gets_what_its_document_names(heard):
    happened("ORDER_PAID")
    happened("ORDER_CREATED")
    tasks.deliver()
    assert heard == [{"type": "ORDER_PAID", "pk": "17"}]


def test_a_second_delivery_tells_nothing_twice(heard):
    happened()
    tasks.deliver()
    tasks.deliver()
    assert len(heard) == 1


def test_the_sweep_finds_what_a_crash_left_between_commit_and_nudge(heard, monkeypatch):
    monkeypatch.setattr(tasks, "nudge", lambda: None)  # the process was killed here
    happened()
    tasks.sweep()
    assert [event["pk"] for event in heard] == ["17"]


def test_a_crash_while_planning_leaves_the_fact_unplanned(heard, monkeypatch):
    from store.engine.events import webhook_deliveries

    def killed(event: Event) -> None:
        raise KeyboardInterrupt

    happened()
    with monkeypatch.context() as crash:
        crash.setattr(webhook_deliveries, "_write_deliveries", killed)
        with pytest.raises(KeyboardInterrupt):
            tasks.deliver()
    assert (Event.objects.get().planned_at, EventDelivery.objects.count()) == (None, 0)
    tasks.sweep()
    assert len(heard) == 1
