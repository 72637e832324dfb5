"""What the worker does for the shop's settings."""

from celery import shared_task

from store.engine.shop import revision


@shared_task(name="shop.prune_revisions")  # type: ignore[untyped-decorator]
def prune_revisions() -> int:
    """Keep the table short whose sum every request asks for."""
    return revision.prune()


BEAT = {"prune revisions": {"task": "shop.prune_revisions", "schedule": 600.0}}
