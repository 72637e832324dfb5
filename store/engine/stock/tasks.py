"""Celery tasks of stock. The database rows are the queue; beat only starts the tasks."""

from celery import shared_task
from django.conf import settings

from store.engine.stock import import_journal


@shared_task(name="stock.finish_imports")  # type: ignore[untyped-decorator]
def finish_imports() -> int:
    """Finish imports whose process was killed in the middle."""
    return import_journal.finish_interrupted()


BEAT = {"finish imports": {"task": "stock.finish_imports", "schedule": settings.SWEEP_SECONDS}}
