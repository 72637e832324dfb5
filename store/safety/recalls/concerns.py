"""Recalls that need a person, for the desk's first page and /healthz."""

from collections.abc import Sequence

from store.mailer.health import Concern
from store.safety.models import Recall, RecallRecipient


def concerns() -> Sequence[Concern]:
    """For the desk: what somebody has to do, and the recalls that are open."""
    open_recalls = Concern(
        "open_recalls",
        "Open recalls",
        "See how far they have reached. End one when nothing is left to do.",
        Recall.objects.filter(state=Recall.State.OPEN),
    )
    return (*needs_a_person(), open_recalls)


def needs_a_person() -> Sequence[Concern]:
    return (
        Concern(
            "recalls_to_approve",
            "Recalls that wait for a second person",
            "Somebody who did not write it reads it in all languages, then approves it or sends it back.",
            Recall.objects.filter(state=Recall.State.SUBMITTED),
        ),
        Concern(
            "recall_remedies",
            "Buyers who chose a remedy",
            "Repair, replace or pay back, then note it.",
            RecallRecipient.objects.filter(remedied_at=None).exclude(remedy=""),
        ),
    )
