"""Stores what a buyer wrote. Nothing of it shows before a person has read it."""

from dataclasses import dataclass

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
    findings = check_words(words.text, words.name, language=words.language)
    with transaction.atomic(durable=True):
        before = Review.objects.select_for_update().filter(shop=current_shop(), line_id=line.line_id).first()
        row = before or Review(line_id=line.line_id)
        if before and _is_same(before, words):
            return before
        if row.state == Review.State.APPROVED:
            published.changed()
        row.order_id, row.order_number = line.order_id, line.order_number
        row.product_slug, row.product_name = line.product_slug, line.product_name[:250]
        row.variant_name, row.address_hash = line.variant_name[:250], address_hash(line.email)
        row.rating, row.text, row.name, row.language = words.rating, words.text, words.name, words.language
        row.findings, row.state, row.reason = findings, Review.State.WAITING, ""
        row.written_at, row.decided_at, row.decided_by = timezone.now(), None, ""
        row.save()
    return row


def _is_same(row: Review, words: Words) -> bool:
    return (row.rating, row.text, row.name) == (words.rating, words.text, words.name)


def check_words(*texts: str, language: str) -> list[list[str]]:
    """[[sentence, reason]] of all claims and hazards, in whichever market they are forbidden."""
    blocks = [block.strip() for text in texts for block in text.splitlines() if block.strip()]
    found = find_claims(blocks, language, lambda: ())
    return [[one.sentence, one.about] for one in found]


def delete(line_id: str) -> None:
    """Of the writer's own will."""
    with transaction.atomic(durable=True):
        rows = Review.objects.filter(shop=current_shop(), line_id=line_id)
        if rows.filter(state=Review.State.APPROVED).exists():
            published.changed()
        rows.delete()
