"""The Celery app. Messages carry a row id only; the database rows are the queue (see store.mailer)."""

import os
import threading
from pathlib import Path
from typing import Any

from celery import Celery
from celery.concurrency.thread import TaskPool as ThreadPool
from celery.signals import (
    after_task_publish,
    beat_init,
    task_postrun,
    worker_init,
    worker_ready,
    worker_shutting_down,
)

from store import beat_thread, garbage_collection, message_files
from store.beat_schedule import beat_schedule
from store.deployment import require_safe_deployment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")
# Django's system checks load the code of every page, which worker and beat never run: twenty megabytes and half a
# second each. `manage.py run`, `migrate` and `check` run them.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

message_files.register()
app = Celery("store")
beat_thread.add_to(app)
app.set_default()  # in every thread: the web server's threads send tasks, too
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "store.mailer",
        "store.back_in_stock",
        "store.safety",
        "store.engine.events",
        "store.engine.caching",
        "store.engine.checkout",
    ]
)
app.autodiscover_tasks(["store.engine.events"], related_name="app_installation_tasks")


@app.on_after_configure.connect
def create_queue_folders(sender: Celery, **_: object) -> None:
    """The transport does not create its folders itself (store.message_files)."""
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


@beat_init.connect
def record_heartbeat_of_beat(**_: object) -> None:
    """Beat works when its thread publishes; a task that another thread or process sends says nothing about beat."""
    from django.db import connection

    from store.mailer import heartbeats

    beat = threading.get_ident()

    def record(**_: object) -> None:
        if threading.get_ident() == beat:
            heartbeats.record(heartbeats.Name.BEAT)
            connection.close()  # used so rarely that a restart of the database would break it unseen

    after_task_publish.connect(record, weak=False, dispatch_uid="heartbeat of beat")


@worker_ready.connect
@task_postrun.connect
def record_heartbeat_of_worker(**_: object) -> None:
    from store.mailer import heartbeats

    heartbeats.record(heartbeats.Name.WORKER)


@worker_ready.connect
def start_sender_threads(sender: Any, **_: object) -> None:
    """Only in a worker of threads: processes would be forked from it, and a single thread sends itself."""
    from store.mailer import sender_threads

    if isinstance(sender.pool, ThreadPool):
        sender_threads.start()


@worker_ready.connect
def make_inserts_ready(**_: object) -> None:
    from store.guidebook import pdfs_ahead

    threading.Thread(target=pdfs_ahead.build_later, name="inserts", daemon=True).start()


@worker_ready.connect
def look_for_garbage_often(**_: object) -> None:
    garbage_collection.keep_what_is_loaded()


@worker_shutting_down.connect
def stop_sender_threads(**_: object) -> None:
    from store.mailer import sender_threads

    sender_threads.stop()


@worker_ready.connect
def sweep_at_once(**_: object) -> None:
    """A worker that starts does not wait for beat: what became due while none ran leaves now."""
    for name in ("mailer.sweep.safety", "mailer.sweep"):
        entry = beat_schedule()[name]
        options = entry.get("options", {})
        app.send_task(entry["task"], kwargs=entry.get("kwargs"), **options)
