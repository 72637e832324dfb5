"""The rules of a language, compiled once. A pattern may name a word list {PAIN} and a gap <4> of up to four words."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from store.guidebook.languages import LANGUAGES

HERE = Path(__file__).parent / "lexicon"
MARKETS = ("US", "UK", "EU")


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    markets: tuple[str, ...]
    pattern: re.Pattern[str]
    own_negation: bool
    guarded: bool
    topic: str  # "promised", "bettered" or "undirected" (context.Said.sells); "" where the words alone claim

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
    stopwords: frozenset[str]


@cache
def lexicon(language: str) -> Lexicon:
    data = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
    negation, frames = data["negation"], data["frames"]
    return Lexicon(
        language=language,
        rules=tuple(_rule(entry, data) for entry in (*data["rule"], *data["topic"])),
        harmless=_words("|".join(f"(?:{p})" for p in data["harmless"])),
        negation=_words(negation["verb"]),
        small_negation=_words(negation["noun"]),
        wide_negation=_words(negation["wide"]),
        pseudo_negation=_words(negation["pseudo"]),
        turn=_words(negation["turn"]),
        question=re.compile(frames["question"]),
        believed=_words(frames["believed"]),
        old=_words(frames["old"]),
        care=_words(frames["care"]),
        direction=_words(frames["direction"]),
        condition=_words(frames["condition"]),
        pitch=_words(frames["pitch"]),
        denial=re.compile(frames["denial"]),
        yes=_words(frames["yes"]),
        **{name: _words(_expand(data["promise"][name], data)) for name in ("better", "gone", "body", "fit")},
        stopwords=frozenset(data["stopwords"].split()),
    )


def _rule(entry: dict[str, Any], data: dict[str, Any]) -> Rule:
    joined = "|".join(f"(?:{_expand(p, data)})" for p in entry["patterns"])
    return Rule(
        entry["id"],
        tuple(entry.get("markets", MARKETS)),
        _words(joined),
        bool(entry.get("own_negation", False)),
        bool(entry.get("guarded", False)),
        entry.get("sells", ""),
    )


def _expand(pattern: str, data: dict[str, Any]) -> str:
    blocker = data["gap"]["blocker"]
    for _ in range(3):  # word lists may use word lists
        pattern = re.sub(r"\{([A-Z]+)\}", lambda found: data["words"][found[1]], pattern)
    return re.sub(r" ?<(\d)> ?", lambda found: _gap(int(found[1]), blocker), pattern)


def _gap(most: int, blocker: str) -> str:
    """Up to so many words, none of which turns the sentence into advice."""
    return rf"(?:[\s,]+(?!(?:{blocker})\b)[\w'%-]+){{0,{most}}}?[\s,]+"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?:{pattern})(?![\w])")


@cache
def telling_words() -> dict[str, frozenset[str]]:
    """By language, the common words that no other language has."""
    common = {language: lexicon(language).stopwords for language in LANGUAGES}
    return {
        language: words.difference(*(others for other, others in common.items() if other != language))
        for language, words in common.items()
    }
