"""Text cut into paragraphs and sentences, each with the line on which its paragraph begins."""

import re
from collections.abc import Iterator

_SHORT = re.compile(
    r"\b(?:dr|mr|mrs|st|vs|approx|ca|z\. ?b|bzw|etc|e\.g|i\.e|no|nr|sr|sra|ee|uu|fig|abb|max|min|\d{1,2})\.$",
    re.I,
)
_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[\"'(¿¡]?[A-ZÄÖÜÁÉÍÓÚÑ0-9¿¡]|[^\w\s,;])")
_LINE = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ENDED = re.compile(r"[.!?:;…|\"')\]]\s*$")
_WRAPPED = 50  # characters: a shorter line was not broken for its length


def split(text: str) -> Iterator[tuple[str, int]]:
    for paragraph, line in paragraphs(text):
        yield from ((sentence, line) for sentence in cut(paragraph))


def paragraphs(text: str) -> Iterator[tuple[str, int]]:
    """Lines, with those joined again that were broken within a sentence for their length."""
    held, begun, last = "", 1, ""
    for number, line in enumerate(_LINE.split(text), start=1):
        if _goes_on(last, line):
            held = f"{held.rstrip()} {line.strip()}"
        else:
            if held.strip():
                yield held, begun
            held, begun = line, number
        last = line
    if held.strip():
        yield held, begun


def _goes_on(last: str, line: str) -> bool:
    return len(last) >= _WRAPPED and not _ENDED.search(last) and line.strip()[:1].islower()


def cut(paragraph: str) -> list[str]:
    return [sentence for sentence in _sentences(paragraph) if sentence.strip()]


def _sentences(line: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(line):
        if not _SHORT.search(line[start : found.start()]):
            yield line[start : found.start()]
            start = found.end()
    yield line[start:]
