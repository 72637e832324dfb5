"""Tests that share a server run in one worker of pytest-xdist."""

import pytest

from tests.work_distribution import pytest_xdist_make_scheduler, scope_of


def test_what_shares_a_server_stays_together() -> None:
    kill, purchase = (
        "tests/journeys/test_kills.py::test_a[x]",
        "tests/journeys/test_purchase_to_mail.py::test_b",
    )
    assert scope_of(kill) == scope_of(purchase)
    sqlite, postgres = (
        f"tests/contract/behaviors/test_menus.py::test_a[{name}]" for name in ("sqlite", "postgres")
    )
    assert (
        scope_of(sqlite)
        == scope_of("tests/contract/test_vouchers.py::test_b[sqlite-1]")
        != scope_of(postgres)
    )
    assert scope_of("tests/saleor/test_text.py::test_a[postgres]") == "tests/saleor/test_text.py"


def test_xdist_is_given_our_scheduler(request: pytest.FixtureRequest) -> None:
    hooks = request.config.hook.pytest_xdist_make_scheduler.get_hookimpls()
    assert pytest_xdist_make_scheduler in [hook.function for hook in hooks]
