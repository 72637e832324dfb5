"""Text that the rules can't read, so that a person has to: other languages and scripts, letters set apart."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from store.guidebook.wording.bounded_cache import cache_of_short_texts
from store.guidebook.wording.sentences import BETWEEN_PARTS

FILE = Path(__file__).parent / "other_languages.toml"
_ADDRESS = re.compile(r"\S*[@/=]\S*|\w+(?:\.\w+)+")  # of a page or a mailbox
_WORD = re.compile(r"[^\W\d_]+")
_MIN_FOREIGN_WORDS = 2  # common words of another language that make a sentence one in that language
_MIN_PART_WORDS = 3  # fewer are a name
_MIN_WORDS = 3  # from here one word is enough, if none is ours
_FOREIGN_LETTER = re.compile("[àèìòùâêîôûëïçãõåæøœąćęłńśźżřěůčšžýťďňğşıțșăőű]")
_MIN_FOREIGN_LETTERS = 4
_SPACED = re.compile(r"(?<!\w)[^\W\d_](?:[ .·*_-]{1,2}[^\W\d_]){7,}(?!\w)")


@cache
def _common_words() -> dict[str, frozenset[str]]:
    data: dict[str, str] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {language: frozenset(words.split()) for language, words in data.items()}


def is_in_other_language(sentence: str, our_words: frozenset[str]) -> bool:
    """Whether a sentence is in another script, or it or a part of it has more common words of another language than
    of ours.

    `our_words`: the common words of the supported languages, without accents.
    """
    letters = [char for char in sentence if char.isalpha()]
    if sum(not _is_latin(char) for char in letters) >= max(_MIN_FOREIGN_LETTERS, len(letters) // 2):
        return True
    plain = _ADDRESS.sub(" ", sentence)
    parts = [part for part in BETWEEN_PARTS.split(plain) if len(part.split()) >= _MIN_PART_WORDS]
    return _is_other(plain, our_words, 1) or any(
        _is_other(part, our_words, _MIN_FOREIGN_WORDS) for part in parts
    )


def _is_other(text: str, our_words: frozenset[str], at_least: int) -> bool:
    """Whether `at_least` or more common words, and more than ours, are those of one other language."""
    words = [word.lower() for word in _WORD.findall(text)]
    may_be_theirs = [word for word in words if len(word) > 1 and _plain(word) not in our_words]
    return len(may_be_theirs) >= at_least and any(
        _has_more_of(words, may_be_theirs, common, our_words, at_least) for common in _common_words().values()
    )


def _has_more_of(
    words: list[str],
    may_be_theirs: list[str],
    common: frozenset[str],
    our_words: frozenset[str],
    at_least: int,
) -> bool:
    """Words that both have count for neither; a letter that none of our languages has counts for the other."""
    theirs = [word for word in may_be_theirs if word in common or _FOREIGN_LETTER.search(word)]
    if len(theirs) < at_least:
        return False
    ours = [word for word in words if _plain(word) in our_words and word not in common]
    if len(theirs) >= _MIN_FOREIGN_WORDS:
        return len(theirs) > len(ours)
    return not ours and len(words) >= _MIN_WORDS and len(theirs[0]) > 2


def has_words(text: str) -> bool:
    """Whether there is something to read: a word of three letters, or one letter of a script without spaces."""
    return bool(re.search(r"[^\W\d_]{3}", text)) or any(
        char.isalpha() and not _is_latin(char) for char in text
    )


def find_spaced_letters(sentence: str) -> str:
    """A run of eight or more letters that are set apart ("r e l i e v e s"), or ""."""
    found = _SPACED.search(sentence)
    return found[0] if found else ""


def _is_latin(char: str) -> bool:
    return char.isascii() or unicodedata.name(char, "").startswith(
        ("LATIN", "FULLWIDTH LATIN", "MATHEMATICAL")
    )


@cache_of_short_texts(8192, longest=40)
def _plain(word: str) -> str:
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
