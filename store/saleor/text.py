"""Cleaning of text where it comes in (API, forms, webhooks, files), so that every layer can take what is stored.

Text is in Unicode NFC, its line breaks are `\\n`, and it has no character that XML or PostgreSQL forbid.
"""

import json
import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

MAX_COMBINING_MARKS = (
    30  # in a row (UAX #15, Stream-Safe Text Format); normalizing takes the square of their number
)

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class InvalidText(ValueError):
    """Text or a number that can't be kept whatever is removed from it. The message says what to correct."""


def clean_text(text: str, *, repair: bool = False) -> str:
    """The text as it is stored. Forbidden characters are removed; raises InvalidText for half of a character.

    `repair`: half of a character becomes U+FFFD instead. For what nobody can correct and send again, such as an event
    or an answer of a real Saleor: losing it would lose an order's mail.
    """
    if text.isascii() and text.isprintable():
        return text
    if _SURROGATE.search(text):
        if not repair:
            raise InvalidText(
                "The text holds half of a character (an unpaired surrogate). Send whole characters."
            )
        text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    text = _FORBIDDEN.sub("", _LINE_BREAK.sub("\n", text))
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", "".join(_without_long_mark_runs(text)))


def single_line(text: str) -> str:
    """The text with a blank for each line break or tab, and none around it: for a label, a greeting, a table."""
    parts = (part.strip() for part in text.replace("\t", "\n").splitlines())
    return " ".join(part for part in parts if part)


def clean_json(value: Any, *, repair: bool = False) -> Any:
    """The value of JSON with every text and key cleaned. Raises InvalidText, also for a number that is not finite."""
    if isinstance(value, str):
        return clean_text(value, repair=repair)
    if isinstance(value, dict):
        return {
            clean_text(key, repair=repair): clean_json(item, repair=repair) for key, item in value.items()
        }
    if isinstance(value, list):
        return [clean_json(item, repair=repair) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidText("A number is too large.")
    return value


def load_json(text: str | bytes, *, repair: bool = False) -> Any:
    """The cleaned value of a JSON text from outside. Raises ValueError (InvalidText for what can't be kept)."""
    try:
        return clean_json(json.loads(text), repair=repair)
    except RecursionError:
        raise ValueError("The JSON is nested too deeply.") from None


def _without_long_mark_runs(text: str) -> Iterator[str]:
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= MAX_COMBINING_MARKS:
            yield character
