"""Problems in the catalog files: where, what is wrong, and how to correct it."""

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
        return f"{_relative(self.file)}:{self.line}: {self.what}. {self.advice}"


class CatalogError(Exception):
    """All problems, in the order of the files. Raised before anything is written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        count = len(self.problems)
        head = "1 problem" if count == 1 else f"{count} problems"
        super().__init__(f"{head} in the catalogue files:\n" + "\n".join(map(str, self.problems)))


def _relative(file: Path) -> Path:
    working_folder = Path.cwd()
    return file.relative_to(working_folder) if file.is_relative_to(working_folder) else file
