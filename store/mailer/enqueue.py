"""A word to the workers that a row is due. Lost, the sweeper finds the row; doubled, the claim decides."""

import logging

from celery import current_app
from django.db import transaction

from store.mailer.mail_kinds import QUEUES, MailClass
from store.mailer.models import MailPlan, State

logger = logging.getLogger(__name__)
EXPIRES_SECONDS = 120  # an old nudge is worth nothing: the sweeper has been by since


def send_later(plan: MailPlan) -> None:
    """Nudge when this transaction is through. Never fails: the row is what counts."""
    if plan.state == State.DUE:
        plan_id, queue = plan.pk, QUEUES[MailClass(plan.mail_class)]
        transaction.on_commit(lambda: nudge(plan_id=plan_id, queue=queue), robust=True)


def nudge(*, plan_id: int, queue: str) -> None:
    _tell("mailer.send_due", plan_id, queue)


def ingest(*, event_id: int) -> None:
    _tell("mailer.ingest", event_id, "default")


def _tell(task: str, row_id: int, queue: str) -> None:
    try:
        current_app.send_task(
            task, args=[row_id], queue=queue, expires=EXPIRES_SECONDS, ignore_result=True, retry=False
        )
    except Exception as error:  # a broker that is down must not fail a checkout
        logger.warning("no nudge for %s %s (%s); the next sweep finds the row", task, row_id, error)
