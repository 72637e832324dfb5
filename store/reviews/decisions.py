"""What the merchant does with a review."""

from django.db import transaction
from django.utils import timezone

from store.reviews import published, writing
from store.reviews.models import Review


class ReviewError(Exception):
    """It can't be done; the message says why."""


def decide(pk: int, *, state: Review.State, reason: str, answer: str, seen_at: str, who: str) -> None:
    """Publish or refuse the review, with an answer that shows below it.

    seen_at: `written_at` (ISO) of the words that were read. Raises ReviewError, and then nothing has changed.
    """
    with transaction.atomic(durable=True):
        row = Review.objects.select_for_update().filter(pk=pk).first()
        if row is None:
            raise ReviewError("The writer has deleted this review.")
        if row.written_at.isoformat() != seen_at:
            raise ReviewError("The writer has changed this review meanwhile. Please read it again.")
        _check(row, state, reason, answer)
        was_published = row.state == Review.State.APPROVED
        row.state, row.answer = state, answer
        row.reason = reason if state == Review.State.REFUSED else ""
        row.decided_at, row.decided_by = timezone.now(), who
        row.save()
        if was_published or state == Review.State.APPROVED:
            published.changed()


def _check(row: Review, state: Review.State, reason: str, answer: str) -> None:
    if state == Review.State.REFUSED and not reason:
        raise ReviewError("Please give the reason: the writer reads it.")
    if state == Review.State.APPROVED and row.findings:
        raise ReviewError(
            "This review speaks of health or of something dangerous, which a shop may not publish:"
            f" {row.findings[0][0]} The writer can change it; you can refuse it."
        )
    if claims := writing.check_words(answer):
        raise ReviewError(f"This sentence of your answer may not be published: {claims[0][0]} {claims[0][1]}")
