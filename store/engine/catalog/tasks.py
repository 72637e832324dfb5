"""Celery task that makes thumbnails ahead of the first visitor."""

from celery import shared_task
from django.conf import settings

from store.engine.catalog import thumbnail_sweep

SECONDS = 5.0  # of a worker's thread at a time, so that mails never wait long behind pictures


@shared_task(name="catalog.make_thumbnails")  # type: ignore[untyped-decorator]
def make_thumbnails() -> int:
    return thumbnail_sweep.sweep(SECONDS)


BEAT = {"make thumbnails": {"task": "catalog.make_thumbnails", "schedule": settings.SWEEP_SECONDS}}
