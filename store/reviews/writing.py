"""Stores what a buyer wrote. Nothing of it shows before a person has read it."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from store.guidebook.wording.merchant_text import find_claims
from store.mailer.shops import current_shop
from store.mailer.suppressions import address_hash
from store.reviews import published
from store.reviews.models import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class BoughtLine:
    """The line of an order, with the names as its buyer reads them; `email`: of the order."""

    order_id: str
    order_number: str
    line_id: str
    product_slug: str
    product_name: str
    variant_name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`rating`: 1 to 5; `name`: as the writer wants to be called, "" for none; `language`: of the page."""

    rating: int
    text: str
    name: str
    language: str


def find(line_id: str) -> Review | None:
    return Review.objects.filter(shop=current_shop(), line_id=line_id).first()


def write(line: BoughtLine, words: Words) -> Review:
    """Store the review, or change the one of this line. A changed one is read again before it shows."""
    values = _values(line, words)
    with transaction.atomic(durable=True):
        row, is_new = Review.objects.select_for_update().get_or_create(
            shop=current_shop(), line_id=line.line_id, defaults=values
        )
        if is_new or _is_same(row, words):
            return row
        was_published = row.state == Review.State.APPROVED
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        if was_published:
            published.changed()
    return row


def _values(line: BoughtLine, words: Words) -> dict[str, Any]:
    return {
        "order_id": line.order_id,
        "order_number": line.order_number,
        "product_slug": line.product_slug,
        "product_name": line.product_name[:250],
        "variant_name": line.variant_name[:250],
        "address_hash": address_hash(line.email),
        "rating": words.rating,
        "text": words.text,
        "name": words.name,
        "language": words.language,
        "findings": check_words(words.text, words.name),
        "state": Review.State.WAITING,
        "reason": "",
        "written_at": timezone.now(),
        "decided_at": None,
        "decided_by": "",
    }


def _is_same(row: Review, words: Words) -> bool:
    return (row.rating, row.text, row.name) == (words.rating, words.text, words.name)


def check_words(*texts: str) -> list[list[str]]:
    """[[sentence, reason]] of all claims and hazards, in whichever market they are forbidden.

    The language of each sentence is guessed: people write in another one than that of the page.
    """
    blocks = [block.strip() for text in texts for block in text.splitlines() if block.strip()]
    found = find_claims(blocks, None, lambda: ())
    return [[one.sentence, one.about] for one in found]


def delete(line_id: str) -> None:
    """Of the writer's own will, or the merchant's."""
    with transaction.atomic(durable=True):
        row = Review.objects.select_for_update().filter(shop=current_shop(), line_id=line_id).first()
        if row is None:
            return
        row.delete()
        if row.state == Review.State.APPROVED:
            published.changed()
