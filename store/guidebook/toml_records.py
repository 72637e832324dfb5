"""Reads a TOML file of guides/ and finds the line of a record, so that errors can name it."""

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
class TomlFile:
    """A parsed TOML file with its source text; raises GuidebookError with file and line."""

    path: Path
    source: str
    data: Mapping[str, Any]

    def line_of(self, record: str, key: str = "") -> int:
        """The 1-based line of a [record], or of a key below it; 1 if there is none."""
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
        """The 1-based number of the first line that contains `words`; 1 if there is none."""
        return next((n + 1 for n, line in enumerate(self.source.splitlines()) if words in line), 1)

    def raise_error(self, *, line: int, problem: str, remedy: str) -> NoReturn:
        raise GuidebookError(file=self.path, line=line, problem=problem, remedy=remedy)

    def texts(self, record: str, data: Mapping[str, Any], *, prefix: str = "") -> Texts:
        """Language -> text, from the keys `prefix + language`. Raises GuidebookError if one is missing or blank."""
        for lang in LANGUAGES:
            words = data.get(prefix + lang)
            if not isinstance(words, str) or not words.strip():
                self.raise_error(
                    line=self.line_of(record),
                    problem=f"{record} has no text in '{lang}'.",
                    remedy=f'Write {prefix}{lang} = "…" below it.',
                )
        return {lang: data[prefix + lang] for lang in LANGUAGES}

    def check_keys(self, record: str, data: Mapping[str, Any], allowed: Iterable[str]) -> None:
        """Raise GuidebookError for an unknown key: a misspelt one would silently drop a source or signal word."""
        for key in data:
            if key not in set(allowed):
                self.raise_error(
                    line=self.line_of(record, key),
                    problem=f"{record} has the unknown key '{key}'.",
                    remedy=f"Use one of: {', '.join(sorted(allowed))}.",
                )


def read_toml(path: Path) -> TomlFile:
    """Parse a file. Raises GuidebookError if it is missing or not valid TOML."""
    try:
        source = path.read_text(encoding="utf-8")
        return TomlFile(path, source, tomllib.loads(source))
    except OSError as error:
        raise GuidebookError(
            file=path, line=1, problem="The file cannot be read.", remedy="Put it back."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = _AT_LINE.search(str(error))
        raise GuidebookError(
            file=path,
            line=int(found[1]) if found else 1,
            problem=f"This is not valid TOML: {error}.",
            remedy="Look for a missing quote or bracket on this line or the one before.",
        ) from error


def read_toml_folder(folder: Path) -> Iterator[TomlFile]:
    """All TOML files of a folder, sorted by name."""
    for path in sorted(folder.glob("*.toml")):
        yield read_toml(path)
