"""TOML that remembers its lines. The standard reader gives values without places; people need places."""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from store.seed.read.problems import CatalogueError, Problem

Place = tuple[str | int, ...]

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r'^\s*("[^"]+"|[\w.-]+)\s*=\s*(.*)$')
_BAD_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: its values, and for each place the line on which it stands."""

    path: Path
    data: dict[str, Any]
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """The line of the place, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, what: str, advice: str) -> Problem:
        return Problem(self.path, self.line(place), what, advice)


def load(path: Path) -> Sheet:
    """Raises CatalogueError with the one problem that makes the file unreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CatalogueError(
            [Problem(path, 1, "the file is missing", "Put it back or make an empty one")]
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CatalogueError(
            [Problem(path, line, "this is not UTF-8 text", "Save the file as UTF-8")]
        ) from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError([_syntax_problem(path, text, str(error))]) from None
    return Sheet(path, data, _Index().read(text))


def _syntax_problem(path: Path, text: str, message: str) -> Problem:
    found = _BAD_LINE.search(message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    return Problem(path, line, _BAD_LINE.sub("", message).strip(), "Correct the TOML on this line")


class _Index:
    """Walks the lines of a file that is known to be valid TOML."""

    def __init__(self) -> None:
        self.lines: dict[Place, int] = {(): 1}
        self.counts: dict[Place, int] = defaultdict(int)
        self.table: Place = ()
        self.open_array: Place | None = None
        self.in_text = False

    def read(self, text: str) -> dict[Place, int]:
        for number, line in enumerate(text.splitlines(), start=1):
            self._take(number, line)
        return self.lines

    def _take(self, number: int, line: str) -> None:
        if self.in_text:
            self.in_text = '"""' not in line
        elif self.open_array is not None:
            self._take_array_line(number, line)
        elif table := _TABLE.match(line):
            self._take_table(number, table[2].split("."), repeated=table[1] == "[[")
        elif key := _KEY.match(line):
            self._take_key(number, key[1].strip('"'), key[2])

    def _take_table(self, number: int, names: list[str], *, repeated: bool) -> None:
        place: Place = ()
        for depth, name in enumerate(names, start=1):
            place = (*place, name.strip().strip('"'))
            if depth == len(names) and repeated:
                self.counts[place] += 1
            if self.counts.get(place):
                place = (*place, self.counts[place] - 1)
        self.table = place
        self.lines[place] = number

    def _take_key(self, number: int, name: str, value: str) -> None:
        names = name.split(".")
        place = (*self.table, *names)
        for depth in range(len(names)):
            self.lines.setdefault((*self.table, *names[: depth + 1]), number)
        if value.startswith('"""'):
            self.in_text = value.count('"""') == 1
        elif value.startswith("[") and "]" not in value:
            self.open_array = place

    def _take_array_line(self, number: int, line: str) -> None:
        assert self.open_array is not None
        if line.strip().startswith("]"):
            self.open_array = None
        elif line.strip().startswith("{"):
            self.lines[(*self.open_array, self.counts[self.open_array])] = number
            self.counts[self.open_array] += 1
