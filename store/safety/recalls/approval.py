"""From draft to open recall: two people, neither of whom can do it alone. Each step locks the recall and reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from store.mailer import enqueue
from store.mailer.mail_classes import QUEUES, MailClass
from store.safety import lots
from store.safety.models import Recall, RecallEvent
from store.safety.recalls.requirements import missing

State, Kind = Recall.State, RecallEvent.Kind
SCAN_TASK = "safety.continue_recalls"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff: primary key as text, and the name to show."""

    id: str
    name: str


class RecallError(ValueError):
    """Why the step can't be taken, as a sentence for the merchant."""


def record_change(recall: Recall, person: Person) -> None:
    """Whoever changed the words of a recall can't approve it. Inside the caller's transaction."""
    _record(recall, Kind.WRITTEN, person)


def submit(recall_id: int, person: Person) -> None:
    """Ask for a second person. Raises RecallError, with nothing changed, if something is missing."""
    with transaction.atomic(durable=True):
        recall = _lock(recall_id, State.DRAFT)
        _require_complete(recall)
        recall.state, recall.submitted_at = State.SUBMITTED, timezone.now()
        recall.save(update_fields=["state", "submitted_at"])
        _record(recall, Kind.SUBMITTED, person)


def send_back(recall_id: int, person: Person, *, note: str) -> None:
    """Make it a draft again, so that it can be changed. Raises RecallError."""
    with transaction.atomic(durable=True):
        recall = _lock(recall_id, State.SUBMITTED)
        recall.state, recall.submitted_at = State.DRAFT, None
        recall.save(update_fields=["state", "submitted_at"])
        _record(recall, Kind.RETURNED, person, note)


def approve(recall_id: int, person: Person, *, seen: datetime) -> None:
    """Open the recall: its lots may not be sent any more, and its buyers are told.

    seen: when the version that this person has read was submitted. Raises RecallError, with nothing changed, for
    somebody who wrote or submitted it, and if it was changed or approved since.
    """
    with transaction.atomic(durable=True):
        recall = _lock(recall_id, State.SUBMITTED)
        if recall.submitted_at != seen:
            raise RecallError("It was changed since you opened this page. Please read it again.")
        if person.id in authors(recall):
            raise RecallError("Somebody else has to approve it: you wrote or submitted it.")
        _require_complete(recall)
        _block_lots(recall, person)
        recall.state, recall.approved_at = State.OPEN, timezone.now()
        recall.save(update_fields=["state", "approved_at"])
        _record(recall, Kind.APPROVED, person)
        transaction.on_commit(
            lambda: enqueue.send_task(SCAN_TASK, queue=QUEUES[MailClass.SAFETY]), robust=True
        )


def close(recall_id: int, person: Person, *, note: str) -> None:
    """End it: no more reminders. Its lots stay blocked, its page and its answers stay. Raises RecallError."""
    if not note.strip():
        raise RecallError("Write why it ends.")
    with transaction.atomic(durable=True):
        recall = _lock(recall_id, State.OPEN)
        recall.state, recall.closed_at = State.CLOSED, timezone.now()
        recall.save(update_fields=["state", "closed_at"])
        _record(recall, Kind.CLOSED, person, note.strip())


def authors(recall: Recall) -> set[str]:
    """The ids of those who wrote or submitted it."""
    own = recall.events.filter(kind__in=(Kind.WRITTEN, Kind.SUBMITTED))
    return set(own.values_list("person_id", flat=True))


def _lock(recall_id: int, state: Recall.State) -> Recall:
    recall = Recall.objects.select_for_update().filter(pk=recall_id).first()
    if recall is None:
        raise RecallError("There is no such recall.")
    if recall.state != state:
        raise RecallError(f"It is in another state by now: {recall.get_state_display()}.")
    return recall


def _require_complete(recall: Recall) -> None:
    if problems := missing(recall):
        raise RecallError(" ".join(problems))


def _block_lots(recall: Recall, person: Person) -> None:
    for item in recall.items.order_by("sku", "lot_code"):
        lots.block(sku=item.sku, code=item.lot_code, why=f"recall {recall.pk}", who=person.name)


def _record(recall: Recall, kind: RecallEvent.Kind, person: Person, note: str = "") -> None:
    RecallEvent.objects.create(
        recall=recall, kind=kind, person_id=person.id, person=person.name, note=note[:500]
    )
