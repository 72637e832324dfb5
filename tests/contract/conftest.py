"""Every question in this folder is asked of our engine, on SQLite and on PostgreSQL, and with SALEOR_TEST_URL of
a running Saleor. CONTRACT_SHOPS names those that are wanted."""

import os
from collections.abc import Iterator

import pytest

from tests.contract.fixture_data import World
from tests.contract.targets import Api, embedded

SALEOR = os.environ.get("SALEOR_TEST_URL", "")
CHOSEN = os.environ.get("CONTRACT_SHOPS", "sqlite postgres saleor").split()
SHOPS = [name for name in ("sqlite", "postgres", "saleor") if name in CHOSEN and (name != "saleor" or SALEOR)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker for the folder: the shop is started once."""
    for item in items:
        if "tests/contract/" in str(item.path):
            item.add_marker(pytest.mark.xdist_group("contract"))


@pytest.fixture(scope="session", params=SHOPS)
def api(request: pytest.FixtureRequest) -> Iterator[Api]:
    if request.param == "saleor":
        yield Api("saleor", SALEOR)
        return
    database = request.getfixturevalue("new_postgres")() if request.param == "postgres" else None
    with embedded(database) as shop:
        yield shop


@pytest.fixture(scope="session")
def world(api: Api) -> World:
    return World(api).set_up()
