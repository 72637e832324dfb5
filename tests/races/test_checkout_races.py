"""Concurrent checkouts, refunds and links: first a proof of what is lost without the lock, then that nothing is lost with it."""

import pytest

from tests.races.concurrency import ROW_LOCK_RACES
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


def test_without_the_lock_one_gift_card_pays_several_orders(run_without_lock: Race) -> None:
    result = run_without_lock("one_gift_card")
    assert result["orders"] > 1


def test_a_gift_card_pays_once_however_many_checkouts_complete_together(run: Race) -> None:
    result = run("one_gift_card")
    assert (result["orders"], result["uses"], result["failed"]) == (1, 1, [])
    assert result["refused"] == ["CHECKOUT_NOT_FULLY_PAID"] * 5
    assert (result["balance"], result["charged"], result["ordered"]) == ("0.000", "16.790", "16.790")


@pytest.mark.parametrize(
    ("race", "charged"),
    [
        ("one_gift_card_is_paid_with_in_six_carts", "16.790"),
        ("one_code_for_one_use_is_paid_with_in_six_carts", "15.090"),
    ],
)
def test_nobody_pays_for_a_cart_whose_code_another_one_took(run: Race, race: str, charged: str) -> None:
    result = run(race)
    assert (result["orders"], result["charged"], result["failed"]) == (1, [charged], [])
    assert result["refused"] == ["INVALID"] * 5
    assert (result["charged_without_order"], result["marked_for_the_merchant"]) == (0, 0)


def test_a_code_good_once_for_each_customer_is_used_once(run: Race) -> None:
    result = run("once_per_customer")
    assert (result["orders"], result["customers"], result["failed"]) == (1, 1, [])
    assert set(result["refused"]) == {"VOUCHER_NOT_APPLICABLE"}


def test_a_single_use_code_is_used_once(run: Race) -> None:
    result = run("single_use_codes")
    assert (result["orders"], result["active"], result["failed"]) == (1, False, [])
    assert set(result["refused"]) == {"VOUCHER_NOT_APPLICABLE"}


def test_without_the_lock_two_tabs_charge_twice(run_without_lock: Race) -> None:
    result = run_without_lock("two_tabs")
    assert (result["calls"], result["charged"]) == (2, "73.580")


def test_two_tabs_and_a_slow_payment_app_charge_once(run: Race) -> None:
    result = run("two_tabs")
    assert (result["calls"], result["charged"], result["failed"]) == (1, "36.790", [])
    assert result["refused"] == ["CHECKOUT_COMPLETION_IN_PROGRESS"]


def test_without_the_lock_a_payment_is_refunded_several_times(run_without_lock: Race) -> None:
    assert run_without_lock("refund_four_times")["refunds"] > 1


def test_four_refunds_of_everything_give_it_back_once(run: Race) -> None:
    result = run("refund_four_times")
    assert (result["refunds"], result["refunded"], result["charged"]) == (1, "36.790", "0.000")
    assert (result["refused"], result["failed"]) == (["INVALID"] * 3, [])


def test_without_the_lock_granted_refunds_give_more_than_was_charged(run_without_lock: Race) -> None:
    assert run_without_lock("granted_refund_four_times")["refunds"] > 1


def test_four_granted_refunds_of_everything_give_it_back_once(run: Race) -> None:
    result = run("granted_refund_four_times")
    assert (result["refunds"], result["failed"]) == (1, [])
    assert result["refused"] == ["AMOUNT_GREATER_THAN_AVAILABLE"] * 3


def test_counting_stock_while_it_is_sold_loses_no_allocation(run: Race) -> None:
    result = run("stock_is_counted_while_it_is_sold")
    assert (result["orders"], result["refused"], result["failed"]) == (10, [], [])
    assert (result["quantity"], result["allocated"], result["allocation_rows"]) == ([100], [10], [10])


def test_no_more_is_reserved_than_there_is(run: Race) -> None:
    result = run("reservations_of_the_last_items")
    assert (result["reserved"], result["failed"]) == (3, [])
    assert result["refused"] == ["INSUFFICIENT_STOCK"] * 5


def test_without_the_lock_pieces_are_lost_from_a_cart(run_without_lock: Race) -> None:
    assert sum(run_without_lock("one_cart_in_eight_tabs")["lines"]) < 9


def test_what_eight_tabs_add_to_one_cart_is_all_in_it(run: Race) -> None:
    result = run("one_cart_in_eight_tabs")
    assert (result["lines"], result["failed"]) == ([9], [])


def test_a_cart_that_changes_while_it_is_ordered_is_ordered_as_paid_or_not_at_all(run: Race) -> None:
    result = run("cart_is_changed_while_it_is_ordered")
    assert (result["open"], result["failed"]) == (0, [])
    assert result["ordered"] in ([], [2])
    assert result["lines_left"] in ([], [3])
    assert result["orders"] + result["checkouts_left"] == 6
    assert len(result["refused"]) == 6  # of the two tabs of a cart the later one


def test_who_waits_with_joined_rows_orders_with_the_former_tax_or_misses_the_order(
    engine: str, run_without_lock: Race
) -> None:
    if engine == "sqlite":
        pytest.skip("one transaction at a time")
    ordered = run_without_lock("address_changes_while_the_cart_is_ordered")
    assert ordered["rates"] == ["0.0850"]  # to Germany, with the tax of the USA
    moved = run_without_lock("an_order_moves_to_another_channel_while_it_is_cancelled")
    assert moved["refused"] == ["NOT_FOUND"]


def test_a_cart_whose_address_changes_while_it_is_ordered_has_the_new_one_and_its_tax(run: Race) -> None:
    result = run("address_changes_while_the_cart_is_ordered")
    assert (result["failed"], result["refused"]) == ([], [])
    assert (result["countries"], result["rates"]) == (["DE"], ["0.1900"])


def test_an_order_that_moves_to_another_channel_meanwhile_is_cancelled_there(run: Race) -> None:
    result = run("an_order_moves_to_another_channel_while_it_is_cancelled")
    assert (result["failed"], result["refused"]) == ([], [])
    assert result["states"] == [["CANCELED", "other"]]


def test_without_the_lock_the_last_of_eight_editors_wins_silently(run_without_lock: Race) -> None:
    result = run_without_lock("eight_editors_of_one_parcel")
    assert len(result["answered"]) > 1


def test_of_eight_editors_one_saves_and_the_others_are_told(run: Race) -> None:
    result = run("eight_editors_of_one_parcel")
    assert (result["answered"], result["failed"]) == ([result["number"]], [])
    assert result["refused"] == ["ValuesChanged"] * 7


def test_without_the_lock_the_sweep_deletes_the_cart_of_who_came_back(run_without_lock: Race) -> None:
    result = run_without_lock("shoppers_come_back_during_the_sweep")
    assert set(result["answered"]) - set(result["left"])


def test_who_comes_back_during_the_sweep_has_the_cart_or_is_told(run: Race) -> None:
    result = run("shoppers_come_back_during_the_sweep")
    assert (result["answered"], result["failed"]) == (result["left"], [])
    assert len(result["left"]) >= 4
    assert result["refused"] == ["NOT_FOUND"] * (8 - len(result["left"]))


def test_without_its_constraint_a_slug_leads_to_several_categories(run_without_lock: Race) -> None:
    assert len(run_without_lock("six_translators_want_one_slug")["names"]) > 1


def test_of_six_translators_who_want_one_slug_one_has_it(run: Race) -> None:
    result = run("six_translators_want_one_slug")
    assert (result["names"], result["failed"]) == ([f"Name {result['answered'][0]}"], [])
    assert (len(result["answered"]), result["refused"]) == (1, ["UNIQUE"] * 5)


def test_without_the_lock_a_lot_is_counted_too_low(run_without_lock: Race) -> None:
    result = run_without_lock("parcels_of_one_lot")
    assert (len(result["parcels"]), result["lots"]) == (8, {"lot:LOT-A": "1"})


def test_eight_parcels_of_one_lot_are_counted_as_eight(run: Race) -> None:
    result = run("parcels_of_one_lot")
    assert (result["parcels"], result["lots"], result["failed"]) == ([*range(1, 9)], {"lot:LOT-A": "8"}, [])
    assert (result["quantity"], result["allocated"], result["allocation_rows"]) == ([2], [0], [0])


def test_a_form_sent_eight_times_makes_one_parcel(run: Race) -> None:
    result = run("one_form_sent_eight_times")
    assert (result["parcels"], result["lots"], result["failed"]) == ([1], {"lot:LOT-A": "1"}, [])
    assert (len(result["answered"]), result["refused"]) == (1, [])
    assert (result["quantity"], result["allocated"], result["allocation_rows"]) == ([9], [7], [7])


def test_without_the_lock_a_deleted_warehouse_takes_first_stock_along(
    engine: str, run_without_lock: Race
) -> None:
    if engine == "sqlite":
        pytest.skip("one transaction at a time")
    result = run_without_lock("first_stock_for_warehouses_that_are_deleted")
    assert set(result["answered"]) - set(result["there"])


def test_what_a_warehouse_receives_while_it_is_deleted_is_there_or_refused(run: Race) -> None:
    result = run("first_stock_for_warehouses_that_are_deleted")
    assert (result["answered"], result["failed"], len(result["refused"])) == (result["there"], [], 6)


@pytest.mark.parametrize("race", ROW_LOCK_RACES)
def test_without_its_lock_one_of_the_two_fails(engine: str, run_without_lock: Race, race: str) -> None:
    if engine == "sqlite":
        pytest.skip("one transaction at a time")
    assert run_without_lock(race)["failed"]


def test_what_arrives_of_a_variant_that_is_deleted_goes_with_it_or_is_refused(run: Race) -> None:
    result = run("first_stock_arrives_of_a_variant_that_is_deleted")
    assert (result["failed"], result["left"]) == ([], 0)


def test_a_cart_is_ordered_while_the_account_is_deleted_and_both_succeed(run: Race) -> None:
    result = run("an_account_is_deleted_while_its_cart_is_ordered")
    assert (result["failed"], result["refused"]) == ([], [])
    assert (result["orders"], result["of_nobody"]) == (1, 1)
    assert (result["users"], result["in_address_book"]) == (0, 0)


def test_a_guest_draft_is_completed_while_its_account_is_confirmed_and_belongs_to_it(run: Race) -> None:
    result = run("an_account_is_confirmed_while_its_guest_draft_is_completed")
    assert (result["failed"], result["refused"], result["of_the_account"]) == ([], [], 1)


def test_without_the_lock_editors_of_one_row_overwrite_each_other(run_without_lock: Race) -> None:
    assert run_without_lock("ten_editors_of_one_row")["keys"] < 8


def test_what_ten_editors_write_into_one_row_at_once_is_all_there(run: Race) -> None:
    result = run("ten_editors_of_one_row")
    assert (result["keys"], result["name"], result["rating"], result["failed"]) == (8, "Renamed", 4.5, [])


def test_a_warehouse_with_pieces_stays_when_a_parcel_leaves_it_at_the_same_moment(run: Race) -> None:
    result = run("a_parcel_leaves_a_warehouse_that_is_deleted_as_empty")
    assert (result["failed"], result["refused"]) == ([], ["INVALID"])
    assert (result["quantity"], result["allocated"], result["allocation_rows"]) == ([9], [0], [0])


def test_a_parcel_from_a_warehouse_that_is_deleted_leaves_or_is_refused(run: Race) -> None:
    result = run("a_parcel_leaves_a_warehouse_that_is_deleted")
    assert (result["failed"], result["quantity"]) == ([], [])
    # Deleted before the parcel looks for it, the warehouse is not found; deleted later, its pieces are gone.
    refused = (["INSUFFICIENT_STOCK"], ["NOT_FOUND"])
    assert (len(result["parcels"]), result["refused"]) in ((1, []), *((0, codes) for codes in refused))


def test_a_count_and_a_delivery_of_one_moment_are_both_booked_or_the_count_is_refused(run: Race) -> None:
    result = run("a_shelf_is_counted_while_a_delivery_arrives")
    assert result["failed"] == []
    assert (result["quantity"], len(result["refused"])) in (([13], 0), ([15], 1))


def test_a_return_and_a_delivery_of_one_moment_are_both_booked(run: Race) -> None:
    result = run("a_return_comes_in_while_a_delivery_arrives")
    assert (result["failed"], result["refused"]) == ([], [])
    assert (result["quantity"], result["allocated"], result["allocation_rows"]) == ([20], [0], [0])


def test_a_bulk_update_and_a_move_of_one_moment_are_both_booked(run: Race) -> None:
    result = run("variants_are_updated_while_stock_is_moved")
    assert (result["failed"], result["refused"], sorted(result["quantity"])) == ([], [], [6, 14, 20, 20])


def test_without_the_lock_a_password_link_works_for_all_six(run_without_lock: Race) -> None:
    assert len(run_without_lock("a_password_link_opened_by_six")["answered"]) > 1


def test_a_password_link_that_six_open_at_once_works_once_and_no_edit_brings_the_old_one_back(
    run: Race,
) -> None:
    result = run("a_password_link_opened_by_six")
    assert (result["set"], result["refused"], result["failed"]) == (result["answered"], ["token"] * 5, [])
    assert len(result["answered"]) == 1


def test_a_piece_that_four_people_enter_as_returned_comes_back_once(run: Race) -> None:
    result = run("one_piece_returned_four_times")
    assert (result["returned"], result["quantity"], result["failed"]) == (1, [10], [])
    assert (result["refused"], result["charged"]) == (["INVALID"] * 3, "5.320")
