"""Celery beat as a thread of a worker: `celery worker --with-beat`, for a shop that runs on one machine.

As a process of its own, beat is one more Django of a hundred megabytes that sleeps. Celery's own `--beat` forks it, and
the fork outlives a worker that is killed, so that after the restart there would be two.
"""

import logging
import threading
from typing import Any

from celery import Celery, bootsteps
from celery.beat import Service
from click import Option

logger = logging.getLogger(__name__)
MAX_SLEEP = 1  # seconds between two looks at the schedule, so that the worker ends soon after it is asked to
PAUSE_AFTER_ERROR = 10.0  # seconds


class BeatThread(threading.Thread):
    """Publishes the tasks of `app.conf.beat_schedule` until `stop`. An error, such as a full disk, does not end it."""

    def __init__(self, app: Celery, schedule_filename: str) -> None:
        super().__init__(name="beat", daemon=True)
        self.app = app
        self.schedule_filename = schedule_filename
        self.stopping = threading.Event()
        self.service: Service | None = None

    def run(self) -> None:
        self.app.set_current()
        while not self.stopping.is_set():
            self.service = Service(
                self.app,
                max_interval=MAX_SLEEP,
                schedule_filename=self.schedule_filename,
                remote_control=False,
            )
            try:
                self.service.start()
            except Exception:
                logger.exception("beat failed; it starts again in %.0f s", PAUSE_AFTER_ERROR)
                self.stopping.wait(PAUSE_AFTER_ERROR)

    def stop(self) -> None:
        self.stopping.set()
        if self.service:
            self.service.stop()
        self.join(timeout=5)


class BeatStep(bootsteps.StartStopStep):
    """Starts and stops the thread with its worker."""

    def __init__(self, worker: Any, with_beat: bool = False, **options: Any) -> None:
        super().__init__(worker, **options)
        self.enabled = with_beat

    def create(self, worker: Any) -> BeatThread:
        return BeatThread(worker.app, worker.app.conf.beat_schedule_filename)


def add_to(app: Celery) -> None:
    """Give the workers of this app the option."""
    app.user_options["worker"].add(
        Option(("--with-beat",), is_flag=True, help="Publish the periodic tasks, too.")
    )
    app.steps["worker"].add(BeatStep)
