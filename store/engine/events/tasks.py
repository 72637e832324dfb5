"""Nudges. The rows are the queue: a lost message costs one sweep at most, a second one nothing."""

import logging
from typing import Any

from celery import shared_task
from django.conf import settings

from store.engine.events import webhook_deliveries

log = logging.getLogger(__name__)
AT_ONCE = 20
EXPIRES_SECONDS = 120  # an old nudge is worth nothing: the sweep has been by since


def nudge() -> None:
    """Wake a worker. A dead queue fails nobody's sale: the next sweep finds the rows."""
    _send(deliver)


def _send(task: Any, *arguments: Any) -> None:
    try:
        task.apply_async(arguments, expires=EXPIRES_SECONDS, retry=False)
    except Exception as error:  # whatever the broker's client throws
        log.warning("the queue did not take a nudge (%s); the next sweep delivers", error)


@shared_task(name="events.deliver")  # type: ignore[untyped-decorator]
def deliver() -> None:
    """Right after a commit: plan, send each webhook on its own way, tell the listeners in the house.

    Neither a slow receiver nor a heap of news for the house holds up the webhooks of others.
    """
    while webhook_deliveries.plan():
        pass
    for pk in webhook_deliveries.due(inside=False):
        _send(post, pk)
    told = webhook_deliveries.due(inside=True)
    for pk in told[:AT_ONCE]:
        webhook_deliveries.attempt(pk)
    if len(told) > AT_ONCE:
        _send(deliver)  # behind the webhooks that wait by now


@shared_task(name="events.post", bind=True)  # type: ignore[untyped-decorator]
def post(self: Any, delivery_id: int) -> None:
    webhook_deliveries.attempt(delivery_id, task_id=self.request.id or "")


@shared_task(name="events.sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """What a crash or a lost message left behind, and what waits for its next try."""
    deliver()


@shared_task(name="events.prune")  # type: ignore[untyped-decorator]
def prune() -> None:
    webhook_deliveries.prune()


BEAT = {
    "events-sweep": {"task": "events.sweep", "schedule": settings.SWEEP_SECONDS},
    "events-prune": {"task": "events.prune", "schedule": 24 * 3600.0},
}
