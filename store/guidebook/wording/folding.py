"""Text as the rules see it: lower case, without accents, invisible characters or markup, letter for letter."""

import html
import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SAME = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‐": "-",
        "‑": "-",
    }
)
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|br|section|figure|figcaption|td|tr|th|dt|dd|dl|title|desc|option|label|legend|table"
    r"|header|footer|main|nav|article|aside|button|summary|details|blockquote)\b[^>]*>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"<(script|style|template)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
_SPOKEN = re.compile(r"\b(?:alt|title|aria-label|placeholder|content)=(\"[^\"]*\"|'[^']*')", re.IGNORECASE)


def clean(text: str) -> str:
    """What a reader sees, still with capitals and accents."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_SAME)


def fold(text: str) -> str:
    """Letter by letter, so that a place in the folded text is the same place in the clean one."""
    return "".join(_letter(char) for char in text)


def _letter(char: str) -> str:
    if char.isspace():
        return "\n" if char == "\n" else " "
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


def visible(markup: str) -> str:
    """The words of a page: its text and what is read out (alt, title, meta), a line a block."""
    shown = _HIDDEN.sub(" ", markup)
    spoken = "\n".join(found[1][1:-1] for found in _SPOKEN.finditer(shown))
    text = re.sub(r"<[^>]+>", "", _BLOCK.sub("\n", shown))
    return html.unescape(f"{text}\n{spoken}")
