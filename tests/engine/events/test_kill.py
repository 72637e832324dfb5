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
from store.engine.events import deliveries, listeners, record, rendering, tasks
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
def happen():
    with transaction.atomic():
        record("ORDER_PAID", kind="Order", pk=17)
rendering.use(lambda document, event: {"pk": event.object_pk})
listeners.forget("mailer")
"""
AFTER_COMMIT = START + f"listeners.register('ear', {DOCUMENT!r}, print)\ntasks.nudge = die\nhappen()"
BEFORE_COMMIT = START + "tasks.nudge = lambda: None\nwith transaction.atomic():\n    happen()\n    die()"
WHILE_TELLING = (
    START
    + f"tasks.nudge = lambda: None\nlisteners.register('ear', {DOCUMENT!r}, die)\nhappen()\ntasks.deliver()"
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


def test_killed_after_the_commit_the_sweep_tells_it(heard):
    run_and_be_killed(AFTER_COMMIT)
    assert heard == []
    tasks.sweep()
    assert [event["pk"] for event in heard] == ["17"]


def test_killed_before_the_commit_it_never_happened(heard):
    run_and_be_killed(BEFORE_COMMIT)
    tasks.sweep()
    assert (heard, Event.objects.count()) == ([], 0)


def test_killed_while_telling_it_is_told_again_after_the_lease(heard):
    run_and_be_killed(WHILE_TELLING)
    listeners.register("ear", DOCUMENT, heard.append)
    tasks.sweep()
    assert (heard, EventDelivery.objects.get().status) == ([], "pending")
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=61)):
        tasks.sweep()
    assert [event["pk"] for event in heard] == ["17"]
