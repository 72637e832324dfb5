"""Many buyers at one till. First the proof that without the lock the race oversells, then that with it it does not."""

import pytest

from tests.races.conftest import Race

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def test_without_the_lock_more_sets_are_sold_than_there_are(run_without_lock: Race) -> None:
    result = run_without_lock("last_sets")
    assert result["orders"] > 10


def test_fifty_buyers_of_the_last_ten_sets_make_exactly_ten_orders(run: Race) -> None:
    result = run("last_sets")
    assert (result["orders"], result["numbers"], result["broken"]) == (10, 10, [])
    assert result["refused"] == ["INSUFFICIENT_STOCK"] * 40
    assert (result["quantity"], result["allocated"], result["promised"]) == ([10], [10], [10])
    assert (result["baskets_left"], result["marked_for_the_merchant"]) == (40, 40)


def test_twelve_clicks_on_one_basket_make_one_order(run: Race) -> None:
    result = run("same_basket")
    assert (result["orders"], len(result["answered"]), result["broken"]) == (1, 1, [])
    assert (result["refused"], result["allocated"], result["promised"]) == ([], [2], [2])


def test_baskets_with_the_same_goods_in_other_order_never_wait_in_a_circle(run: Race) -> None:
    result = run("crosswise")
    assert (result["orders"], result["refused"], result["broken"]) == (24, [], [])
    assert result["allocated"] == result["promised"] == [24, 24]


def test_a_code_for_one_use_is_used_once(run: Race) -> None:
    result = run("last_voucher")
    assert (result["orders"], result["used"], result["broken"]) == (1, 1, [])
    assert set(result["refused"]) == {"VOUCHER_NOT_APPLICABLE"}


def test_ten_clicks_on_pay_move_money_once(run: Race) -> None:
    result = run("two_clicks_on_pay")
    assert (result["transactions"], result["charged"], result["broken"]) == (1, "36.790", [])
    assert len(result["answered"]) == 1
