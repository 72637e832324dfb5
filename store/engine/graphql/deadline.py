"""The time limit of requests, `settings.GRAPHQL_SECONDS`, so that no query holds a thread for longer.

The executor checks the clock between the rows of lists; SQLite and PostgreSQL interrupt long statements themselves.
A query that exceeds the limit is dropped as a whole (503). A mutation is never cut off between its steps; a statement
of it that takes too long rolls its own operation back and is returned as an error. Of several mutations in one request
those that would begin after the limit are refused.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

NO_DEADLINE = float("inf")
SQLITE_PROGRESS_STEPS = 50_000  # virtual machine instructions between two checks: some milliseconds
TIMEOUT_MESSAGE = "This took too long. Ask for less at once."
_deadline: ContextVar[float] = ContextVar("deadline", default=NO_DEADLINE)


@dataclass(slots=True)
class _MutationLimit:
    """Until when mutations of a request may begin; the first always may."""

    deadline: float = float("inf")
    begun: int = 0


_mutation_limit: ContextVar[_MutationLimit | None] = ContextVar("mutation_limit", default=None)


class DeadlineExceeded(BaseException):
    """The request is out of time. No Exception, so that no handler takes it for the failure of one field."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Set the deadline of the current context to `seconds` from now."""
    reset_token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(reset_token)


@contextmanager
def mutation_time_limit(seconds: float) -> Iterator[None]:
    """Further root mutations of the current request may begin until `seconds` from now.

    The first always begins, and one that runs is never interrupted.
    """
    reset_token = _mutation_limit.set(_MutationLimit(time.monotonic() + seconds))
    try:
        yield
    finally:
        _mutation_limit.reset(reset_token)


def may_begin_mutation() -> bool:
    """Whether the next root mutation of this request may begin. To be asked once for each."""
    if (limit := _mutation_limit.get()) is None:
        return True
    limit.begun += 1
    return limit.begun == 1 or time.monotonic() <= limit.deadline


def current_deadline() -> float:
    """The moment, by `time.monotonic`, at which this request is out of time."""
    return _deadline.get()


def has_passed() -> bool:
    return time.monotonic() > _deadline.get()


def deadline_middleware(resolve: Callable[..., Any], root: Any, info: Any, **arguments: Any) -> Any:
    """Middleware of graphql-core's executor: raises DeadlineExceeded before a field when the time is over."""
    if has_passed():
        raise DeadlineExceeded
    return resolve(root, info, **arguments)


def is_timeout(error: BaseException | None) -> bool:
    """Whether the database interrupted a statement."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    return type(cause).__name__ == "QueryCanceled" or str(cause) == "interrupted"


def set_sqlite_progress_handler(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Receiver of `connection_created`: SQLite interrupts statements at the deadline of the current request."""
    raw: Any = connection.connection
    if connection.vendor == "sqlite":
        raw.set_progress_handler(has_passed, SQLITE_PROGRESS_STEPS)


def set_statement_timeout(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Receiver of `connection_created` for PostgreSQL; only in web processes, workers and migrations have no limit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, false)", [f"{settings.GRAPHQL_SECONDS}s"]
            )
