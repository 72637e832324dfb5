"""Records what a cached response was computed from, so that it can be checked later whether it is still valid.

A response depends on the tables that were read, and on values (such as stock) that change too often for their tables to
be watched: for these the function and its result are recorded, and the function is called again to compare.
"""

import re
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from store.engine.caching import database_state

T = TypeVar("T")

_TABLE = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)"?', re.IGNORECASE)
_current_recorder: ContextVar["DependencyRecorder | None"] = ContextVar("recorder", default=None)


class DependencyRecorder:
    """`tables`: names of the tables read, except inside `depends_on`; `volatile`: functions and what they returned.

    `changes_with_time`: whether one of the functions may return something else later though nothing was written.
    """

    def __init__(self) -> None:
        self.tables: set[str] = set()
        self.volatile: list[tuple[Callable[[], Any], Any]] = []
        self.changes_with_time = False
        self._found_valid: dict[int, Hashable] = {}  # by thread, in which state of the database

    def still_valid(self) -> bool:
        """Whether each recorded function still returns what it returned; calls them if anything was written since."""
        if not self.volatile:
            return True
        state = None if self.changes_with_time else database_state.current_state()
        thread = threading.get_ident()
        if state is not None and self._found_valid.get(thread) == state:
            return True
        if not all(compute() == recorded for compute, recorded in self.volatile):
            return False
        self._found_valid[thread] = state
        return True


@contextmanager
def recording(recorder: "DependencyRecorder | None") -> Iterator[None]:
    """Inside, `recorder` records what is read; None: nothing is recorded."""
    reset_token = _current_recorder.set(recorder)
    try:
        yield
    finally:
        _current_recorder.reset(reset_token)


def depends_on(compute: Callable[[], T], *, changes_with_time: bool) -> T:
    """The result of `compute`, recorded so that `still_valid` can call it again: it should close over plain values."""
    if (recorder := _current_recorder.get()) is None:
        return compute()
    with recording(None):
        result = compute()
    recorder.volatile.append((compute, result))
    recorder.changes_with_time |= changes_with_time
    return result


def record_tables(sql: str) -> None:
    """Add the tables that the statement reads to the current recorder, if there is one."""
    if (recorder := _current_recorder.get()) is not None:
        recorder.tables.update(_TABLE.findall(sql))
