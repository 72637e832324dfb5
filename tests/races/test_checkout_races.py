"""Concurrent checkouts: first a proof that without the lock stock is oversold, then that with it it is not."""

import pytest

from tests.races.conftest import Race

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def test_without_the_lock_stock_is_oversold(run_without_lock: Race) -> None:
    result = run_without_lock("last_items")
    assert result["orders"] > 10


def test_fifty_buyers_of_the_last_ten_items_make_exactly_ten_orders(run: Race) -> None:
    result = run("last_items")
    assert (result["orders"], result["numbers"], result["failed"]) == (10, 10, [])
    assert result["refused"] == ["INSUFFICIENT_STOCK"] * 40
    assert (result["quantity"], result["allocated"], result["allocation_rows"]) == ([10], [10], [10])
    assert (result["checkouts_left"], result["marked_for_the_merchant"]) == (40, 40)


def test_twelve_completions_of_one_checkout_make_one_order(run: Race) -> None:
    result = run("same_checkout")
    assert (result["orders"], len(result["answered"]), result["failed"]) == (1, 1, [])
    assert (result["refused"], result["allocated"], result["allocation_rows"]) == ([], [2], [2])


def test_checkouts_with_the_same_variants_in_opposite_order_never_deadlock(run: Race) -> None:
    result = run("opposite_line_order")
    assert (result["orders"], result["refused"], result["failed"]) == (24, [], [])
    assert result["allocated"] == result["allocation_rows"] == [24, 24]


def test_a_code_for_one_use_is_used_once(run: Race) -> None:
    result = run("last_voucher")
    assert (result["orders"], result["used"], result["failed"]) == (1, 1, [])
    assert set(result["refused"]) == {"VOUCHER_NOT_APPLICABLE"}


def test_ten_clicks_on_pay_move_money_once(run: Race) -> None:
    result = run("duplicate_payment")
    assert (result["transactions"], result["charged"], result["failed"]) == (1, "36.790", [])
    assert len(result["answered"]) == 1
