"""The words of a search: normalised, with their synonyms, and with what was meant where a word was mistyped."""

import re
import string
import tomllib
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

MAX_WORDS = 8
SHORTEST_WITH_ERROR = 4  # letters; shorter words have too many neighbours
LONG_WORD = 8  # letters, from which two errors are forgiven
_WORD = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|ml)\b|\d+|[^\W\d_]+", re.IGNORECASE)
_DIGITS = tuple(string.digits)
_PLURALS = ("es", "s", "en", "n", "e")  # endings of English, German and Spanish


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text in its place: `text[start:stop]` reads `form` when it is normalised."""

    form: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Term:
    """What is looked for: `typed` as it was written or meant, `stems` that a word must begin with, the typed one first.

    `corrected_from` is what was typed where that was found nowhere.
    """

    typed: str
    stems: tuple[str, ...]
    corrected_from: str = ""


def normalize(text: str) -> str:
    """Without case and accents: "Schröpfköpfe" is "schropfkopfe"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """In their order. A number and its unit are one word, in millimetres where it is a length: "6 cm" is "60mm"."""
    return tuple(Word(_form(match), *match.span()) for match in _WORD.finditer(text))


def terms(search: str, vocabulary: Collection[str]) -> list[Term]:
    """What the search asks for. `vocabulary`: every word that could be found, for correcting typing errors."""
    forms = list(dict.fromkeys(word.form for word in words(search)))
    telling = [form for form in forms if form not in _ignored()] or forms
    return [_term(form, vocabulary) for form in telling[:MAX_WORDS]]


def compact(text: str) -> str:
    """Letters and digits alone, which an article number is compared by: "sil start" is "SIL-START"."""
    return re.sub(r"[\W_]+", "", normalize(text))


def _form(match: re.Match[str]) -> str:
    number, unit = match[1], match[2]
    if not number:
        return normalize(match[0])
    if unit.lower() == "cm":
        return f"{round(float(number.replace(',', '.')) * 10)}mm"
    return number + unit.lower()


def _term(form: str, vocabulary: Collection[str]) -> Term:
    stems = _stems(form)
    known = [*vocabulary, *_synonym_words()]
    if any(word.startswith(stems) for word in known):
        return Term(form, stems)
    meant = _nearest(form, known)
    return Term(meant, _stems(meant), corrected_from=form) if meant else Term(form, stems)


def _stems(form: str) -> tuple[str, ...]:
    """What a word that means this begins with: its singular, then the words of its group of synonyms."""
    own = _singular(form)
    groups = [group for group in _synonyms() if any(_is_meant(form, own, word) for word in group)]
    return tuple(dict.fromkeys([own, *(word for group in groups for word in group)]))


def _is_meant(form: str, own: str, synonym: str) -> bool:
    """The synonym is written out as it was typed, or is a stem of four letters or more that it begins with."""
    return synonym in (form, own) or (len(synonym) >= 4 and form.startswith(synonym))


def _singular(form: str) -> str:
    if form.startswith(_DIGITS):
        return form
    ending = next((one for one in _PLURALS if form.endswith(one) and len(form) - len(one) >= 3), "")
    if form.endswith("ss"):
        return form
    return form.removesuffix(ending)


def _nearest(form: str, known: Collection[str]) -> str:
    """The most similar known word, of those that one typing error (two in a long word) makes; else empty."""
    if len(form) < SHORTEST_WITH_ERROR or form.startswith(_DIGITS):
        return ""
    allowed = 2 if len(form) >= LONG_WORD else 1
    candidates = {word for word in known if abs(len(word) - len(form)) <= allowed and len(word) > 2}
    scored = sorted((typing_errors(form, word), word) for word in candidates)
    return scored[0][1] if scored and scored[0][0] <= allowed else ""


def typing_errors(one: str, other: str) -> int:
    """How many letters are missing, added, wrong or swapped with the next (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row, last = row, [i], before
        for j, target in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != target))
            if last and j > 1 and letter == other[j - 2] and one[i - 2] == target:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


@cache
def _file() -> dict[str, list[list[str]] | list[str]]:
    return tomllib.loads((Path(__file__).parent / "search_synonyms.toml").read_text(encoding="utf-8"))


@cache
def _synonyms() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(normalize(word) for word in group) for group in _file()["groups"])


@cache
def _synonym_words() -> frozenset[str]:
    return frozenset(word for group in _synonyms() for word in group)


@cache
def _ignored() -> frozenset[str]:
    return frozenset(normalize(str(word)) for word in _file()["ignored"])


def marked(text: str, stems: Collection[str]) -> tuple[tuple[str, bool], ...]:
    """The text in parts, each with whether it is a word that begins with one of the stems."""
    return tuple(_parts(text, tuple(stems)))


def _parts(text: str, stems: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    done = 0
    for word in words(text):
        if word.form.startswith(stems):
            yield text[done : word.start], False
            yield text[word.start : word.stop], True
            done = word.stop
    yield text[done:], False
