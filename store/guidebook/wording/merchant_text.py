"""What the lint says of a text that a merchant saves: in the markets that the shop sells to, with a better sentence.

objections(["Eases back pain."], None, lambda: {"US"})   -> [Objection(rule="C9-relief", words="Eases back pain", …)]
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from store.guidebook.languages import LANGUAGES, pick
from store.guidebook.library import library
from store.guidebook.wording.lint import Finding, check

_EUROPE = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO"
EU = frozenset(_EUROPE.split())  # with Iceland, Liechtenstein and Norway, where the same rules hold


@dataclass(frozen=True, slots=True)
class Objection:
    rule: str
    words: str
    sentence: str
    about: str
    markets: tuple[str, ...]
    instead: str


def objections(
    blocks: Sequence[str], language: str | None, countries: Callable[[], Iterable[str]]
) -> list[Objection]:
    """Claims that may not be made where the shop sells; `countries` (ISO 3166) are asked for only when needed.

    A language that the lint does not speak is guessed sentence by sentence, as is a text without one.
    """
    lang = language and pick(language) if _spoken(language) else None
    found = [finding for block in blocks for finding in in_block(block, lang)]
    if not found:
        return []
    markets = markets_of(countries())
    return [_objection(one, markets) for one in found if markets & set(one.markets)]


def markets_of(countries: Iterable[str]) -> frozenset[str]:
    """Where the lint has no rules of its own all of them hold, and so they do for a shop that sells nowhere yet."""
    found = {"US" if c == "US" else "UK" if c == "GB" else "EU" if c in EU else "" for c in countries}
    return frozenset({"US", "UK", "EU"}) if not found or "" in found else frozenset(found)


def _spoken(language: str | None) -> bool:
    return language is not None and language.replace("_", "-").split("-")[0].lower() in LANGUAGES


@lru_cache(maxsize=4096)
def in_block(block: str, lang: str | None) -> tuple[Finding, ...]:
    """Guides share most of their paragraphs: each is read once.

    "Yes, it does." claims what the sentence before it asks: such a finding holds the whole block, so that whoever keeps
    these words keeps them there and nowhere else.
    """
    return tuple(
        one if _says_it_alone(one, lang) else replace(one, sentence=block.strip())
        for one in check(block, None, lang)
    )


def _says_it_alone(finding: Finding, lang: str | None) -> bool:
    return any(one.id == finding.id for one in check(finding.sentence, None, lang))


def _objection(finding: Finding, markets: frozenset[str]) -> Objection:
    found = library()
    claim = found.claims.get(finding.claim)
    instead = [found.statements[id_].text(finding.language) for id_ in claim.instead] if claim else []
    return Objection(
        finding.id,
        finding.words,
        finding.sentence,
        claim.about if claim else "a health claim",
        tuple(market for market in finding.markets if market in markets),
        " ".join(instead),
    )
