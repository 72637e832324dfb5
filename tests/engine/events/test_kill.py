"""kill -9 at the worst moments, with a real process and a real signal."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from store.engine.events import listeners, tasks
from store.engine.events.models import Event, EventDelivery
from tests.engine.events.conftest import DOCUMENT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]

START = """
import os, signal, django
django.setup()
from django.db import transaction
from dataclasses import replace
from store.engine import ports
from store.engine.events import listeners, record_event, tasks
def kill(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
def record():
    with transaction.atomic():
        record_event("ORDER_PAID", kind="Order", pk=17)
ports.connect(replace(ports.connected(), render_subscription=lambda document, event: {"pk": event.object_pk}))
listeners.unregister("mailer")
"""
AFTER_COMMIT = (
    START + f"listeners.register('test', {DOCUMENT!r}, print)\ntasks.enqueue_delivery = kill\nrecord()"
)
BEFORE_COMMIT = (
    START + "tasks.enqueue_delivery = lambda: None\nwith transaction.atomic():\n    record()\n    kill()"
)
WHILE_DELIVERING = (
    START
    + f"tasks.enqueue_delivery = lambda: None\nlisteners.register('test', {DOCUMENT!r}, kill)\nrecord()\ntasks.deliver()"
)


def run_and_be_killed(script: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the child opens the SQLite file of this test")
    url = f"sqlite:///{connection.settings_dict['NAME']}"
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "store.settings"}
    child = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr


def test_killed_after_the_commit_the_sweep_delivers_it(received):
    run_and_be_killed(AFTER_COMMIT)
    assert received == []
    tasks.sweep()
    assert [event["pk"] for event in received] == ["17"]


def test_killed_before_the_commit_it_never_happened(received):
    run_and_be_killed(BEFORE_COMMIT)
    tasks.sweep()
    assert (received, Event.objects.count()) == ([], 0)


def test_killed_while_delivering_it_is_delivered_again_after_the_lease(received):
    run_and_be_killed(WHILE_DELIVERING)
    listeners.register("test", DOCUMENT, received.append)
    tasks.sweep()
    assert (received, EventDelivery.objects.get().status) == ([], "pending")
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=61)):
        tasks.sweep()
    assert [event["pk"] for event in received] == ["17"]
