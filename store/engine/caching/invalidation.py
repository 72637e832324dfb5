"""What hardly ever changes is kept in memory, as long as nobody wrote.

Whoever writes a watched table (`watch`), in whatever way, adds a row with a random number to `Revision` in the same
transaction; the sum of these numbers is the token. Reading it is one small statement, and whatever was loaded under the
same token is still true: for all processes, through rollbacks, and in a database that was put back from a copy. Rows
are only added, so writers never wait for each other here.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from django.db import connection, models, transaction

from store.engine.caching import dependencies

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)
Token = tuple[int, int]  # how many rows, and the sum of their numbers

PRUNE_ABOVE = 50
_WRITE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
_watched: set[str] = set()
_memo: ContextVar[dict[str, Token | None] | None] = ContextVar("revision", default=None)


def watch(tables: Iterable[type[models.Model]], *by_name: str) -> None:
    """Renew on every write to these."""
    _watched.update(by_name, (table._meta.db_table for table in tables))


def all_watched(tables: Iterable[str]) -> bool:
    return _watched.issuperset(tables)


def listen(*, connection: Any, **_signal: Any) -> None:
    """For Django's `connection_created`: statements of the connection pass `_notice` from now on."""
    if _notice not in connection.execute_wrappers:
        connection.execute_wrappers.append(_notice)


def _notice(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    found = None if sql.startswith("SELECT") else _WRITE.match(sql)
    if found is None or found[1] not in _watched:
        dependencies.saw(sql)
        return execute(sql, params, many, context)
    if connection.in_atomic_block:
        renew()
        return execute(sql, params, many, context)
    if connection.vendor == "sqlite" and "RETURNING" in sql:
        # Not at its end until the rows are fetched: what is written meanwhile is committed together with it
        done = execute(sql, params, many, context)
        renew()
        return done
    with transaction.atomic():  # never the one without the other
        renew()
        return execute(sql, params, many, context)


def renew() -> None:
    """Inside the writer's transaction; a second time there it does nothing."""
    if _is_renewed():
        return
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO caching_revision (nonce) VALUES (%s)", [secrets.randbits(40)])
    transaction.on_commit(_settled)
    if (memo := _memo.get()) is not None:
        memo.clear()


def _settled() -> None:
    """Marks, while it waits in the transaction, that this was renewed; a rollback takes the mark away as well."""


def _is_renewed() -> bool:
    return any(entry[1] is _settled for entry in connection.run_on_commit)


def token() -> Token | None:
    """None in a shop where nothing was ever set up, and for a writer amid the changes: then nothing is kept."""
    if _is_renewed():
        return None
    memo = _memo.get()
    if memo is None:
        return _read()
    if "token" not in memo:
        memo["token"] = _read()
    return memo["token"]


def _read() -> Token | None:
    with dependencies.watching(None), connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), SUM(nonce) FROM caching_revision")
        rows, total = cursor.fetchone()
    return (rows, int(total)) if rows else None


def prune() -> int:
    """One row in place of many; the token changes, nothing else. How many rows went."""
    from store.engine.caching.models import Revision

    if Revision.objects.count() <= PRUNE_ABOVE:
        return 0
    with transaction.atomic(durable=True):
        newest = list(Revision.objects.order_by("-pk").values_list("pk", flat=True)[:1])
        renew()
        return Revision.objects.filter(pk__lte=newest[0]).delete()[0]


@contextmanager
def steady() -> Iterator[None]:
    """Inside, the token is read once, and again after a write of one's own: for one request."""
    before = _memo.set({})
    try:
        yield
    finally:
        _memo.reset(before)


class Kept(Generic[T]):
    """A value that is loaded again after the next write. Never change what it gives: others have it, too."""

    def __init__(self, load: Callable[[], T]) -> None:
        self.load = load
        self._kept: tuple[Token, T] | None = None

    def __call__(self) -> T:
        now, kept = token(), self._kept
        if now is not None and kept is not None and kept[0] == now:
            return kept[1]
        value = self.load()
        if now is not None:
            self._kept = (now, value)
        return value


def fresh(row: M) -> M:
    """A row of one's own with the values of a kept one."""
    own = type(row).__new__(type(row))
    own.__dict__.update({name: value for name, value in row.__dict__.items() if name != "_state"})
    own._state = models.base.ModelState()
    own._state.adding, own._state.db = False, row._state.db
    return own
