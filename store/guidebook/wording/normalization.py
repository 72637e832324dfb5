"""Text normalization for the rules: lower case, no accents, obfuscation or markup, with positions in the original."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from store.guidebook.wording.bounded_cache import cache_of_short_texts

# Unicode's Default_Ignorable_Code_Point (soft hyphen, joiners, variation selectors, tags, Hangul fillers, …), the marks
# of annotations and the empty Braille cell: within a word they show nothing.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_PUNCTUATION = str.maketrans(
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
# Letters of other scripts (Cyrillic, Greek and a few more) that look like Latin letters.
_LOOKALIKE = str.maketrans("аеорсхуіѕјһкмтвнгԁɡοαεικνρτυχηβıłøđ", "aeopcxyisjhkmtbhrdgoaeikvptuxnbilod")
_LEET = str.maketrans("013457@$€|", "oieastasei")
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|br|section|figure|figcaption|td|tr|th|dt|dd|dl|title|desc|option|label|legend|table"
    r"|header|footer|main|nav|article|aside|button|summary|details|blockquote)\b[^>]*>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"<(script|style|template)\b.*?</\1>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TEXT_ATTRIBUTE = re.compile(
    r"\b(?:alt|title|aria-label|placeholder|content)=(\"[^\"]*\"|'[^']*')", re.IGNORECASE
)
_SPACED = re.compile(r"(?<!\w)[a-z](?:[ .·*_-]{1,2}[a-z]){3,}(?!\w)")
_DOTTED = re.compile(r"(?<=[a-z])[.·*_|](?=[a-z])")
# In both, no letter can be read in two ways: the time is that of one pass, whatever somebody writes.
_LEET_WORD = re.compile(
    r"(?<![\w@$€|])(?=[013457@$€|]*+[a-z])(?=[a-z]*+[013457@$€|])[a-z013457@$€|]{4,}+(?![\w@$€|])"
)
_SLUG = re.compile(r"(?<![\w@/.-])[-_]*+[^\W_]++(?:[-_]++[^\W_]++){2,}+[-_]*+(?![\w@/])")
_DIGRAPH = re.compile(r"[ao]e|(?<![aeq])ue")


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """Normalized text; `at[i]` is the index in the clean text of the character that gave letter `i`."""

    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> slice:
        return slice(self.at[start], self.at[end - 1] + 1)


def clean(text: str) -> str:
    """The text without invisible characters and with uniform punctuation; case and accents are kept."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_PUNCTUATION)


@cache_of_short_texts(1024)
def normalize(text: str) -> str:
    return normalize_with_positions(text).text


def normalize_with_positions(text: str) -> NormalizedText:
    letters = list(map(_letters, text))
    normalized = "".join(letters)
    if len(normalized) == len(text) and "" not in letters:  # each character gave one letter
        return NormalizedText(normalized, range(len(text)))
    return NormalizedText(normalized, tuple(index for index, given in enumerate(letters) for _ in given))


def undo_obfuscation(normalized: NormalizedText) -> Iterator[NormalizedText]:
    """Variants with letter-spacing, dots within words or digits for letters undone, where they occur."""
    if _SPACED.search(normalized.text):
        yield _keep_positions(
            normalized, _SPACED, lambda found: (i for i, c in enumerate(found[0]) if c.isalpha())
        )
    if _DOTTED.search(normalized.text):
        yield _keep_positions(normalized, _DOTTED, lambda found: ())
    if _LEET_WORD.search(normalized.text):
        text = _LEET_WORD.sub(lambda found: found[0].translate(_LEET), normalized.text)
        yield NormalizedText(text, normalized.at)


def split_words(normalized: NormalizedText) -> Iterator[NormalizedText]:
    """Slugs and words joined with dashes, read as words: "leave-on-overnight"."""
    if _SLUG.search(normalized.text):
        text = _SLUG.sub(lambda found: re.sub("[-_]", " ", found[0]), normalized.text)
        yield NormalizedText(text, normalized.at)


def without_umlaut_digraphs(normalized: NormalizedText) -> NormalizedText:
    """German typed without umlauts: "fuer den Ruecken" is read as "für den Rücken"."""
    return _keep_positions(normalized, _DIGRAPH, lambda found: (0,))


def _keep_positions(
    normalized: NormalizedText, pattern: re.Pattern[str], positions: Callable[[re.Match[str]], Iterable[int]]
) -> NormalizedText:
    kept_positions: list[int] = []
    last = 0
    for found in pattern.finditer(normalized.text):
        kept_positions += range(last, found.start())
        kept_positions += [found.start() + i for i in positions(found)]
        last = found.end()
    kept_positions += range(last, len(normalized.text))
    return NormalizedText(
        "".join(normalized.text[i] for i in kept_positions), tuple(normalized.at[i] for i in kept_positions)
    )


@lru_cache(maxsize=1024)
def _letters(char: str) -> str:
    if char.isascii():
        return " " if char.isspace() and char != "\n" else char.lower()
    if char.isspace():
        return " "
    if char in "ßẞ":
        return "ss"
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    return base.lower().translate(_LOOKALIKE)


def visible_text(markup: str) -> str:
    """The text of a page, one line per block, followed by its alt texts, titles and meta contents."""
    visible_markup = re.sub(r"\s+", " ", _HIDDEN.sub(" ", markup))
    attributes = "\n".join(found[1][1:-1] for found in _TEXT_ATTRIBUTE.finditer(visible_markup))
    text = re.sub(r"<[^>]+>", "", _BLOCK.sub("\n", visible_markup))
    return html.unescape(f"{text}\n{attributes}")
