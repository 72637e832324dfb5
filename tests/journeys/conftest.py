"""A seeded shop on SQLite, set up once and copied by the tests that are about something else."""

from pathlib import Path

import pytest

from tests.journeys import running_shops


@pytest.fixture(scope="session")
def seeded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeded")
    running_shops.set_up(running_shops.environment(folder))
    return folder
