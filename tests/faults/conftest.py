"""Mail stacks for the fault tests: on SQLite always, on PostgreSQL where one is available."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.fixture_data import MailStack
from tests.faults.smtp_server import FaultySmtp
from tests.mailer.conftest import (  # noqa: F401  the fixtures of the mailer tests
    enqueued,
    mailbox,
    no_sweep_timeout,
    saleor,
)


@pytest.fixture(scope="session")
def empty_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with migrated tables and built PDFs: made once, copied for each stack."""
    folder = tmp_path_factory.mktemp("empty")
    with FaultySmtp() as unused_server:
        MailStack(folder, "", unused_server).run("prepare", seconds=600)
    return folder


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    with FaultySmtp() as unused_server:
        MailStack(tmp_path_factory.mktemp("postgres"), postgres_url, unused_server).run(
            "migrate", seconds=600
        )
    return postgres_url


@pytest.fixture
def server() -> Iterator[FaultySmtp]:
    with FaultySmtp() as server:
        yield server


@pytest.fixture
def sqlite_stack(empty_data_folder: Path, tmp_path: Path, server: FaultySmtp) -> Iterator[MailStack]:
    shutil.copytree(empty_data_folder, tmp_path / "data")
    stack = MailStack(tmp_path / "data", "", server)
    yield stack
    stack.kill_processes()


@pytest.fixture
def postgres_stack(
    migrated_postgres: str, empty_data_folder: Path, tmp_path: Path, server: FaultySmtp
) -> Iterator[MailStack]:
    shutil.copytree(empty_data_folder, tmp_path / "data")
    stack = MailStack(tmp_path / "data", migrated_postgres, server)
    stack.delete_rows()
    yield stack
    stack.kill_processes()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def stack(request: pytest.FixtureRequest) -> MailStack:
    found: MailStack = request.getfixturevalue(f"{request.param}_stack")
    return found
