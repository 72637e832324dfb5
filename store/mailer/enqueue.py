"""Celery messages that a row is due. If one is lost, the sweep finds the row; a second one finds it claimed."""

import logging

from celery import current_app
from django.db import transaction

from store.mailer.mail_classes import QUEUES, MailClass
from store.mailer.models import MailPlan, State

logger = logging.getLogger(__name__)
EXPIRES_SECONDS = 120  # by then a sweep has found the row


def enqueue_on_commit(plan: MailPlan) -> None:
    """Enqueue the mail after commit if it is due. Never raises: the row is the queue."""
    if plan.state == State.DUE:
        plan_id, queue = plan.pk, QUEUES[MailClass(plan.mail_class)]
        transaction.on_commit(lambda: enqueue_send(plan_id=plan_id, queue=queue), robust=True)


def enqueue_send(*, plan_id: int, queue: str) -> None:
    """Ask a worker to send this mail now. Never raises."""
    send_task("mailer.send_due", plan_id, queue=queue)


def enqueue_ingest(*, event_id: int) -> None:
    """Ask a worker to plan this stored event. Never raises."""
    send_task("mailer.ingest", event_id, queue="default")


def send_task(task: str, *args: int, queue: str) -> None:
    """Ask a worker to run this task now. Never raises: a sweep does the same later."""
    try:
        current_app.send_task(
            task, args=list(args), queue=queue, expires=EXPIRES_SECONDS, ignore_result=True, retry=False
        )
    except Exception as error:  # a broker that is down must not fail a checkout
        logger.warning("not enqueued: %s %s (%s); the next sweep finds the row", task, args, error)
