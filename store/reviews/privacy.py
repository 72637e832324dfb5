"""The reviews of an address in whichever shop, also one that was moved away from, for the owner of the address."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from store.mailer.suppressions import address_hashes
from store.reviews import published
from store.reviews.models import Review

EXPORTED = (
    "order_number",
    "product_name",
    "variant_name",
    "language",
    "name",
    "rating",
    "text",
    "state",
    "reason",
)


def export(email: str) -> list[dict[str, Any]]:
    return [
        {name: getattr(row, name) for name in (*EXPORTED, "answer")}
        | {"written_at": row.written_at.isoformat()}
        for row in _of(email)
    ]


def forget(email: str) -> int:
    """Delete all reviews of the address; returns how many. Joins the caller's transaction if there is one."""
    with transaction.atomic():
        deleted, _ = _of(email).delete()
        if deleted:
            published.changed()
    return deleted


def _of(email: str) -> QuerySet[Review]:
    return Review.objects.filter(address_hash__in=address_hashes(email))
