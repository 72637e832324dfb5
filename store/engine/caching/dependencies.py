"""What an answer rests on, seen while it is made, so that it can be told later whether it is still true.

An answer rests on the tables that were read, and on questions whose answer changes more often than a table can be
watched: these are remembered together with what was said, and asked again.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_TABLE = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)"?', re.IGNORECASE)
_present: ContextVar["Witness | None"] = ContextVar("witness", default=None)


class Witness:
    """Tables that were read outside of `questions`; questions with what they were answered."""

    def __init__(self) -> None:
        self.tables: set[str] = set()
        self.questions: list[tuple[Callable[[], Any], Any]] = []

    def still_true(self) -> bool:
        """Ask the questions again."""
        return all(ask() == said for ask, said in self.questions)


@contextmanager
def watching(witness: "Witness | None") -> Iterator[None]:
    """Inside, `witness` (nobody, with None) sees what is read."""
    before = _present.set(witness)
    try:
        yield
    finally:
        _present.reset(before)


def rests_on(ask: Callable[[], T]) -> T:
    """What `ask` says. It may be called again later, so it keeps hold of plain values only."""
    if (witness := _present.get()) is None:
        return ask()
    with watching(None):
        said = ask()
    witness.questions.append((ask, said))
    return said


def saw(sql: str) -> None:
    if (witness := _present.get()) is not None:
        witness.tables.update(_TABLE.findall(sql))
