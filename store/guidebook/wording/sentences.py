"""Text cut into sentences, each with the line on which it begins."""

import re
from collections.abc import Iterator

_SHORT = re.compile(
    r"\b(?:dr|mr|mrs|st|vs|approx|ca|z\. ?b|bzw|etc|e\.g|i\.e|no|nr|sr|sra|ee|uu|fig|abb|max|min)\.$", re.I
)
_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+(?=[\"'(¿¡]?[A-ZÄÖÜÁÉÍÓÚÑ0-9¿¡])")


def split(text: str) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(text.splitlines(), start=1):
        yield from ((sentence, number) for sentence in _sentences(line) if sentence.strip())


def _sentences(line: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(line):
        if not _SHORT.search(line[start : found.start()]):
            yield line[start : found.start()]
            start = found.end()
    yield line[start:]
