"""Celery task that prunes the table of revisions."""

from celery import shared_task

from store.engine.caching import invalidation


@shared_task(name="caching.prune_revisions")  # type: ignore[untyped-decorator]
def prune_revisions() -> int:
    """Keep the table short: every request reads its sum. Returns how many rows were deleted."""
    return invalidation.prune()


BEAT = {"prune revisions": {"task": "caching.prune_revisions", "schedule": 600.0}}
