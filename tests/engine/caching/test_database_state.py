"""The database's state differs after every commit, of whatever connection."""

from collections.abc import Iterator
from typing import Any

import environ
import pytest
from django.db import connection, transaction
from django.db.utils import ConnectionHandler

from store.engine.caching import database_state
from store.engine.caching.database_state import current_state


@pytest.fixture(params=["sqlite", "postgresql"])
def two_connections(
    request: pytest.FixtureRequest, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> Iterator[tuple[Any, Any]]:
    """To one database with a table; the state is asked of the first."""
    if request.param == "sqlite":
        options = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "shop.sqlite3")}
    else:
        options = environ.Env.db_url_config(request.getfixturevalue("postgres_url"))
    handler = ConnectionHandler({"default": options, "other": dict(options)})
    ours, other = handler["default"], handler["other"]
    monkeypatch.setattr(database_state, "connection", ours)
    with django_db_blocker.unblock():
        write(ours, "CREATE TABLE states (n integer)")
        yield ours, other
        write(ours, "DROP TABLE states")
        for one in (ours, other):
            one.close()


def write(database: Any, sql: str = "INSERT INTO states VALUES (1)") -> None:
    with database.cursor() as cursor:
        cursor.execute(sql)


def test_it_stays_until_somebody_writes(two_connections: tuple[Any, Any]) -> None:
    ours, other = two_connections
    before = current_state()
    assert before is not None
    if ours.vendor == "sqlite":  # other databases of a PostgreSQL server change its state as well
        assert current_state() == before
    for writer in (other, ours):
        write(writer)
        after = current_state()
        assert after != before
        before = after


def test_it_says_nothing_inside_a_transaction(two_connections: tuple[Any, Any]) -> None:
    ours, _ = two_connections
    ours.set_autocommit(False)
    ours.in_atomic_block = True
    assert current_state() is None
    ours.in_atomic_block = False
    ours.set_autocommit(True)


def test_a_new_connection_has_a_state_of_its_own(transactional_db: None) -> None:
    before = current_state()
    connection.close()
    assert current_state() != before
    with transaction.atomic():
        assert current_state() is None
