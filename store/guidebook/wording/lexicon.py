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
from store.guidebook.wording.prefilter import Prefilter

FOLDER = Path(__file__).parent / "lexicon"
MARKETS = ("US", "UK", "EU")


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    markets: tuple[str, ...]
    pattern: re.Pattern[str]
    own_negation: bool
    guarded: bool
    topic: str  # "promised", "bettered" or "undirected" (SentenceContext.makes_claim); "": always a claim

    @property
    def claim(self) -> str:
        return self.id.split("-")[0]


@dataclass(frozen=True, slots=True)
class Lexicon:
    language: str
    rules: tuple[Rule, ...]
    harmless: re.Pattern[str]
    negation: re.Pattern[str]
    small_negation: re.Pattern[str]
    wide_negation: re.Pattern[str]
    pseudo_negation: re.Pattern[str]
    turn: re.Pattern[str]
    question: re.Pattern[str]
    believed: re.Pattern[str]
    old: re.Pattern[str]
    care: re.Pattern[str]
    direction: re.Pattern[str]
    condition: re.Pattern[str]
    better: re.Pattern[str]
    gone: re.Pattern[str]
    body: re.Pattern[str]
    fit: re.Pattern[str]
    pitch: re.Pattern[str]
    denial: re.Pattern[str]
    yes: re.Pattern[str]


@cache
def _read(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def stopwords(language: str) -> frozenset[str]:
    """The common words of a language, without accents; costs no compilation of its rules."""
    return frozenset(_read(language)["stopwords"].split())


@cache
def lexicon(language: str) -> Lexicon:
    data = _read(language)
    negation, frames = data["negation"], data["frames"]
    return Lexicon(
        language=language,
        rules=tuple(_rule(entry, data) for entry in (*data["rule"], *data["topic"])),
        harmless=_compile("|".join(f"(?:{p})" for p in data["harmless"])),
        negation=_compile(negation["verb"]),
        small_negation=_compile(negation["noun"]),
        wide_negation=_compile(negation["wide"]),
        pseudo_negation=_compile(negation["pseudo"]),
        turn=_compile(negation["turn"]),
        question=re.compile(frames["question"]),
        believed=_compile(frames["believed"]),
        old=_compile(frames["old"]),
        care=_compile(frames["care"]),
        direction=_compile(frames["direction"]),
        condition=_compile(frames["condition"]),
        pitch=_compile(frames["pitch"]),
        denial=re.compile(frames["denial"]),
        yes=_compile(frames["yes"]),
        **{
            name: _compile(_expand(data["promise"][name], data)) for name in ("better", "gone", "body", "fit")
        },
    )


def _rule(entry: dict[str, Any], data: dict[str, Any]) -> Rule:
    joined = "|".join(f"(?:{_expand(p, data)})" for p in entry["patterns"])
    return Rule(
        entry["id"],
        tuple(entry.get("markets", MARKETS)),
        _compile(joined),
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


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?:{pattern})(?![\w])")


def candidate_rules(rules: Lexicon, text: str) -> list[Rule]:
    """The rules whose pattern may match the text, in their order; each of the others would be searched for nothing."""
    candidates = _prefilter(rules.language).candidates(text)
    return [rules.rules[index] for index in sorted(candidates)]


@cache
def _prefilter(language: str) -> Prefilter[int]:
    return Prefilter(dict(enumerate(rule.pattern for rule in lexicon(language).rules)))


@cache
def distinctive_words() -> dict[str, frozenset[str]]:
    """Language -> its common words that no other supported language has; used to guess the language."""
    common = {language: stopwords(language) for language in LANGUAGES}
    return {
        language: words.difference(*(others for other, others in common.items() if other != language))
        for language, words in common.items()
    }


@cache
def common_words() -> frozenset[str]:
    """The common words of all supported languages, without accents."""
    return frozenset().union(*(stopwords(language) for language in LANGUAGES))
