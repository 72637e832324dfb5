"""Celery tasks that deliver events. The database rows are the queue: a lost message delays delivery until the next
sweep, a duplicate does nothing.
"""

import logging
from typing import Any

from celery import shared_task
from django.conf import settings

from store.engine.events import webhook_deliveries

log = logging.getLogger(__name__)
LISTENER_BATCH_SIZE = 20
MESSAGE_EXPIRES_SECONDS = 120  # an older message is of no use: the sweep has run since


def enqueue_delivery() -> None:
    """Enqueue the delivery of new events. Never raises: if the broker is down, the next sweep finds the rows."""
    enqueue(deliver)


def enqueue(task: Any, *arguments: Any) -> None:
    """Never raises; every task enqueued so is also found by a sweep."""
    try:
        task.apply_async(arguments, expires=MESSAGE_EXPIRES_SECONDS, retry=False)
    except Exception as error:  # whatever the broker's client throws
        log.warning("the queue did not take a message (%s); the next sweep delivers", error)


@shared_task(name="events.deliver")  # type: ignore[untyped-decorator]
def deliver() -> None:
    """Plan new events, enqueue one `post` for each webhook delivery, and call the in-process listeners.

    A task for each webhook and a limit for listeners, so that neither a slow receiver nor many listener deliveries
    delay other webhooks.
    """
    while webhook_deliveries.plan():
        pass
    for pk in webhook_deliveries.due(to_listeners=False):
        enqueue(post, pk)
    listener_deliveries = webhook_deliveries.due(to_listeners=True)
    for pk in listener_deliveries[:LISTENER_BATCH_SIZE]:
        webhook_deliveries.attempt(pk)
    if len(listener_deliveries) > LISTENER_BATCH_SIZE:
        enqueue(deliver)  # goes behind the webhook tasks enqueued above


@shared_task(name="events.post", bind=True)  # type: ignore[untyped-decorator]
def post(self: Any, delivery_id: int) -> None:
    webhook_deliveries.attempt(delivery_id, task_id=self.request.id or "")


@shared_task(name="events.sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Deliver what a crash or a lost message left behind, and what is due for a retry."""
    deliver()


@shared_task(name="events.prune")  # type: ignore[untyped-decorator]
def prune() -> None:
    webhook_deliveries.prune()


BEAT = {
    "events-sweep": {"task": "events.sweep", "schedule": settings.SWEEP_SECONDS},
    "events-prune": {"task": "events.prune", "schedule": 24 * 3600.0},
}
