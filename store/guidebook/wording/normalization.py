"""Text as the rules see it: lower case, without accents, disguises or markup, and the way back to what was written."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_INVISIBLE = {ord(char): None for char in "\u00ad\u034f\u061c\u115f\u180e\ufe0e\ufe0f\ufeff"}
_INVISIBLE |= dict.fromkeys([*range(0x200B, 0x2010), *range(0x2060, 0x2065)])
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
# Letters of other scripts that look like ours: Cyrillic, Greek and a few strays.
_LOOKALIKE = str.maketrans("аеорсхуіѕјһкмтвнгԁɡοαεικνρτυχηβıłøđ", "aeopcxyisjhkmtbhrdgoaeikvptuxnbilod")
_LEET = str.maketrans("013457@$€|", "oieastasei")
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|br|section|figure|figcaption|td|tr|th|dt|dd|dl|title|desc|option|label|legend|table"
    r"|header|footer|main|nav|article|aside|button|summary|details|blockquote)\b[^>]*>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"<(script|style|template)\b.*?</\1>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_SPOKEN = re.compile(r"\b(?:alt|title|aria-label|placeholder|content)=(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\w)[a-z](?:[ .·*_-]{1,2}[a-z]){3,}(?!\w)")
_BROKEN = re.compile(r"(?<=[a-z])[.·*_|](?=[a-z])")
_CODED = re.compile(r"(?<![\w@$€|])(?=[^ ]*[a-z])(?=[^ ]*[013457@$€|])[a-z013457@$€|]{4,}(?![\w@$€|])")
_DIGRAPH = re.compile(r"[ao]e|(?<![aeq])ue")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `at[i]` is the place in the clean text from which the letter `i` came."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> slice:
        return slice(self.at[start], self.at[end - 1] + 1)


def clean(text: str) -> str:
    """What a reader sees, still with capitals and accents."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_SAME)


def fold(text: str) -> str:
    return folded(text).text


def folded(text: str) -> Folded:
    letters = [(letter, place) for place, char in enumerate(text) for letter in _letters(char)]
    return Folded("".join(letter for letter, _ in letters), tuple(place for _, place in letters))


def disguises(plain: Folded) -> Iterator[Folded]:
    """The text with letter-spacing, dots within words and digits for letters undone, where there are any."""
    if _SPACED.search(plain.text):
        yield _rewritten(plain, _SPACED, lambda found: (i for i, c in enumerate(found[0]) if c.isalpha()))
    if _BROKEN.search(plain.text):
        yield _rewritten(plain, _BROKEN, lambda found: ())
    if _CODED.search(plain.text):
        text = _CODED.sub(lambda found: found[0].translate(_LEET), plain.text)
        yield Folded(text, plain.at)


def without_umlauts(plain: Folded) -> Folded:
    """German typed on a foreign keyboard: "fuer den Ruecken" is read as "für den Rücken"."""
    return _rewritten(plain, _DIGRAPH, lambda found: (0,))


def _rewritten(
    plain: Folded, what: re.Pattern[str], keep: Callable[[re.Match[str]], Iterable[int]]
) -> Folded:
    kept: list[int] = []
    last = 0
    for found in what.finditer(plain.text):
        kept += range(last, found.start())
        kept += [found.start() + i for i in keep(found)]
        last = found.end()
    kept += range(last, len(plain.text))
    return Folded("".join(plain.text[i] for i in kept), tuple(plain.at[i] for i in kept))


def _letters(char: str) -> str:
    if char.isascii():
        return " " if char.isspace() and char != "\n" else char.lower()
    if char.isspace():
        return " "
    if char in "ßẞ":
        return "ss"
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    return base.lower().translate(_LOOKALIKE)


def visible(markup: str) -> str:
    """The words of a page: its text and what is read out (alt, title, meta), a line a block."""
    shown = re.sub(r"\s+", " ", _HIDDEN.sub(" ", markup))
    spoken = "\n".join(found[1][1:-1] for found in _SPOKEN.finditer(shown))
    text = re.sub(r"<[^>]+>", "", _BLOCK.sub("\n", shown))
    return html.unescape(f"{text}\n{spoken}")
