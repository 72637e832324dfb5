"""What earlier runs learnt, kept in `.mutation/`, so that the next run starts with it.

Nothing kept is believed for other code: the key of a test is a digest of its file, of the whole store and of the
fixtures. Which test found a fault is only a hint that has it tried first.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".mutation"


class KeptTest(TypedDict):
    """`seconds` of processor time; `lines` of each traced file (relative to the repository) that the test executes."""

    key: str
    seconds: float
    lines: dict[str, list[int]]


class KeptFault(TypedDict):
    """The test that found it, or "", and the keys of the tests that did not."""

    found_by: str
    survived: list[str]


class Kept:
    """What is known of the tests and faults of one package. `save` after every module, `key` before trusting."""

    def __init__(self, package: str) -> None:
        self._file = FOLDER / f"{package}.json"
        self.tests: dict[str, KeptTest] = {}
        self.faults: dict[str, KeptFault] = {}
        if self._file.exists():
            content = json.loads(self._file.read_text())
            self.tests, self.faults = content["tests"], content["faults"]
        self._support = _digest(_support_files())

    def key(self, test: str, file: Path) -> str:
        """The key of a test of `file` now."""
        return hashlib.sha256(f"{self._support} {_digest([file])} {test}".encode()).hexdigest()[:20]

    def save(self) -> None:
        FOLDER.mkdir(exist_ok=True)
        unfinished = self._file.with_suffix(".part")
        unfinished.write_text(json.dumps({"tests": self.tests, "faults": self.faults}))
        unfinished.rename(self._file)


def database_file() -> Path:
    """The file for an empty, migrated SQLite database; another one after each change of a migration or model."""
    files = [*ROOT.glob("store/**/migrations/*.py"), *ROOT.glob("store/**/models.py")]
    return FOLDER / f"{_digest(sorted(files))[:20]}.sqlite3"


def _support_files() -> Iterator[Path]:
    yield from sorted(ROOT.glob("store/**/*.py"))
    for file in sorted(ROOT.glob("tests/**/*.py")):
        if not file.name.startswith("test_") and file.parent != Path(__file__).parent:
            yield file
    yield ROOT / "pyproject.toml"


def _digest(files: Iterator[Path] | list[Path]) -> str:
    content = hashlib.sha256()
    for file in files:
        content.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return content.hexdigest()
