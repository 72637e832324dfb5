"""The reviews of an address, for its owner."""

from typing import Any

from django.db import transaction

from store.mailer.shops import current_shop
from store.mailer.suppressions import address_hash
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
    rows = Review.objects.filter(shop=current_shop(), address_hash=address_hash(email))
    return [
        {name: getattr(row, name) for name in (*EXPORTED, "answer")}
        | {"written_at": row.written_at.isoformat()}
        for row in rows
    ]


def forget(email: str) -> int:
    """Delete all reviews of the address; returns how many."""
    with transaction.atomic(durable=True):
        deleted, _ = Review.objects.filter(shop=current_shop(), address_hash=address_hash(email)).delete()
        if deleted:
            published.changed()
    return deleted
