"""The rules of a language, compiled once per process from lexicon/<language>.toml.

A pattern may use a word list, {PAIN}, and a gap of up to n words, <4>.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from store.guidebook.languages import LANGUAGES
from store.guidebook.wording.packed_needs import packed_needs
from store.guidebook.wording.prefilter import IndexedPattern, PatternIndex

FOLDER = Path(__file__).parent / "lexicon"
MARKETS = ("US", "UK", "EU")


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    markets: tuple[str, ...]
    pattern: IndexedPattern
    own_negation: bool
    guarded: bool
    topic: str  # "promised", "bettered" or "undirected" (SentenceContext.makes_claim); "": always a claim

    @property
    def claim(self) -> str:
        return self.id.split("-")[0]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    language: str
    rules: tuple[Rule, ...]
    index: PatternIndex[
        int | str
    ]  # of the rules, by their position, and of the patterns below, by their field
    rule_bits: int
    harmless: IndexedPattern
    negation: IndexedPattern
    small_negation: IndexedPattern
    wide_negation: IndexedPattern
    pseudo_negation: IndexedPattern
    turn: IndexedPattern
    question: IndexedPattern
    believed: IndexedPattern
    old: IndexedPattern
    care: IndexedPattern
    direction: IndexedPattern
    condition: IndexedPattern
    better: IndexedPattern
    gone: IndexedPattern
    body: IndexedPattern
    fit: IndexedPattern
    pitch: IndexedPattern
    denial: IndexedPattern
    yes: IndexedPattern
    pronoun: re.Pattern[str]  # in clean text; `before` is what stands in front of what it means
    place_pronoun: re.Pattern[str]  # as `pronoun`, of places: "on it", "there"


@cache
def _read(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def stopwords(language: str) -> frozenset[str]:
    """The common words of a language, without accents; costs no compilation of its rules."""
    return frozenset(_read(language)["stopwords"].split())


@cache
def lexicon(language: str) -> Lexicon:
    data = _read(language)
    entries = (*data["rule"], *data["topic"])
    patterns = _patterns(data)
    positions = range(len(entries))
    by_key: dict[int | str, str] = {
        position: _rule_pattern(entries[position], data) for position in positions
    }
    index = PatternIndex({**by_key, **patterns}, packed_needs(language))
    rules = tuple(_rule(entry, index[position]) for position, entry in enumerate(entries))
    return Lexicon(
        language=language,
        rules=rules,
        index=index,
        rule_bits=index.bits(positions),
        pronoun=re.compile(data["frames"]["pronoun"]),
        place_pronoun=re.compile(data["frames"]["place_pronoun"]),
        **{name: index[name] for name in patterns},
    )


def _patterns(data: dict[str, Any]) -> dict[str, str]:
    """Field of `Lexicon` -> its pattern."""
    negation, frames, promise = data["negation"], data["frames"], data["promise"]
    return {
        "harmless": _whole_words("|".join(f"(?:{p})" for p in data["harmless"])),
        "negation": _whole_words(negation["verb"]),
        "small_negation": _whole_words(negation["noun"]),
        "wide_negation": _whole_words(negation["wide"]),
        "pseudo_negation": _whole_words(negation["pseudo"]),
        "turn": _whole_words(negation["turn"]),
        "question": frames["question"],
        "denial": frames["denial"],
        **{
            name: _whole_words(frames[name]) for name in ("believed", "old", "care", "direction", "condition")
        },
        **{name: _whole_words(frames[name]) for name in ("pitch", "yes")},
        **{name: _whole_words(_expand(promise[name], data)) for name in ("better", "gone", "body", "fit")},
    }


def _rule_pattern(entry: dict[str, Any], data: dict[str, Any]) -> str:
    return _whole_words("|".join(f"(?:{_expand(p, data)})" for p in entry["patterns"]))


def _rule(entry: dict[str, Any], pattern: IndexedPattern) -> Rule:
    return Rule(
        entry["id"],
        tuple(entry.get("markets", MARKETS)),
        pattern,
        bool(entry.get("own_negation", False)),
        bool(entry.get("guarded", False)),
        entry.get("sells", ""),
    )


def _expand(pattern: str, data: dict[str, Any]) -> str:
    blocker = data["gap"]["blocker"]
    for _ in range(3):  # word lists may use word lists
        pattern = re.sub(r"\{([A-Z]+)\}", lambda found: data["words"][found[1]], pattern)
    return re.sub(r" ?<(\d)> ?", lambda found: _gap(int(found[1]), blocker), pattern)


def _gap(max_words: int, blocker: str) -> str:
    """Up to `max_words` words, none of them a blocker (a word that makes the sentence advice)."""
    return rf"(?:[\s,]+(?!(?:{blocker})\b)[\w'%-]+){{0,{max_words}}}?[\s,]+"


def _whole_words(pattern: str) -> str:
    return rf"(?<![\w])(?:{pattern})(?![\w])"


def candidate_rules(rules: Lexicon, text: str) -> list[Rule]:
    """The rules whose pattern may match the text, in their order; each of the others would be searched for nothing."""
    return [rules.rules[key] for key in rules.index.candidates(text, rules.rule_bits) if isinstance(key, int)]


@cache
def distinctive_words() -> dict[str, str]:
    """Common word that only one supported language has -> that language; used to guess the language."""
    common = {language: stopwords(language) for language in LANGUAGES}
    return {
        word: language
        for language, words in common.items()
        for word in words.difference(*(others for other, others in common.items() if other != language))
    }


@cache
def common_words() -> frozenset[str]:
    """The common words of all supported languages, without accents."""
    return frozenset().union(*(stopwords(language) for language in LANGUAGES))
