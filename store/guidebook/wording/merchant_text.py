"""Lints a text that a merchant saves, for the markets the shop sells to, and suggests another sentence.

find_claims(["Eases back pain."], None, lambda: {"US"})   -> [ClaimFinding(rule="C9-relief", …)]
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from store.guidebook.languages import LANGUAGES, supported_language
from store.guidebook.library import library
from store.guidebook.wording.bounded_cache import cache_of_short_texts
from store.guidebook.wording.lexicon import MARKETS, common_words
from store.guidebook.wording.lint import Finding, check
from store.guidebook.wording.sentences import split_sentences
from store.guidebook.wording.unread_text import has_words, is_in_other_language

_EUROPE = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO"
EU = frozenset(_EUROPE.split())  # plus Iceland, Liechtenstein and Norway, where the same rules apply


@dataclass(frozen=True, slots=True)
class ClaimFinding:
    """A claim or hazard, the reason (`about`), the shop's markets that forbid it, and a permitted sentence or ""."""

    rule: str
    words: str
    sentence: str
    about: str
    markets: tuple[str, ...]
    instead: str


def find_claims(
    blocks: Sequence[str], language: str | None, countries: Callable[[], Iterable[str]]
) -> list[ClaimFinding]:
    """Claims and hazards in `blocks` (one paragraph each) that may not be published where the shop sells.

    `language` is a locale code; if it is None or unsupported, the language is guessed per sentence. A block with a
    sentence in a language that the lint has no rules for is a finding as a whole, and so is every block when `language`
    is such a one. `countries` returns ISO 3166 codes and is called only if there is a finding: it costs a query.
    """
    lang = language and supported_language(language) if _is_supported(language) else None
    is_unread = language is not None and lang is None
    findings = [finding for block in blocks for finding in check_block(block, lang)]
    findings += [
        Finding("T2-language", block.strip(), block.strip(), 1, LANGUAGES[0], MARKETS)
        for block in blocks
        if has_words(block) and (is_unread or _has_other_language(block))
    ]
    if not findings:
        return []
    markets = markets_for(countries())
    return [_claim_finding(finding, markets) for finding in findings if markets & set(finding.markets)]


def _has_other_language(block: str) -> bool:
    return any(is_in_other_language(sentence, common_words()) for sentence in split_sentences(block))


def markets_for(countries: Iterable[str]) -> frozenset[str]:
    """The markets of these countries. All three for a country without rules of its own, and for no country at all."""
    markets = {"US" if c == "US" else "UK" if c == "GB" else "EU" if c in EU else "" for c in countries}
    return frozenset(MARKETS) if not markets or "" in markets else frozenset(markets)


def _is_supported(language: str | None) -> bool:
    return language is not None and language.replace("_", "-").split("-")[0].lower() in LANGUAGES


@cache_of_short_texts(4096)
def check_block(block: str, lang: str | None) -> tuple[Finding, ...]:
    """Findings of one paragraph; cached, because guides share most of their paragraphs.

    "Yes, it does." is a claim only after a question: such a finding carries the whole block as its sentence, so that
    a waiver for it covers this block only.
    """
    return tuple(
        finding if _found_without_context(finding, lang) else replace(finding, sentence=block.strip())
        for finding in check(block, None, lang)
    )


def _found_without_context(finding: Finding, lang: str | None) -> bool:
    return any(alone.id == finding.id for alone in check(finding.sentence, None, lang))


def _claim_finding(finding: Finding, markets: frozenset[str]) -> ClaimFinding:
    texts = library()
    claim = texts.claims.get(finding.claim)
    instead = [texts.statements[id_].text(finding.language) for id_ in claim.instead] if claim else []
    return ClaimFinding(
        finding.id,
        finding.words,
        finding.sentence,
        claim.about if claim else "a health claim",
        tuple(market for market in finding.markets if market in markets),
        " ".join(instead),
    )
