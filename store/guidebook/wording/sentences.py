"""Splits text into paragraphs and sentences, each with the 1-based line on which its paragraph begins."""

import re
from collections.abc import Iterator

_SHORT = re.compile(
    r"\b(?:dr|mr|mrs|st|vs|approx|ca|z\. ?b|bzw|etc|e\.g|i\.e|no|nr|sr|sra|ee|uu|fig|abb|max|min|\d{1,2})\.$",
    re.I,
)
_LONGEST_SHORT = 12  # characters of one of these and before it, so that a long text isn't read again for each
_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[\"'(¿¡]?[A-ZÄÖÜÁÉÍÓÚÑ0-9¿¡]|[^\w\s,;])")
_LINE = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ENDED = re.compile(r"[.!?:;…|\"')\]]\s*$")
_OPEN_END = re.compile(
    r"(?:,|\b(?:and|or|the|of|to|on|with|und|oder|der|die|das|den|dem|k?ein(?:e[mnrs]?)?|von|auf|mit|ohne|bei|für|in|im|am"
    r"|y|o|ni|de|la|el|los|las|con|en|una?))\s*$",
    re.IGNORECASE,
)
# Between the parts of a sentence that can be about different things, or in different languages.
BETWEEN_PARTS = re.compile(
    r"[,;:()–—|/\"]|\s-\s|\b(?:and|or|but|then|und|oder|aber|dann|y|o|pero|luego)\b", re.IGNORECASE
)
# Where a part of a sentence begins that says when something happens: "… while you wait for the delivery".
CONJUNCTIONS_OF_TIME = re.compile(
    r"\b(?:while|whilst|until|till|before|after|when(?:ever)?|as soon as|once (?:the|your|you|it|we|they)|waiting"
    r"|w[äa]hrend|bis|bevor|sobald|solange|wenn|nachdem|ehe"
    r"|mientras|hasta que|cuando|en cuanto|antes de|despu[ée]s de|esperando)\b",
    re.IGNORECASE,
)
_MIN_WRAPPED_LENGTH = 50  # characters; a shorter line was not wrapped


def split_with_lines(text: str) -> Iterator[tuple[str, int]]:
    for paragraph, line in paragraphs(text):
        yield from ((sentence, line) for sentence in split_sentences(paragraph))


def paragraphs(text: str) -> Iterator[tuple[str, int]]:
    """Lines, joined where a sentence was wrapped, each with the number of its first line."""
    paragraph, first_line, previous = "", 1, ""
    for number, line in enumerate(_LINE.split(text), start=1):
        if _continues(previous, line):
            paragraph = f"{paragraph.rstrip()} {line.strip()}"
        else:
            if paragraph.strip():
                yield paragraph, first_line
            paragraph, first_line = line, number
        previous = line
    if paragraph.strip():
        yield paragraph, first_line


def _continues(previous: str, line: str) -> bool:
    """Whether a sentence goes on: in lower case, or after a comma or a word that ends none (before a German noun)."""
    if len(previous) < _MIN_WRAPPED_LENGTH or _ENDED.search(previous) or not line.strip():
        return False
    return line.strip()[0].islower() or bool(_OPEN_END.search(previous))


def split_sentences(paragraph: str) -> list[str]:
    return [sentence for sentence in _sentences(paragraph) if sentence.strip()]


def _sentences(line: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(line):
        if not _SHORT.search(line, max(start, found.start() - _LONGEST_SHORT), found.start()):
            yield line[start : found.start()]
            start = found.end()
    yield line[start:]
