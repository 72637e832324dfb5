"""No question keeps a thread longer than `settings.GRAPHQL_SECONDS`: the clock is looked at between the rows of lists,
and the database gives up by itself.

A question that is out of time is dropped as a whole (503). A mutation is never cut off between its steps; a statement
of it that takes too long rolls its own operation back and is told as an error.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

NEVER = float("inf")
STEPS = 50_000  # of SQLite's machine between two looks at the clock: some milliseconds
SAID = "This took too long. Ask for less at once."
_until: ContextVar[float] = ContextVar("deadline", default=NEVER)


class TooSlow(BaseException):
    """Out of time. No Exception, so that nothing on the way takes it for the failure of one field."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    before = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(before)


def until() -> float:
    """The moment, by `time.monotonic`, at which this request is out of time."""
    return _until.get()


def passed() -> bool:
    return time.monotonic() > _until.get()


def checked(resolve: Callable[..., Any], root: Any, info: Any, **arguments: Any) -> Any:
    """For graphql-core's own executor: looks at the clock before each field."""
    if passed():
        raise TooSlow
    return resolve(root, info, **arguments)


def is_timeout(error: BaseException | None) -> bool:
    """Did the database give up?"""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    return type(cause).__name__ == "QueryCanceled" or str(cause) == "interrupted"


def guard(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """A new connection to SQLite gives up at the deadline of whatever request it serves."""
    raw: Any = connection.connection
    if connection.vendor == "sqlite":
        raw.set_progress_handler(passed, STEPS)


def guard_statements(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """In processes that answer requests; workers and migrations may take their time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, false)", [f"{settings.GRAPHQL_SECONDS}s"]
            )
