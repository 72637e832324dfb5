"""What a buyer says of the recalled pieces and chooses, and that it was done. Nothing else is asked or kept."""

from django.db import transaction
from django.utils import timezone

from store.mailer import contact_tasks
from store.mailer.models import ContactTask
from store.safety.models import RecallRecipient, Whereabouts


class InvalidAnswer(ValueError):
    """An answer that the page does not offer."""


def answer(recipient_id: int, *, whereabouts: str, remedy: str) -> bool:
    """Keep the answer, which may be changed until the remedy was carried out. False, with nothing changed, after that.

    remedy: one of those that the recall offers if the buyer has the pieces; otherwise it is left out. Raises
    InvalidAnswer.
    """
    with transaction.atomic(durable=True):
        recipient = RecallRecipient.objects.select_for_update().get(pk=recipient_id)
        if recipient.remedied_at:
            return False
        if whereabouts not in Whereabouts.values:
            raise InvalidAnswer
        if whereabouts != Whereabouts.HERE:
            remedy = ""
        elif remedy not in recipient.recall.remedies:
            raise InvalidAnswer
        recipient.answered_at = timezone.now()
        recipient.whereabouts, recipient.remedy = whereabouts, remedy
        recipient.save(update_fields=["answered_at", "whereabouts", "remedy"])
    return True


def mark_remedied(recipient_id: int, *, who: str) -> bool:
    """Repaired, replaced or paid back. False if it was noted before."""
    with transaction.atomic(durable=True):
        return bool(
            RecallRecipient.objects.filter(pk=recipient_id, remedied_at=None).update(
                remedied_at=timezone.now(), remedied_by=who
            )
        )


def mark_posted(recipient_id: int, *, who: str) -> bool:
    """The letter was posted; closes what asks a person to tell this buyer. False if it was noted before."""
    with transaction.atomic(durable=True):
        changed = RecallRecipient.objects.filter(pk=recipient_id, posted_at=None).update(
            posted_at=timezone.now()
        )
    if not changed:
        return False
    recipient = RecallRecipient.objects.get(pk=recipient_id)
    for task in ContactTask.objects.filter(plan__plan_key=recipient.plan_key, closed_at=None):
        contact_tasks.close(task, done=ContactTask.Done.POSTED, who=who)
    return True
