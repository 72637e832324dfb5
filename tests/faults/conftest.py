"""Worlds to break: on SQLite always, on PostgreSQL where there is one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.fixture_data import World
from tests.faults.smtp_server import FaultySmtp
from tests.mailer.conftest import nudged, patient, post, saleor  # noqa: F401  the same shop and mailbox


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with empty tables and the inserts printed: made once, copied for each world."""
    folder = tmp_path_factory.mktemp("blank")
    with FaultySmtp() as nowhere:
        World(folder, "", nowhere).run("prepare")
    return folder


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    with FaultySmtp() as nowhere:
        World(tmp_path_factory.mktemp("postgres"), postgres_url, nowhere).run("migrate")
    return postgres_url


@pytest.fixture
def server() -> Iterator[FaultySmtp]:
    with FaultySmtp() as server:
        yield server


@pytest.fixture
def sqlite_world(blank: Path, tmp_path: Path, server: FaultySmtp) -> Iterator[World]:
    shutil.copytree(blank, tmp_path / "data")
    world = World(tmp_path / "data", "", server)
    yield world
    world.end()


@pytest.fixture
def postgres_world(
    migrated_postgres: str, blank: Path, tmp_path: Path, server: FaultySmtp
) -> Iterator[World]:
    shutil.copytree(blank, tmp_path / "data")
    world = World(tmp_path / "data", migrated_postgres, server)
    world.forget()
    yield world
    world.end()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def world(request: pytest.FixtureRequest) -> World:
    found: World = request.getfixturevalue(f"{request.param}_world")
    return found
