"""TOML with line numbers, which the standard library's reader does not give."""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from store.saleor.text import clean_json
from store.seed.read.problems import CatalogError, Problem

KeyPath = tuple[str | int, ...]

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r'^\s*("[^"]+"|[\w.-]+)\s*=\s*(.*)$')
_ERROR_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A TOML file: its values, and the line number of each key path."""

    path: Path
    data: dict[str, Any]
    lines: dict[KeyPath, int] = field(default_factory=dict)

    def line(self, key_path: KeyPath) -> int:
        """The line of the key path, or of its nearest parent that has one."""
        while key_path and key_path not in self.lines:
            key_path = key_path[:-1]
        return self.lines.get(key_path, 1)

    def problem(self, key_path: KeyPath, what: str, advice: str) -> Problem:
        return Problem(self.path, self.line(key_path), what, advice)


def load(path: Path) -> SourceFile:
    """Raises CatalogError with the one problem that makes the file unreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CatalogError(
            [Problem(path, 1, "the file is missing", "Put it back or make an empty one")]
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CatalogError(
            [Problem(path, line, "this is not UTF-8 text", "Save the file as UTF-8")]
        ) from None
    try:
        data = clean_json(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CatalogError([_syntax_problem(path, text, str(error))]) from None
    return SourceFile(path, data, _LineIndex().read(text))


def _syntax_problem(path: Path, text: str, message: str) -> Problem:
    match = _ERROR_LINE.search(message)
    line = int(match[1]) if match and match[1] else text.count("\n") + 1
    return Problem(path, line, _ERROR_LINE.sub("", message).strip(), "Correct the TOML on this line")


class _LineIndex:
    """Finds the line of each key path in a text that is known to be valid TOML."""

    def __init__(self) -> None:
        self.lines: dict[KeyPath, int] = {(): 1}
        self.counts: dict[KeyPath, int] = defaultdict(int)
        self.table: KeyPath = ()
        self.open_array: KeyPath | None = None
        self.in_multiline_string = False

    def read(self, text: str) -> dict[KeyPath, int]:
        for number, line in enumerate(text.splitlines(), start=1):
            self._read_line(number, line)
        return self.lines

    def _read_line(self, number: int, line: str) -> None:
        if self.in_multiline_string:
            self.in_multiline_string = '"""' not in line
        elif self.open_array is not None:
            self._read_array_line(number, line)
        elif table := _TABLE.match(line):
            self._read_table(number, table[2].split("."), check_unique=table[1] == "[[")
        elif key := _KEY.match(line):
            self._read_key(number, key[1].strip('"'), key[2])

    def _read_table(self, number: int, names: list[str], *, check_unique: bool) -> None:
        key_path: KeyPath = ()
        for depth, name in enumerate(names, start=1):
            key_path = (*key_path, name.strip().strip('"'))
            if depth == len(names) and check_unique:
                self.counts[key_path] += 1
            if self.counts.get(key_path):
                key_path = (*key_path, self.counts[key_path] - 1)
        self.table = key_path
        self.lines[key_path] = number

    def _read_key(self, number: int, name: str, value: str) -> None:
        names = name.split(".")
        key_path = (*self.table, *names)
        for depth in range(len(names)):
            self.lines.setdefault((*self.table, *names[: depth + 1]), number)
        if value.startswith('"""'):
            self.in_multiline_string = value.count('"""') == 1
        elif value.startswith("[") and "]" not in value:
            self.open_array = key_path

    def _read_array_line(self, number: int, line: str) -> None:
        assert self.open_array is not None
        if line.strip().startswith("]"):
            self.open_array = None
        elif line.strip().startswith("{"):
            self.lines[(*self.open_array, self.counts[self.open_array])] = number
            self.counts[self.open_array] += 1
