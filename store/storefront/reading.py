"""Guides and inserts as the pages show them: in one language, short."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from store import guidebook


@dataclass(frozen=True, slots=True)
class GuideCard:
    slug: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class InsertCard:
    """`key` is what a buyer acknowledges and what the order line keeps, such as `silicone-cups@1.0`."""

    slug: str
    title: str
    version: str
    key: str
    warnings: Sequence[Any]


def guide_cards(slugs: Iterable[str], lang: str = "en") -> list[GuideCard]:
    """In the order asked; a guide that the shop names and the library has not is left out."""
    known = guidebook.library().guides
    found = (known[slug] for slug in slugs if slug in known)
    return [GuideCard(guide.slug, guide.title(lang), guide.summary(lang)) for guide in found]


def insert_card(slug: str, lang: str = "en") -> InsertCard | None:
    insert = guidebook.library().inserts.get(slug)
    if insert is None:
        return None
    return InsertCard(
        insert.slug,
        insert.title(lang),
        insert.version,
        f"{insert.slug}@{insert.version}",
        insert.summary_statements(lang),
    )


def insert_cards(slugs: Iterable[str], lang: str = "en") -> list[InsertCard]:
    """Each once, in the order asked."""
    cards = (insert_card(slug, lang) for slug in dict.fromkeys(slugs))
    return [card for card in cards if card]
