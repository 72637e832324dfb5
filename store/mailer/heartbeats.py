"""When each process last did its work, in the database, where every other process and `/healthz` can read it.

A process that only looks alive does not count: a worker beats when it has finished a task, beat when it has published
one, a sweep when it ran. The web process has no work of its own, so a thread of it asks the database.
"""

import logging
import threading
import time
from collections.abc import Callable
from enum import StrEnum

from django.db import connection
from django.utils import timezone

from store.mailer.models import Heartbeat

logger = logging.getLogger(__name__)
MIN_SECONDS = 15.0  # between two records of one process, since a worker may finish hundreds of tasks a second
WEB_SECONDS = 60.0


class Name(StrEnum):
    WEB = "web"
    WORKER = "worker"
    BEAT = "beat"
    SWEEP = "sweep"
    SAFETY_SWEEP = "sweep of safety mail"


_recorded_at: dict[Name, float] = {}


def record(name: Name) -> None:
    """Never raises: a database that is busy or away must not stop the work itself."""
    now = time.monotonic()
    last = _recorded_at.get(name)
    if last is not None and now - last < MIN_SECONDS:
        return
    _recorded_at[name] = now
    values = {"at": timezone.now()} | ({"started_at": timezone.now()} if last is None else {})
    try:
        Heartbeat.objects.update_or_create(name=name, defaults=values)
    except Exception as error:
        logger.warning("the heartbeat of %s could not be written: %s", name, error)


def start_thread(name: Name, also: Callable[[], object]) -> None:
    """Record `name` every WEB_SECONDS and call `also` each time, as long as this process runs."""
    threading.Thread(target=_beat_for_ever, args=(name, also), daemon=True, name=f"heartbeat {name}").start()


def _beat_for_ever(name: Name, also: Callable[[], object]) -> None:
    while True:
        record(name)
        try:
            also()
        except Exception:
            logger.exception("the check beside the heartbeat of %s failed", name)
        connection.close()  # this thread needs it once a minute
        time.sleep(WEB_SECONDS)
