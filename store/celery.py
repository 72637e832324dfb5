"""The Celery app. Tasks are nudges that carry a row id; the rows are the queue (see store.mailer)."""

import os
from pathlib import Path

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")

app = Celery("store")
app.set_default()  # for every thread: a web server's threads nudge, too
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["store.mailer", "store.engine.events", "store.engine.caching", "store.engine.checkout"]
)


@app.on_after_configure.connect
def make_queue_folders(sender: Celery, **_: object) -> None:
    """kombu's filesystem transport does not make its folders itself."""
    options = sender.conf.broker_transport_options or {}
    for key in ("data_folder_in", "data_folder_out", "control_folder"):
        if key in options:
            Path(options[key]).mkdir(parents=True, exist_ok=True)


@app.on_after_finalize.connect
def set_up_beat(sender: Celery, **_: object) -> None:
    """Each room names what has to happen again and again; wiring is where they meet."""
    from store.wiring import beat_schedule

    sender.conf.beat_schedule = beat_schedule()
