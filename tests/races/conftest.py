"""The races run in a process with a database of its own, once on SQLite and once on PostgreSQL."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

Race = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def run(
    engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, repository: Path
) -> Race:
    """The result of a race. All races run together when the first result is requested."""
    return _races(engine, request, tmp_path_factory, repository)


@pytest.fixture(scope="module")
def run_without_lock(
    engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, repository: Path
) -> Race:
    """As `run`, each race without its lock."""
    return _races(engine, request, tmp_path_factory, repository, "--without-lock")


def _races(
    engine: str,
    request: pytest.FixtureRequest,
    folders: pytest.TempPathFactory,
    repository: Path,
    *arguments: str,
) -> Race:
    results: dict[str, dict[str, Any]] = {}

    def result(race: str) -> dict[str, Any]:
        if not results:
            with _database(engine, request, folders.mktemp("race")) as environment:
                results.update(_start(repository, environment, *arguments))
        return results[race]

    return result


@contextmanager
def _database(engine: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[dict[str, str]]:
    if engine == "sqlite":
        yield {"DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'race.sqlite3'}"}
        return
    import psycopg

    base = request.getfixturevalue("postgres_url")
    name = f"cupwell_race_{uuid4().hex[:10]}"
    with psycopg.connect(base, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield {"DATA_DIR": str(folder), "DATABASE_URL": base.rsplit("/", 1)[0] + f"/{name}"}
    finally:
        with psycopg.connect(base, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _start(repository: Path, environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.races.concurrency", *arguments],
        cwd=repository,
        env=os.environ | environment | {"DJANGO_SETTINGS_MODULE": "store.settings"},
        capture_output=True,
        text=True,
        timeout=800,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    results: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return results
