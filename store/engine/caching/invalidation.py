"""In-memory caching of rows that seldom change, invalidated by writes to their tables.

Every write to a watched table (`watch`) adds a row with a random number to `Revision` in the same transaction; the
count and the sum of these numbers are the token. Reading it is one small statement, and a value that was loaded under
the same token is still valid: in all processes, after rollbacks, and in a database restored from a backup. Rows are
only added, so writers do not wait for each other here.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from django.db import connection, models, transaction

from store.engine.caching import dependencies
from store.engine.caching.once_per_transaction import OncePerTransaction

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
M = TypeVar("M", bound=models.Model)
Token = tuple[int, int]  # how many rows, and the sum of their numbers

PRUNE_ABOVE = 50
_WRITE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
_watched: set[str] = set()
_token_memo: ContextVar[dict[str, Token | None] | None] = ContextVar("revision", default=None)


def watch(tables: Iterable[type[models.Model]], *by_name: str) -> None:
    """Invalidate cached values on every write to the tables of these models, and to the tables given `by_name`."""
    _watched.update(by_name, (table._meta.db_table for table in tables))


def all_watched(tables: Iterable[str]) -> bool:
    """Whether writes to each of these tables (by name) invalidate."""
    return _watched.issuperset(tables)


def install_execute_wrapper(*, connection: Any, **_signal: Any) -> None:
    """Receiver of Django's `connection_created`: lets the connection's statements pass `_invalidate_on_write`."""
    if _invalidate_on_write not in connection.execute_wrappers:
        connection.execute_wrappers.append(_invalidate_on_write)


def _invalidate_on_write(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    found = None if sql.startswith("SELECT") else _WRITE.match(sql)
    if found is None or found[1] not in _watched:
        dependencies.record_tables(sql)
        return execute(sql, params, many, context)
    if connection.in_atomic_block:
        invalidate()
        return execute(sql, params, many, context)
    if connection.vendor == "sqlite" and "RETURNING" in sql:
        # The statement ends only when its rows have been fetched: what is written until then is committed with it.
        done = execute(sql, params, many, context)
        invalidate()
        return done
    with transaction.atomic():  # both writes or neither
        invalidate()
        return execute(sql, params, many, context)


def invalidate() -> None:
    """Change the token, inside the writer's transaction. A second call in the same transaction does nothing."""
    if _invalidation.is_registered():
        return
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO caching_revision (nonce) VALUES (%s)", [secrets.randbits(40)])
    _invalidation.register()
    if (memo := _token_memo.get()) is not None:
        memo.clear()


# Nothing is left to do after the commit: registered means that the transaction has invalidated. A rollback, also of a
# savepoint, takes that back.
_invalidation = OncePerTransaction(lambda: None)


def current_token() -> Token | None:
    """The current token. None, meaning that nothing may be cached, while the table is empty and inside a transaction
    that has invalidated."""
    if _invalidation.is_registered():
        return None
    memo = _token_memo.get()
    if memo is None:
        return _read()
    if "token" not in memo:
        memo["token"] = _read()
    return memo["token"]


def _read() -> Token | None:
    with dependencies.recording(None), connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), SUM(nonce) FROM caching_revision")
        rows, total = cursor.fetchone()
    return (rows, int(total)) if rows else None


def prune() -> int:
    """Replace the rows by a single one once there are more than PRUNE_ABOVE; the token changes. Returns how many were
    deleted."""
    from store.engine.caching.models import Revision

    if Revision.objects.count() <= PRUNE_ABOVE:
        return 0
    with transaction.atomic(durable=True):
        newest = list(Revision.objects.order_by("-pk").values_list("pk", flat=True)[:1])
        invalidate()
        return Revision.objects.filter(pk__lte=newest[0]).delete()[0]


@contextmanager
def single_token_read() -> Iterator[None]:
    """Inside (one request), the token is read once, and again after a write of this thread."""
    before = _token_memo.set({})
    try:
        yield
    finally:
        _token_memo.reset(before)


class CachedValue(Generic[T]):
    """Calling it returns the result of `load`, loaded again after the next write to a watched table.

    The value is shared by all threads: callers must not change it (see `copy_row`), except that a dict made by
    `CachedValue(dict)` may be filled.
    """

    def __init__(self, load: Callable[[], T]) -> None:
        self.load = load
        self._cached: tuple[Token, T] | None = None

    def __call__(self) -> T:
        token, cached = current_token(), self._cached
        if token is not None and cached is not None and cached[0] == token:
            return cached[1]
        value = self.load()
        if token is not None:
            self._cached = (token, value)
        return value


def read_through(
    cached: dict[K, T | None], keys: Iterable[K], read: Callable[[list[K]], dict[K, T]]
) -> dict[K, T]:
    """Cached values by key. Keys not cached yet are read; for one that does not exist None is cached."""
    unique_keys = dict.fromkeys(keys)
    if missing := [key for key in unique_keys if key not in cached]:
        cached.update(dict.fromkeys(missing) | read(missing))
    return {key: value for key in unique_keys if (value := cached[key]) is not None}


def copy_row(row: M) -> M:
    """A copy of a cached row that the caller may change."""
    columns = [field.attname for field in row._meta.concrete_fields]
    return type(row).from_db(row._state.db, columns, [getattr(row, column) for column in columns])
