"""Each race runs in a process and on a database of its own, on SQLite and on PostgreSQL."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

Race = Callable[..., dict[str, Any]]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'race.sqlite3'}"
        return
    import psycopg

    base = request.getfixturevalue("postgres_url")
    name = f"cupwell_race_{uuid4().hex[:10]}"
    with psycopg.connect(base, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    yield base.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(base, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def run(database_url: str, tmp_path: Path, repository: Path) -> Race:
    def start(race: str, *options: str) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-m", "tests.races.crowd", race, *options],
            cwd=repository,
            env=os.environ
            | {
                "DATABASE_URL": database_url,
                "DATA_DIR": str(tmp_path),
                "DJANGO_SETTINGS_MODULE": _settings(),
            },
            capture_output=True,
            text=True,
            timeout=170,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return result

    return start


def _settings() -> str:
    return os.environ.get("DJANGO_SETTINGS_MODULE", "store.settings")
