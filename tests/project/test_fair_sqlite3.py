"""Writers of one process begin their transactions in the order in which they asked, and wait for a bounded time."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from store.fair_sqlite3 import base
from store.fair_sqlite3.turns import TookTooLong, Turns
from store.outages import is_outage

Connect = Callable[..., base.DatabaseWrapper]


@pytest.fixture
def connect(tmp_path: Path, django_db_blocker: Any) -> Iterator[Connect]:
    """Opens a connection of this thread to a file of its own."""
    opened: list[base.DatabaseWrapper] = []

    def open_connection(timeout: float = 10) -> base.DatabaseWrapper:
        settings: dict[str, Any] = connection.settings_dict | {
            "ENGINE": "store.fair_sqlite3",
            "NAME": str(tmp_path / "shop.sqlite3"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": timeout},
        }
        opened.append(base.DatabaseWrapper(settings, "default"))
        opened[-1].inc_thread_sharing()
        return opened[-1]

    with django_db_blocker.unblock():
        yield open_connection
        for one in opened:
            one.close()


def begin(database: base.DatabaseWrapper) -> None:
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(database: base.DatabaseWrapper) -> None:
    database.commit()
    database.set_autocommit(True)


def wait_until(is_so: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < ends_at
        time.sleep(0.001)


def test_who_came_first_is_next_however_fast_the_writer_before_asks_again(connect: Connect) -> None:
    greedy, others, order = connect(), [connect() for _ in range(3)], list[int]()

    def write(number: int) -> None:
        begin(others[number])
        order.append(number)
        end(others[number])

    begin(greedy)
    threads = [threading.Thread(target=write, args=[number]) for number in range(3)]
    for waiting, thread in enumerate(threads, start=2):
        thread.start()
        wait_until(lambda: len(greedy._queue._queue) == waiting)  # noqa: B023 - asked before the next round
    end(greedy)
    begin(greedy)
    assert order == [0, 1, 2]
    end(greedy)
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("leave", ["rollback", "close"])
def test_a_transaction_that_ends_in_another_way_ends_its_turn(connect: Connect, leave: str) -> None:
    first, second = connect(), connect(timeout=0.2)
    begin(first)
    getattr(first, leave)()
    begin(second)
    end(second)
    assert not second._queue._queue


def test_who_waits_too_long_is_told_that_the_database_is_busy(connect: Connect) -> None:
    first, second = connect(), connect(timeout=0.01)
    begin(first)
    with pytest.raises(OperationalError, match="locked") as refused:
        begin(second)
    assert is_outage(refused.value)
    end(first)
    begin(second)
    end(second)


def test_a_begin_that_another_process_refuses_ends_the_turn(connect: Connect, tmp_path: Path) -> None:
    first = connect(timeout=0.01)
    elsewhere = sqlite3.connect(tmp_path / "shop.sqlite3", isolation_level=None)
    elsewhere.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        begin(first)
    assert not first._queue._queue
    elsewhere.close()


def test_who_gives_up_does_not_stop_those_behind() -> None:
    turns = Turns()
    first = turns.wait(0)
    with pytest.raises(TookTooLong):
        turns.wait(0)
    turns.end(first)
    turns.end(first)
    turns.end(turns.wait(0))


@pytest.mark.django_db(transaction=True)
def test_the_shop_takes_turns() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite alone")
    with transaction.atomic():
        assert len(connection._queue._queue) == 1
    assert not connection._queue._queue
