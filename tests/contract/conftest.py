"""Every question in this folder is asked of the embedded engine and, with SALEOR_TEST_URL, of a running Saleor."""

import os
from collections.abc import Iterator

import pytest

from tests.contract.shops import Api, embedded
from tests.contract.world import World

SALEOR = os.environ.get("SALEOR_TEST_URL", "")
CHOSEN = os.environ.get("CONTRACT_SHOPS", "embedded saleor").split()
SHOPS = [name for name in ("embedded", "saleor") if name in CHOSEN and (name != "saleor" or SALEOR)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker for the folder: the shop is started once."""
    for item in items:
        if "tests/contract/" in str(item.path):
            item.add_marker(pytest.mark.xdist_group("contract"))


@pytest.fixture(scope="session", params=SHOPS)
def api(request: pytest.FixtureRequest) -> Iterator[Api]:
    if request.param == "saleor":
        yield Api("saleor", SALEOR)
    else:
        with embedded(os.environ.get("CONTRACT_DATABASE_URL")) as shop:
            yield shop


@pytest.fixture(scope="session")
def world(api: Api) -> World:
    return World(api).set_up()
