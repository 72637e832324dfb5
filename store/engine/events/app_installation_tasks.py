"""Celery tasks that install apps; the database rows are the queue, as in `tasks`."""

from celery import shared_task
from django.conf import settings

from store.engine.events import app_installations, tasks


def enqueue(pk: int) -> None:
    """Never raises: if the broker is down, the next sweep finds the row."""
    tasks.enqueue(install, pk)


@shared_task(name="events.install")  # type: ignore[untyped-decorator]
def install(installation_id: int) -> None:
    app_installations.run(installation_id)


@shared_task(name="events.sweep_installations")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Enqueue what a crash or a lost message left behind."""
    for pk in app_installations.due():
        enqueue(pk)


BEAT = {
    "app-installations-sweep": {
        "task": "events.sweep_installations",
        "schedule": settings.SWEEP_SECONDS,
    }
}
