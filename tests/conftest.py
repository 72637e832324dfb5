"""Fixtures of all tests: storage, the seeded shop, PostgreSQL and Redis."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase, override_settings

from tests.empty_tables import empty_tables
from tests.environment import SESSION_DIR
from tests.work_distribution import pytest_xdist_make_scheduler  # noqa: F401  a hook

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """SQLite in a file, not in memory, so that WAL, locks and connections behave as in production."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(settings.DATA_DIR / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def quickly_hashed_passwords() -> Iterator[None]:
    """Passwords are not meant to be hard to guess here; those of the shop take a twentieth of a second each."""
    md5 = "django.contrib.auth.hashers.MD5PasswordHasher"
    with override_settings(PASSWORD_HASHERS=[md5, *settings.PASSWORD_HASHERS]):
        yield


@pytest.fixture(scope="session", autouse=True)
def quickly_emptied_tables() -> Iterator[None]:
    """After a test that commits: Django's own way is nine tenths of many a test's time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: empty_tables())
        yield


@pytest.fixture(autouse=True)
def plain_storage(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Static files without a manifest, and an empty mail folder."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.MAIL_DIR = tmp_path_factory.mktemp("mail")


@pytest.fixture(autouse=True)
def no_kept_pages() -> None:
    """Each test begins without the pages of another shop."""
    from store.storefront.page_cache import PAGES

    PAGES.clear()


@pytest.fixture(scope="session")
def seed_snapshot(
    quickly_hashed_passwords: None, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Callable[[], None]]:
    """Returns a function that restores the seeded database in milliseconds. The first worker seeds, for all."""
    file, media = Path(SESSION_DIR, "seeded.sqlite3"), Path(SESSION_DIR, "seeded-media")
    with django_db_blocker.unblock(), Path(SESSION_DIR, ".seeding").open("w") as lock:
        flock(lock, LOCK_EX)
        if not file.exists():
            _seed(file, media)
    shutil.copytree(media, settings.MEDIA_ROOT, dirs_exist_ok=True)
    snapshot = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(file)) as seeded:
        seeded.backup(snapshot)

    def restore() -> None:
        connection.ensure_connection()
        snapshot.backup(connection.connection)

    yield restore
    snapshot.close()


def _seed(file: Path, media: Path) -> None:
    """Seed the test database, store it with its pictures, and empty it again."""
    call_command("prepare", verbosity=0)
    call_command("seed", verbosity=0)
    unfinished = file.with_suffix(".part")
    connection.ensure_connection()
    with closing(sqlite3.connect(unfinished)) as seeded:
        connection.connection.backup(seeded)
    call_command("flush", verbosity=0, interactive=False)
    connection.close()
    shutil.copytree(settings.MEDIA_ROOT, media, dirs_exist_ok=True)
    unfinished.rename(file)


@pytest.fixture
def seeded_shop(transactional_db: None, seed_snapshot: Callable[[], None]) -> None:
    """The catalog of catalog_seed/, the guides and the demo accounts, restored for this test."""
    seed_snapshot()


def _skip_or_fail(service: str, reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{service} is required when CI is set: {reason}")
    pytest.skip(f"LEFT OUT, no {service}: {reason}")


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[Callable[[], str]]:
    """A function that creates an empty PostgreSQL database and returns its URL; all are dropped at the end."""
    import psycopg

    try:
        admin = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        _skip_or_fail("PostgreSQL", str(error).splitlines()[0])
        return
    names: list[str] = []

    def create() -> str:
        names.append(f"cupwell_test_{os.getpid()}_{len(names)}")
        admin.execute(f'CREATE DATABASE "{names[-1]}"')
        return POSTGRES.rsplit("/", 1)[0] + f"/{names[-1]}"

    yield create
    for name in names:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    admin.close()


@pytest.fixture(scope="session")
def postgres_url(new_postgres: Callable[[], str]) -> str:
    """A PostgreSQL database for the whole session."""
    return new_postgres()


@pytest.fixture(scope="session")
def redis_url() -> str:
    import redis

    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=2).ping()
    except redis.RedisError as error:
        _skip_or_fail("Redis", str(error))
    return REDIS


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).resolve().parent.parent
