"""Beat as a thread of the worker: it publishes what is due, goes on after an error, and ends when it is asked to."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery
from celery.signals import after_task_publish, beat_init

from store import beat_thread
from store.beat_thread import BeatThread


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Celery:
    """An app of its own with one task that is always due, and a broker in memory."""
    monkeypatch.setattr(beat_init, "receivers", [])  # those of the shop write its heartbeat
    monkeypatch.setattr(beat_thread, "PAUSE_AFTER_ERROR", 0.05)
    app = Celery("test", broker="memory://", set_as_current=False)
    app.conf.beat_schedule = {"look": {"task": "look", "schedule": 0.01}}
    return app


@pytest.fixture
def published() -> Iterator[list[str]]:
    """Names of the tasks that were published."""
    names: list[str] = []

    def note(sender: str = "", **_: object) -> None:
        names.append(sender)

    after_task_publish.connect(note)
    yield names
    after_task_publish.disconnect(note)


def wait_for(found: list[str]) -> None:
    deadline = time.monotonic() + 20
    while not found and time.monotonic() < deadline:
        time.sleep(0.01)


def test_it_publishes_until_it_is_stopped(app: Celery, published: list[str], tmp_path: Path) -> None:
    thread = BeatThread(app, str(tmp_path / "schedule"))
    thread.start()
    wait_for(published)
    thread.stop()
    assert (published[0], thread.is_alive()) == ("look", False)


def test_a_schedule_file_that_can_not_be_opened_does_not_end_it(
    app: Celery, published: list[str], tmp_path: Path
) -> None:
    thread = BeatThread(app, str(tmp_path / "missing" / "schedule"))
    thread.start()
    time.sleep(0.2)
    assert (published, thread.is_alive()) == ([], True)
    (tmp_path / "missing").mkdir()
    wait_for(published)
    thread.stop()
    assert (published[0], thread.is_alive()) == ("look", False)
