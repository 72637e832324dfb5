"""Reads one TOML file of guides/ and knows on which line a record stands, so that an error can say so."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from store.guidebook.errors import GuidebookError
from store.guidebook.languages import LANGUAGES, Texts

_AT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was read: its data, its text, and how to complain about it."""

    path: Path
    source: str
    data: Mapping[str, Any]

    def line_of(self, record: str, key: str = "") -> int:
        """The line of a [record], or of a key below it; 1 when there is none."""
        lines = self.source.splitlines()
        start = next(
            (n for n, line in enumerate(lines) if line.strip() in {f"[{record}]", f"[[{record}]]"}), None
        )
        if start is None:
            return next(
                (n + 1 for n, line in enumerate(lines) if re.match(rf"\s*{re.escape(record)}\s*=", line)), 1
            )
        for n in range(start + 1, len(lines)):
            if lines[n].startswith("["):
                break
            if key and re.match(rf"{re.escape(key)}\s*=", lines[n]):
                return n + 1
        return start + 1

    def line_with(self, words: str) -> int:
        """The first line that holds these words."""
        return next((n + 1 for n, line in enumerate(self.source.splitlines()) if words in line), 1)

    def fail(self, *, line: int, problem: str, remedy: str) -> NoReturn:
        raise GuidebookError(file=self.path, line=line, problem=problem, remedy=remedy)

    def texts(self, record: str, data: Mapping[str, Any], *, prefix: str = "") -> Texts:
        """The same words in every language; a gap stops the start."""
        for lang in LANGUAGES:
            words = data.get(prefix + lang)
            if not isinstance(words, str) or not words.strip():
                self.fail(
                    line=self.line_of(record),
                    problem=f"{record} has no text in '{lang}'.",
                    remedy=f'Write {prefix}{lang} = "…" below it.',
                )
        return {lang: data[prefix + lang] for lang in LANGUAGES}

    def only(self, record: str, data: Mapping[str, Any], allowed: Iterable[str]) -> None:
        """A misspelt key would silently drop a warning's source or signal word."""
        for key in data:
            if key not in set(allowed):
                self.fail(
                    line=self.line_of(record, key),
                    problem=f"{record} has the unknown key '{key}'.",
                    remedy=f"Use one of: {', '.join(sorted(allowed))}.",
                )


def sheet(path: Path) -> Sheet:
    """Read a file; a file that is missing or not TOML is reported like any other mistake."""
    try:
        source = path.read_text(encoding="utf-8")
        return Sheet(path, source, tomllib.loads(source))
    except OSError as gone:
        raise GuidebookError(
            file=path, line=1, problem="The file cannot be read.", remedy="Put it back."
        ) from gone
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as bad:
        found = _AT_LINE.search(str(bad))
        raise GuidebookError(
            file=path,
            line=int(found[1]) if found else 1,
            problem=f"This is not valid TOML: {bad}.",
            remedy="Look for a missing quote or bracket on this line or the one before.",
        ) from bad


def sheets(folder: Path) -> Iterator[Sheet]:
    """All sheets of a folder, in a stable order."""
    for path in sorted(folder.glob("*.toml")):
        yield sheet(path)
