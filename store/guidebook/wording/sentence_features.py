"""What the score of a sentence is computed from: its word sequences, parts of its words, and the concepts it names.

A concept is a class of words of frames/<language>.toml (SPINE, CHILD, HOURS), alone and together with the role of the
sentence: whether it forbids, warns, directs or denies, and whether it takes a precaution back ("no need to").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from store.guidebook.wording.bounded_cache import cache_of_short_texts
from store.guidebook.wording.frames import frames
from store.guidebook.wording.polarity import is_question

_TOKEN = re.compile(r"\w+|[?!:;]")
_PART_LENGTHS: Final = (2, 3, 4, 5)  # letters, the marks at both ends of a word included
_SEQUENCE_LENGTHS: Final = (1, 2, 3)  # words


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """`spelling`: parts of words and sequences of words; `concepts`: "c:SPINE", "x:SPINE:10", "p:warns"."""

    spelling: frozenset[str]
    concepts: frozenset[str]


def sentence_features(normalized: str, language: str) -> SentenceFeatures:
    """`normalized`: the output of `normalize`; `language`: one of LANGUAGES."""
    words = _TOKEN.findall(normalized)
    spelling = frozenset().union(*map(_parts, set(words)), _sequences(words))
    return SentenceFeatures(spelling, frozenset(_concepts(normalized, language)))


@cache_of_short_texts(4096, longest=40)  # most words of a text are in the one before, too
def _parts(word: str) -> tuple[str, ...]:
    marked = f"_{word}_"
    return tuple(
        marked[start : start + length]
        for length in _PART_LENGTHS
        for start in range(len(marked) - length + 1)
    )


def _sequences(words: list[str]) -> Iterator[str]:
    """Sequences end with a space, so that a word is told from a part of a word."""
    bounded = ["^", *words, "$"]
    for length in _SEQUENCE_LENGTHS:
        for start in range(len(bounded) - length + 1):
            yield " ".join(bounded[start : start + length]) + " "


def _concepts(text: str, language: str) -> Iterator[str]:
    table = frames(language)
    roles = table.polarity.roles(text)
    yield from (f"p:{role}" for role in roles)
    if is_question(text):
        yield "Q"
    forbids = bool(roles - {"reversed", "waives", "lacks"})
    role = f"{forbids:d}{'reversed' in roles:d}"
    for name in sorted(table.classes_in(text)):
        yield f"c:{name}"
        yield f"x:{name}:{role}"
