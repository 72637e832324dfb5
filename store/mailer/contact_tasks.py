"""Buyers whom a SAFETY mail did not reach: a list for a person, who calls them or sends the insert by post."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from store.mailer.mail_classes import MailClass
from store.mailer.models import ContactTask, MailPlan

Done = ContactTask.Done


def open_task(plan: MailPlan, reason: str) -> None:
    """Ask a person to tell the buyer, if the mail is a SAFETY mail and nobody is asked already."""
    if plan.mail_class == MailClass.SAFETY:
        ContactTask.objects.get_or_create(plan=plan, closed_at=None, defaults={"reason": reason[:2000]})


def close_reached(plans: Sequence[MailPlan]) -> None:
    """These mails were accepted for another address."""
    tasks = ContactTask.objects.filter(plan__in=plans, closed_at=None)
    tasks.update(closed_at=timezone.now(), done=Done.MAILED)


def close_delivered(plan: MailPlan) -> None:
    """The mail had come back and was delivered after all."""
    tasks = ContactTask.objects.filter(plan=plan, closed_at=None)
    tasks.update(closed_at=timezone.now(), done=Done.OTHER, note="the mail was delivered after all")


def close(task: ContactTask, *, done: str, who: str, note: str = "") -> bool:
    """False, with nothing changed, if it is closed already."""
    values = {"closed_at": timezone.now(), "done": Done(done), "closed_by": who, "note": note[:300]}
    with transaction.atomic(durable=True):
        return bool(ContactTask.objects.filter(pk=task.pk, closed_at=None).update(**values))
