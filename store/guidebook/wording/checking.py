"""One text in, findings out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from store.guidebook.languages import LANGUAGES, pick
from store.guidebook.wording import context
from store.guidebook.wording.folding import clean, fold, visible
from store.guidebook.wording.lexicon import Lexicon, Rule, all_lexicons, lexicon
from store.guidebook.wording.sentences import split

_WORD = re.compile(r"[a-zß']+")
_STRONG_HINTS = {"de": re.compile(r"[äöüß]"), "es": re.compile(r"[ñ¿¡áéíóú]")}


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim: the rule, the words, the sentence they stand in, and where."""

    id: str
    words: str
    sentence: str
    line: int
    language: str
    markets: tuple[str, ...]

    @property
    def claim(self) -> str:
        return self.id.split("-")[0]

    @property
    def marked(self) -> str:
        """The sentence with the words between »…«."""
        return self.sentence.replace(self.words, f"»{self.words}«", 1)

    def __str__(self) -> str:
        return f"{self.id}: “{self.words}” may not be said ({', '.join(self.markets)}): {self.marked}"


def check(text: str, market: str | None = None, lang: str | None = None) -> list[Finding]:
    """Every claim in plain text. Without a market all three apply; without a language it is guessed by sentence."""
    found = []
    for sentence, line in split(clean(text)):
        found += list(_in_sentence(sentence, line, market, lang))
    return found


def check_html(markup: str, market: str | None = None, lang: str | None = None) -> list[Finding]:
    """The same for rendered markup, with alternative texts, titles and meta descriptions."""
    return check(visible(markup), market, lang)


def _in_sentence(sentence: str, line: int, market: str | None, lang: str | None) -> Iterator[Finding]:
    folded = fold(sentence)
    if folded.strip() in context.evidence_sentences(Path(settings.GUIDES_DIR)):
        return
    told: set[str] = set()  # one finding a class of claim is enough to refuse a sentence
    for rules in _lexicons(sentence, lang):
        text = rules.harmless.sub(lambda found: re.sub(r"\w", "▢", found[0]), folded)
        if context.asked(text, rules):
            continue
        for rule in rules.rules:
            if rule.claim not in told and (market is None or market.upper() in rule.markets):
                words = _claim(text, folded, rule, rules)
                if words:
                    told.add(rule.claim)
                    said = sentence[slice(*words)]
                    yield Finding(rule.id, said, sentence.strip(), line, rules.language, rule.markets)


def _claim(text: str, folded: str, rule: Rule, rules: Lexicon) -> tuple[int, int] | None:
    """Where a rule finds its claim; the first is enough to refuse a sentence."""
    if rule.guarded and rules.care.search(folded):
        return None  # a complaint named in advice, a warning or plain background
    found = rule.pattern.search(text)
    while found:
        denied = context.negated(text, found.start(), found.end(), rule, rules)
        if not denied and not context.quoted_history(folded, rule, rules):
            return found.span()
        found = rule.pattern.search(text, found.start() + 1)  # a denied phrase may hold a claim of its own
    return None


def _lexicons(sentence: str, lang: str | None) -> tuple[Lexicon, ...]:
    if lang is not None:
        return (lexicon(pick(lang)),)
    return tuple(lexicon(code) for code in guess(sentence))


def guess(sentence: str) -> tuple[str, ...]:
    """The language of a sentence, or all that are as likely: better to look twice than to look away."""
    words = _WORD.findall(fold(sentence))
    scores = {rules.language: sum(word in rules.stopwords for word in words) for rules in all_lexicons()}
    for code, hint in _STRONG_HINTS.items():
        scores[code] += 2 * bool(hint.search(sentence.lower()))
    best = max(scores.values())
    near = best if best > 2 else best - 1  # few known words say little
    return tuple(code for code in LANGUAGES if scores[code] >= near)
