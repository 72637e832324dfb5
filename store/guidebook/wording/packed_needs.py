"""What the patterns of the rules need (prefilter.py), worked out beforehand: that takes a second a language.

needed_strings/<language>.json.gz has it by the digest of the pattern; `make wording` writes it. A pattern that was
changed since is worked out when it is first asked for, so an old file costs time and nothing else.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from store.guidebook.wording.prefilter import Alternatives, needed_strings

FOLDER = Path(__file__).parent / "needed_strings"


def packed_needs(language: str) -> Callable[[str], Alternatives]:
    """A function that returns what `needed_strings` does for the patterns of this language."""
    file = _file(language)
    packed: dict[str, list[list[str]]] = (
        json.loads(gzip.decompress(file.read_bytes())) if file.exists() else {}
    )

    def needs(expression: str) -> Alternatives:
        known = packed.get(_digest(expression))
        return needed_strings(expression) if known is None else frozenset(map(frozenset, known))

    return needs


def write_needs(language: str, expressions: Iterable[str]) -> None:
    packed = {_digest(e): sorted(map(sorted, needed_strings(e))) for e in expressions}
    text = json.dumps(packed, separators=(",", ":"), sort_keys=True)
    _file(language).write_bytes(gzip.compress(text.encode(), mtime=0))


def is_packed(language: str, expressions: Iterable[str]) -> bool:
    """Whether the file has these patterns, and no others."""
    packed: dict[str, object] = json.loads(gzip.decompress(_file(language).read_bytes()))
    return packed.keys() == set(map(_digest, expressions))


def _digest(expression: str) -> str:
    return hashlib.sha256(expression.encode()).hexdigest()[:16]


def _file(language: str) -> Path:
    return FOLDER / f"{language}.json.gz"
