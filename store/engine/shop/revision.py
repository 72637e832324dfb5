"""Settings that every request asks for and that hardly ever change are kept in memory, as long as nobody wrote.

Each write to a watched table (see `apps`) puts a new random token into the one row of `Revision`, in the same
transaction. Reading it is one small statement, and whatever was loaded under the same token is still true: for all
processes, through rollbacks, and in a database that was put back from a copy.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.signals import m2m_changed, post_delete, post_save

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)


def renew(**_signal: Any) -> None:
    """Something watched was written. Inside the writer's transaction."""
    from store.engine.shop.models import Revision

    Revision.objects.update_or_create(pk=1, defaults={"token": secrets.token_hex(12)})


def token() -> str | None:
    """None in a shop where nothing was ever set up: then nothing is kept."""
    memo = _memo.get()
    if memo is None:
        return _read()
    if "token" not in memo:
        memo["token"] = _read()
    return memo["token"]


def _read() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM shop_revision WHERE id = 1")
        found = cursor.fetchone()
    return str(found[0]) if found else None


_memo: ContextVar[dict[str, str | None] | None] = ContextVar("revision", default=None)


@contextmanager
def steady() -> Iterator[None]:
    """Inside, the token is read once: for whoever only reads."""
    before = _memo.set({})
    try:
        yield
    finally:
        _memo.reset(before)


class Kept(Generic[T]):
    """A value that is loaded again after the next write. Never change what it gives: others have it, too."""

    def __init__(self, load: Callable[[], T]) -> None:
        self.load = load
        self._kept: tuple[str, T] | None = None

    def __call__(self) -> T:
        now, kept = token(), self._kept
        if now is not None and kept is not None and kept[0] == now:
            return kept[1]
        value = self.load()
        if now is not None:
            self._kept = (now, value)
        return value


class WatchedQuerySet(models.QuerySet[M]):
    """What Django tells no signal of."""

    def update(self, **changes: Any) -> int:
        done = super().update(**changes)
        renew()
        return done

    def bulk_create(self, objs: Iterable[M], *args: Any, **options: Any) -> list[M]:
        done = super().bulk_create(objs, *args, **options)
        renew()
        return done

    def bulk_update(self, objs: Iterable[M], *args: Any, **options: Any) -> int:
        done = super().bulk_update(objs, *args, **options)
        renew()
        return done


def watch(*tables: type[models.Model]) -> None:
    """Renew on every save and deletion of these; many-to-many tables among them by their own signal."""
    for table in tables:
        if table._meta.auto_created:
            m2m_changed.connect(renew, sender=table, dispatch_uid=f"revision of {table.__name__}")
        post_save.connect(renew, sender=table, dispatch_uid=f"revision of {table.__name__}")
        post_delete.connect(renew, sender=table, dispatch_uid=f"revision of {table.__name__}")


def fresh(row: M) -> M:
    """A row of one's own with the values of a kept one."""
    own = type(row).__new__(type(row))
    own.__dict__.update({name: value for name, value in row.__dict__.items() if name != "_state"})
    own._state = models.base.ModelState()
    own._state.adding, own._state.db = False, row._state.db
    return own
