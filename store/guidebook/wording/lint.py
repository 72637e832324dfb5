"""One text in, findings out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from store.guidebook.languages import LANGUAGES, pick
from store.guidebook.wording import claim_context, sentence_pairs
from store.guidebook.wording.lexicon import Lexicon, Rule, lexicon, telling_words
from store.guidebook.wording.normalization import (
    Folded,
    clean,
    disguises,
    fold,
    folded,
    visible,
    without_umlauts,
)
from store.guidebook.wording.sentences import cut, paragraphs

_WORD = re.compile(r"[a-z']+")
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
    found: list[Finding] = []
    for paragraph, line in paragraphs(clean(text)):
        sentences = cut(paragraph)
        for place, sentence in enumerate(sentences):
            told: set[str] = set()  # one finding a class of claim is enough to refuse a sentence
            before = sentences[place - 1] if place else ""
            after = sentences[place + 1] if place + 1 < len(sentences) else ""
            for finding in _in_sentence(sentence, before, after, line, market, lang):
                if finding.claim not in told:
                    told.add(finding.claim)
                    found.append(finding)
    return found


def check_html(markup: str, market: str | None = None, lang: str | None = None) -> list[Finding]:
    """The same for rendered markup, with alternative texts, titles and meta descriptions."""
    return check(visible(markup), market, lang)


def _in_sentence(
    sentence: str, before: str, after: str, line: int, market: str | None, lang: str | None
) -> Iterator[Finding]:
    plain = folded(sentence)
    if plain.text.strip() in claim_context.evidence_sentences(Path(settings.GUIDES_DIR)):
        return
    for rules in _lexicons(sentence, plain, lang):
        for view in _views(plain, rules):
            for rule, words in _claims(view, fold(before), fold(after), rules):
                if market is None or market.upper() in rule.markets:
                    said = sentence[view.span(*words)]
                    yield Finding(rule.id, said, sentence.strip(), line, rules.language, rule.markets)


def _views(plain: Folded, rules: Lexicon) -> Iterator[Folded]:
    yield plain
    yield from disguises(plain)
    if rules.language == "de":
        german = without_umlauts(plain)
        if german.text != plain.text:
            yield german


def _claims(view: Folded, before: str, after: str, rules: Lexicon) -> Iterator[tuple[Rule, tuple[int, int]]]:
    said = claim_context.Said.of(view.text, rules)
    if sentence_pairs.pitched(said.text, after, rules):
        for rule in rules.rules:
            if rule.topic and (found := rule.pattern.search(said.text)):
                yield rule, found.span()
    if (
        claim_context.asked(said.text, rules)
        or sentence_pairs.advised(said.text, after, rules)
        or sentence_pairs.disowned(after, rules)
    ):
        return
    if (answer := sentence_pairs.affirmed(before, said.text, rules)) is not None:
        for rule in rules.rules:
            if rule.topic and rule.topic != "bettered" and rule.pattern.search(before):
                yield rule, answer
    for rule in rules.rules:
        words = _claim(said, rule, rules)
        if words:
            yield rule, words


def _claim(said: claim_context.Said, rule: Rule, rules: Lexicon) -> tuple[int, int] | None:
    """Where a rule finds its claim; the first is enough to refuse a sentence."""
    if rule.topic and not said.sells(rule.topic):
        return None
    if rule.guarded and said.careful:
        return None  # a complaint named in advice, a warning or plain background
    found = rule.pattern.search(said.text)
    while found:
        denied = claim_context.negated(said, found.start(), found.end(), rule, rules)
        if not denied and not claim_context.quoted_history(said.folded, rule, rules):
            return found.span()
        found = rule.pattern.search(said.text, found.start() + 1)  # a denied phrase may hold a claim
    return None


def _lexicons(sentence: str, plain: Folded, lang: str | None) -> tuple[Lexicon, ...]:
    if lang is not None:
        return (lexicon(pick(lang)),)
    return tuple(lexicon(code) for code in _guess(sentence, plain.text))


def guess(sentence: str) -> tuple[str, ...]:
    """The language of a sentence, or all that are as likely: better to look twice than to look away."""
    return _guess(sentence, fold(sentence))


def _guess(sentence: str, plain: str) -> tuple[str, ...]:
    words = _WORD.findall(plain)
    scores = {code: sum(word in telling for word in words) for code, telling in telling_words().items()}
    for code, hint in _STRONG_HINTS.items():
        scores[code] += 2 * bool(hint.search(sentence.lower()))
    best = max(scores.values())
    return tuple(code for code in LANGUAGES if scores[code] == best or scores[code] >= 2)
