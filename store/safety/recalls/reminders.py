"""Reminders to buyers who did not answer, some days after the notice left."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from store.mailer import planning
from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan, State
from store.safety.models import Recall, RecallRecipient

AFTER = (timedelta(days=3), timedelta(days=10))
BATCH = planning.PLAN_BATCH


def plan_reminders(recall: Recall) -> int:
    """Plan what is due by now; returns how many. A recall that has ended gets none."""
    return sum(_plan_all(recall, number) for number in range(1, len(AFTER) + 1))


def _plan_all(recall: Recall, number: int) -> int:
    if not _silent(recall, number).exists():
        return 0  # found out without a lock: on SQLite nobody else could write meanwhile
    planned = 0
    while count := _plan_batch(recall, number):
        planned += count
    return planned


def _plan_batch(recall: Recall, number: int) -> int:
    with transaction.atomic(durable=True):
        if Recall.objects.select_for_update().get(pk=recall.pk).state != Recall.State.OPEN:
            return 0
        rows = list(_silent(recall, number)[:BATCH])
        planning.write_plans([_plan(one, number) for one in rows])
        RecallRecipient.objects.filter(pk__in=[one.pk for one in rows]).update(reminders=number)
    return len(rows)


def _silent(recall: Recall, number: int) -> QuerySet[RecallRecipient]:
    """Who was told long enough ago for this reminder and has not answered."""
    told_before = timezone.now() - AFTER[number - 1]
    told = MailPlan.objects.filter(kind=Kind.RECALL, state=State.SENT, sent_at__lt=told_before)
    silent = recall.recipients.filter(answered_at=None, remedied_at=None, reminders=number - 1)
    return silent.filter(plan_key__in=told.values("plan_key")).order_by("pk")


def _plan(recipient: RecallRecipient, number: int) -> MailPlan:
    return MailPlan(
        plan_key=f"{recipient.plan_key}:{number}",
        kind=Kind.RECALL_REMINDER,
        order_id=recipient.order_id,
        order_number=recipient.order_number,
        about=f"{recipient.recall_id}:{recipient.key}",
        recipient=recipient.email,
        locale=recipient.language,
        due_at=timezone.now(),
    )
