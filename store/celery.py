"""The Celery app. Messages carry a row id only; the database rows are the queue (see store.mailer)."""

import os
from pathlib import Path

from celery import Celery
from celery.signals import beat_init, worker_init

from store.beat_schedule import beat_schedule
from store.deployment import require_safe_deployment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")

app = Celery("store")
app.set_default()  # in every thread: the web server's threads send tasks, too
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["store.mailer", "store.engine.events", "store.engine.caching", "store.engine.checkout"]
)


@app.on_after_configure.connect
def create_queue_folders(sender: Celery, **_: object) -> None:
    """kombu's filesystem transport does not create its folders itself."""
    options = sender.conf.broker_transport_options or {}
    for key in ("data_folder_in", "data_folder_out", "control_folder"):
        if key in options:
            Path(options[key]).mkdir(parents=True, exist_ok=True)


@app.on_after_finalize.connect
def set_beat_schedule(sender: Celery, **_: object) -> None:
    sender.conf.beat_schedule = beat_schedule()


@worker_init.connect
@beat_init.connect
def refuse_unsafe_deployment(**_: object) -> None:
    require_safe_deployment()
