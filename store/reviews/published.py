"""What pages show of the reviews. A page that showed some holds until the next change of what is published.

The averages of all products are kept in the process by the revision, so that a list costs one small question.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import Avg, Count, F, QuerySet

from store.mailer.shops import current_shop
from store.reviews.models import Review, Revision
from store.saleor import validity

MOST_SHOWN = 30  # of a product, the newest


@dataclass(frozen=True, slots=True)
class Rating:
    """`average`: 1.0 to 5.0."""

    average: float
    count: int


@dataclass(frozen=True, slots=True)
class UntilNextReview:
    """A `store.saleor.validity.Validity`."""

    revision: int

    def holds_until(self) -> float | None:
        try:
            return validity.UNTIL_WRITTEN if read_revision() == self.revision else None
        except DatabaseError:
            return time.time()  # it may hold; it is asked again


_ratings: tuple[tuple[str, int], Mapping[str, Rating]] = (("", -1), {})


def read_revision() -> int:
    return Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def changed() -> None:
    """In the transaction that changes what is published, after the review: all lock the two in this order."""
    Revision.objects.get_or_create(pk=1)
    Revision.objects.filter(pk=1).update(number=F("number") + 1)


def ratings() -> Mapping[str, Rating]:
    """By product slug, of products with reviews. None at all while the database does not answer."""
    global _ratings  # noqa: PLW0603 - of this process
    try:
        revision = read_revision()
        validity.record(UntilNextReview(revision))
        key = (current_shop(), revision)
        if _ratings[0] != key:
            _ratings = (key, _read_ratings() if revision else {})
        return _ratings[1]
    except DatabaseError:  # a shop elsewhere answers on: the page goes without reviews, and is not kept
        validity.record(None)
        return {}


def _read_ratings() -> Mapping[str, Rating]:
    rows = _published().order_by().values("product_slug").annotate(average=Avg("rating"), count=Count("pk"))
    return {row["product_slug"]: Rating(row["average"], row["count"]) for row in rows}


def reviews_of(slug: str) -> Sequence[Review]:
    """The newest MOST_SHOWN. Asked only for a product that `ratings` names, it costs most products nothing."""
    return list(_published().filter(product_slug=slug)[:MOST_SHOWN])


def _published() -> QuerySet[Review]:
    return Review.objects.filter(shop=current_shop(), state=Review.State.APPROVED)
