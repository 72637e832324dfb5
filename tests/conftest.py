"""The few things all tests share. `shop` is an empty shop, `seeded_shop` one with the whole catalogue."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A file, not memory: WAL, locks and several connections behave as in the shop."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(settings.DATA_DIR / "test.sqlite3")


@pytest.fixture(autouse=True)
def plain_storage(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No collected static files, no mail or media left from another test."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.MAIL_DIR = tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="session")
def seed_snapshot(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[[], None]]:
    """Seed once a session; give a function that puts the whole seeded database back in milliseconds."""
    with django_db_blocker.unblock():
        call_command("prepare", verbosity=0)
        call_command("seed", verbosity=0)
        kept = sqlite3.connect(":memory:")
        connection.ensure_connection()
        connection.connection.backup(kept)
        call_command("flush", verbosity=0, interactive=False)
        connection.close()

    def restore() -> None:
        connection.ensure_connection()
        kept.backup(connection.connection)

    yield restore
    kept.close()


@pytest.fixture
def seeded_shop(transactional_db: None, seed_snapshot: Callable[[], None]) -> None:
    """The catalogue of catalog_seed/, the guides and the demo logins, fresh for this test."""
    seed_snapshot()


def _required(name: str, why: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{name} is required when CI is set: {why}")
    pytest.skip(f"LEFT OUT, no {name}: {why}")


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[Callable[[], str]]:
    """Makes an empty PostgreSQL database at each call and gives its URL; all are dropped at the end."""
    import psycopg

    try:
        admin = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        _required("PostgreSQL", str(error).splitlines()[0])
        return
    made: list[str] = []

    def make() -> str:
        made.append(f"cupwell_test_{os.getpid()}_{len(made)}")
        admin.execute(f'CREATE DATABASE "{made[-1]}"')
        return POSTGRES.rsplit("/", 1)[0] + f"/{made[-1]}"

    yield make
    for name in made:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    admin.close()


@pytest.fixture(scope="session")
def postgres_url(new_postgres: Callable[[], str]) -> str:
    """A PostgreSQL database of this session's own; dropped afterwards."""
    return new_postgres()


@pytest.fixture(scope="session")
def redis_url() -> str:
    import redis

    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=2).ping()
    except redis.RedisError as error:
        _required("Redis", str(error))
    return REDIS


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).resolve().parent.parent
