"""Recognises errors that are no fault of the request: the database or the disk can't be used at the moment.

Whoever answers a request tells them apart from bugs: 503 and "try again in a minute" instead of 500. Nothing was
stored, since operations own their transaction.
"""

import errno
import sqlite3

from django.db import InterfaceError, OperationalError

# Locked, full, not writable, not readable. Not among them: what a wrong statement causes, which SQLite also calls
# "operational", such as a missing table.
SQLITE_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOMEM,
    }
)
# Classes of SQLSTATE: connection, transaction rollback (the victim of a deadlock), insufficient resources, operator
# intervention, system error.
# https://www.postgresql.org/docs/current/errcodes-appendix.html
POSTGRESQL_CLASSES = ("08", "40", "53", "57", "58")
CANCELLED_STATEMENT = "57014"  # the time limit of a statement: the request's own fault
DISK_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


def is_outage(error: BaseException | None) -> bool:
    """Whether the same request may go through later, unchanged."""
    if isinstance(error, InterfaceError):  # the connection was closed by the other side
        return True
    if isinstance(error, OperationalError):
        return _is_database_outage(error.__cause__)
    return isinstance(error, OSError) and error.errno in DISK_ERRNOS


def _is_database_outage(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.Error):
        return (getattr(cause, "sqlite_errorcode", 0) & 0xFF) in SQLITE_CODES  # without the extended bits
    sqlstate: str | None = getattr(cause, "sqlstate", None)
    if sqlstate is None:  # no connection at all
        return cause is not None
    return sqlstate.startswith(POSTGRESQL_CLASSES) and sqlstate != CANCELLED_STATEMENT
