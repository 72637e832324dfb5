"""What is wrong with the catalogue files: where, what, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    file: Path
    line: int
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{_short(self.file)}:{self.line}: {self.what}. {self.advice}"


class CatalogueError(Exception):
    """All problems at once, in the order of the files: nothing has been written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        count = len(self.problems)
        head = "1 problem" if count == 1 else f"{count} problems"
        super().__init__(f"{head} in the catalogue files:\n" + "\n".join(map(str, self.problems)))


def _short(file: Path) -> Path:
    here = Path.cwd()
    return file.relative_to(here) if file.is_relative_to(here) else file
