"""The matrices of state and money, and what becomes of payments, on PostgreSQL, in one process with a database of its
own.

Of the 48 combinations of money, 8 in which each value of prices, voucher and card is there; all 48:
`DATABASE_URL=postgres://... python -m pytest tests/storefront/test_money_on_pages.py`.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.checkout import test_fund_release, test_paid_checkouts, test_unanswered_payments
from tests.engine.orders import test_operation_sequences, test_state_matrix
from tests.storefront import (
    test_money_on_pages,
    test_payment_lease,
    test_silent_payment_apps,
    test_state_on_every_surface,
)
from tests.storefront.test_money_on_pages import CARDS, PRICES, VOUCHERS

MONEY = f"{test_money_on_pages.__file__}::test_every_surface_shows_the_same_sums"


def some_of_money() -> list[str]:
    cards = list(CARDS)
    return [
        f"{MONEY}[{prices.replace(' ', '-')}-{voucher}-{cards[(row + column) % len(cards)]}]"
        for row, prices in enumerate(PRICES)
        for column, voucher in enumerate(VOUCHERS)
        if (row + column) % 2 == 0
    ]


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.timeout(600)
def test_state_money_and_sequences_hold_on_postgresql(postgres_url: str, repository: Path) -> None:
    modules = (
        test_state_matrix,
        test_state_on_every_surface,
        test_operation_sequences,
        test_unanswered_payments,
        test_fund_release,
        test_paid_checkouts,
        test_payment_lease,
        test_silent_payment_apps,
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *(str(one.__file__) for one in modules), *some_of_money()],
        cwd=repository,
        env=os.environ | {"DATABASE_URL": postgres_url, "ORDER_SEQUENCES": "3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
