"""Nudges. The rows are the queue: losing a message costs at most one sweep, running one twice costs nothing."""

from typing import Any

from celery import shared_task
from django.conf import settings

from store.engine.hooks import deliveries


@shared_task(name="hooks.deliver")
def deliver() -> None:
    """Right after a commit: plan, tell the listeners in the house, send each webhook on its own way."""
    while deliveries.plan():
        pass
    for delivery in deliveries.due():
        if delivery.webhook_id:
            post.delay(delivery.pk)  # a slow receiver must not hold up the others
        else:
            deliveries.attempt(delivery.pk)


@shared_task(name="hooks.post", bind=True)
def post(self: Any, delivery_id: int) -> None:
    deliveries.attempt(delivery_id, task_id=self.request.id or "")


@shared_task(name="hooks.sweep")
def sweep() -> None:
    """What a crash or a lost message left behind, and what waits for its next try."""
    deliver()


@shared_task(name="hooks.prune")
def prune() -> None:
    deliveries.prune()


BEAT = {
    "hooks-sweep": {"task": "hooks.sweep", "schedule": settings.SWEEP_SECONDS},
    "hooks-prune": {"task": "hooks.prune", "schedule": 24 * 3600.0},
}
