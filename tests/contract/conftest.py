"""Runs each test of this folder against the embedded engine on SQLite and on PostgreSQL, and, with SALEOR_TEST_URL,
against a running Saleor. CONTRACT_SHOPS selects among `sqlite postgres saleor`."""

import os
from collections.abc import Iterator

import pytest

from tests.contract.fixture_data import ShopSetup
from tests.contract.targets import Api, run_embedded

SALEOR_URL = os.environ.get("SALEOR_TEST_URL", "")
SELECTED = os.environ.get("CONTRACT_SHOPS", "sqlite postgres saleor").split()
TARGETS = [
    name for name in ("sqlite", "postgres", "saleor") if name in SELECTED and (name != "saleor" or SALEOR_URL)
]


@pytest.fixture(scope="session", params=TARGETS)
def api(request: pytest.FixtureRequest) -> Iterator[Api]:
    if request.param == "saleor":
        yield Api("saleor", SALEOR_URL)
        return
    database = request.getfixturevalue("new_postgres")() if request.param == "postgres" else None
    with run_embedded(database) as target:
        yield target


@pytest.fixture(scope="session")
def shop(api: Api) -> ShopSetup:
    return ShopSetup(api).set_up()
