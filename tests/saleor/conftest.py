"""The journey of a test of recorded exchanges, by the test's own name."""

from collections.abc import Generator, Iterator
from typing import Any

import pytest

from tests.saleor import journey as journeys
from tests.saleor.journey import Journey

PASSED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
    return report


@pytest.fixture
def journey(request: pytest.FixtureRequest, settings: Any, transactional_db: None) -> Iterator[Journey]:
    """What is recorded is kept, and what was not asked is missed, only where the test has passed."""
    name = request.node.name.removeprefix("test_").replace("[", "_").rstrip("]")
    with journeys.begun(name, settings, has_passed=lambda: request.node.stash.get(PASSED, False)) as begun:
        yield begun
