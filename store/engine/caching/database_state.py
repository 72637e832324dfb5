"""Whether anything at all was written to the database, asked for some microseconds.

The answer says less than `invalidation.current_token` (not what was written) and costs less: while nobody writes, what
was found valid once needs no second look, stock included.
"""

import itertools
from collections.abc import Hashable
from typing import Any

from django.db import DatabaseError, connection

_serials = itertools.count(1)


def number_connection(*, connection: Any, **_signal: Any) -> None:
    """Receiver of Django's `connection_created`: SQLite's counters are comparable on one connection only."""
    connection.state_serial = next(_serials)


def current_state() -> Hashable | None:
    """Equal values, read by the same thread, mean that nothing was committed in between, by whatever process.

    None, which says nothing, inside a transaction and while the database does not answer.
    """
    if connection.in_atomic_block:
        return None
    try:
        with connection.wrap_database_errors:
            connection.ensure_connection()
            return _sqlite_state() if connection.vendor == "sqlite" else _postgresql_state()
    except DatabaseError:
        return None


def _sqlite_state() -> Hashable:
    """`data_version` counts the commits of other connections, `total_changes` the rows written by this one."""
    database: Any = connection.connection
    [version] = database.execute("PRAGMA data_version").fetchone()
    return connection.state_serial, version, database.total_changes  # type: ignore[attr-defined]


def _postgresql_state() -> Hashable:
    """Two equal snapshots see the same transactions."""
    database: Any = connection.connection
    [snapshot] = database.execute("SELECT pg_current_snapshot()::text").fetchone()
    return str(snapshot)
