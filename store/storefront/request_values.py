"""Numbers and texts that a request brings, in its query or in a form."""

import re
import unicodedata

from store.saleor import whole_numbers

MAX_DIGITS = 9  # fits GraphQL's Int of 32 bits
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def whole_number(text: str, *, minimum: int = 0, maximum: int | None = None) -> int | None:
    """The number, such as 12 for " 12 "; None for anything but ASCII digits, and for a number outside the limits."""
    number = whole_numbers.whole_number(text.strip(), max_digits=MAX_DIGITS)
    if number is None:
        return None
    return number if number >= minimum and (maximum is None or number <= maximum) else None


def single_line(text: str, *, max_length: int) -> str:
    """The text without characters that the database or XML forbids, in Unicode's NFC, with single blanks."""
    printable = _UNPRINTABLE.sub(" ", text[: 4 * max_length])
    return " ".join(unicodedata.normalize("NFC", printable).split())[:max_length]
