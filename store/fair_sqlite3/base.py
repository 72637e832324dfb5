"""Transactions of this process begin in the order in which they were asked for.

A writer that finds SQLite's lock taken sleeps and looks again, up to a tenth of a second later. One that writes without
a pause takes the lock each time before the sleepers look: measured with 16 threads, some waited 10 s, until the first
had nothing left to write; in turns, 0.3 s at most. Other processes wait as SQLite does, `timeout` seconds at most.
"""

import sqlite3
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from store.fair_sqlite3.turns import TookTooLong, Turn, Turns

_turns: dict[str, Turns] = {}  # by database file


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds its turn from BEGIN until the transaction or the connection ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: Turn | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._turn = self._wait()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _wait(self) -> Turn:
        seconds = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        try:
            return self._queue.wait(seconds)
        except TookTooLong:
            busy = sqlite3.OperationalError("database is locked")
            busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise OperationalError(*busy.args) from busy

    @property
    def _queue(self) -> Turns:
        return _turns.setdefault(str(self.settings_dict["NAME"]), Turns())

    def _end_turn(self) -> None:
        if self._turn is not None:
            turn, self._turn = self._turn, None
            self._queue.end(turn)

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()
