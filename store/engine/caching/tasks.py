"""What the worker does for the shop's settings."""

from celery import shared_task

from store.engine.caching import invalidation


@shared_task(name="caching.prune_revisions")  # type: ignore[untyped-decorator]
def prune_revisions() -> int:
    """Keep the table short whose sum every request asks for."""
    return invalidation.prune()


BEAT = {"prune revisions": {"task": "caching.prune_revisions", "schedule": 600.0}}
