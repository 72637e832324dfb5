"""The findings of docs/mailer.md, each with its tests, run as one:

`python -m tests.faults.mail_findings [--database postgres://…] [--only WORD]`

Prints a line for each row of its two tables: how many of its tests passed, failed and were skipped, and ends with 1 if
one failed or none ran. With --database all of them run on PostgreSQL; else on SQLite, and those of `tests/faults` that
start workers on PostgreSQL as well, where TEST_DATABASE_URL names one.
"""

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
DOCUMENT = ROOT / "docs" / "mailer.md"
HEADINGS = ("## Faults that were tried", "## What was missing in November 2026, row by row")


@dataclass(frozen=True, slots=True)
class Finding:
    """A row; names: of its tests as it writes them, such as `test_health::…fell_silent…`."""

    title: str
    names: tuple[str, ...]

    def tests(self) -> list[str]:
        """Files and `file::function`, as pytest takes them. Raises LookupError for a name of which there is no test."""
        found, module = list[str](), ""
        for name in self.names:
            whole = name if not name.startswith("…") else f"{module}::{name}"
            module = whole.partition("::")[0] if "::" in whole else module
            found += _resolved(whole)
        return found


class Outcomes:
    """A plugin of pytest that keeps the outcome of each test: "passed", "failed" or "skipped" by its name."""

    def __init__(self) -> None:
        self.by_test: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or not report.passed:  # set-up and end count where they fail or skip
            self.by_test[report.nodeid] = report.outcome

    def of(self, tests: Sequence[str]) -> Counter[str]:
        wanted = tuple(tests)
        return Counter(outcome for name, outcome in self.by_test.items() if _is_of(name, wanted))


def findings() -> list[Finding]:
    """The rows of both tables, in order."""
    rows = (line.strip("|\n ").split(" | ") for line in _table_lines())
    return [Finding(cells[0], _names(cells[-1])) for cells in rows]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", default="", help="a PostgreSQL in which databases may be made")
    parser.add_argument("--only", default="", help="a word of the rows to run")
    given = parser.parse_args()
    if given.database:
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"] = given.database
    chosen = [one for one in findings() if given.only.lower() in one.title.lower()]
    outcomes, tests = Outcomes(), sorted({test for one in chosen for test in one.tests()})
    pytest.main(["--timeout=900", "--tb=short", *tests], plugins=[outcomes])
    counts = [outcomes.of(one.tests()) for one in chosen]
    for one, count in zip(chosen, counts, strict=True):
        print(
            f"{count['passed']:4} passed {count['failed']:3} failed {count['skipped']:3} skipped  {one.title}"
        )
    total = outcomes.of(tests)
    print(f"{len(chosen)} findings, {'PostgreSQL' if given.database else 'SQLite'}: {dict(total)}")
    return 0 if not total["failed"] and all(count["passed"] for count in counts) else 1


def _table_lines() -> Iterator[str]:
    """The rows without their headings."""
    text = DOCUMENT.read_text("utf-8")
    for heading in HEADINGS:
        section = text.partition(heading)[2].partition("\n## ")[0]
        yield from [line for line in section.splitlines() if line.startswith("|")][2:]


def _names(cell: str) -> tuple[str, ...]:
    quoted = re.findall("`([^`]+)`", cell)
    return tuple(name for name in quoted if "test_" in name or name.startswith("…"))


def _resolved(name: str) -> list[str]:
    module, _, part = name.removesuffix(".py").partition("::")
    files = _files(module)
    if not files:
        return [f"{file}::{module}" for file in _files_with(module)]
    if not part:
        return files
    wanted = part.strip("…")
    found = [f"{file}::{test}" for file in files for test in _functions(file) if wanted in test]
    if not found:
        raise LookupError(name)
    return found


def _files(module: str) -> list[str]:
    """Of tests/mailer where no folder is named, or else of any folder."""
    patterns = (f"{module}.py",) if "/" in module else (f"mailer/{module}.py", f"*/{module}.py")
    found = next((found for one in patterns if (found := sorted(TESTS.glob(one)))), [])
    return [str(path.relative_to(ROOT)) for path in found]


def _files_with(function: str) -> list[str]:
    found = [file for file in _all_files() if function in _functions(file)]
    if not found:
        raise LookupError(function)
    return found


@cache
def _all_files() -> tuple[str, ...]:
    return tuple(str(path.relative_to(ROOT)) for path in sorted(TESTS.rglob("test_*.py")))


@cache
def _functions(file: str) -> tuple[str, ...]:
    return tuple(re.findall(r"^def (test_\w+)", (ROOT / file).read_text("utf-8"), re.MULTILINE))


def _is_of(test: str, wanted: tuple[str, ...]) -> bool:
    plain = test.partition("[")[0]
    return plain in wanted or plain.partition("::")[0] in wanted


if __name__ == "__main__":
    sys.exit(main())
