"""What vouchers take off, case by case."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.discounts.voucher_arithmetic import (
    DiscountableLine,
    VoucherInfo,
    discounts_by_line,
    distribute_discount,
)


def info(value: str, kind: str = "FIXED", **options: Any) -> VoucherInfo:
    return VoucherInfo(Decimal(value), kind, "USD", **options)


def line(price: str, quantity: int = 1, **options: Any) -> DiscountableLine:
    given = {"variant_id": 1, "product_id": 1, "category_id": 1} | options
    return DiscountableLine(Decimal(price), quantity, **given)


@pytest.mark.parametrize(
    ("value", "kind", "price", "discount"),
    [
        ("5", "FIXED", "20", "5"),
        ("20", "FIXED", "20", "20"),
        ("25", "FIXED", "20", "20"),
        ("25", "PERCENTAGE", "20", "5.00"),
        ("100", "PERCENTAGE", "20", "20.00"),
        ("33", "PERCENTAGE", "9.99", "3.30"),
        ("150", "PERCENTAGE", "20", "20"),
    ],
)
def test_a_discount_is_the_value_or_its_per_cent_and_at_most_the_price(
    value: str, kind: str, price: str, discount: str
) -> None:
    assert info(value, kind).discount(Decimal(price)) == Decimal(discount)


def test_the_total_of_a_line_is_price_times_quantity() -> None:
    assert line("2.50", 3).total == Decimal("7.50")


@pytest.mark.parametrize("limit", ["variants", "products", "categories", "collections"])
def test_a_limited_voucher_covers_only_what_it_names(limit: str) -> None:
    named = line("1", variant_id=7, product_id=7, category_id=7, collection_ids=frozenset({7}))
    other = line("1", variant_id=8, product_id=8, category_id=8, collection_ids=frozenset({8}))
    voucher = info("1", **{limit: frozenset({7})})
    assert (voucher.covers(named), voucher.covers(other), voucher.for_all_products) == (True, False, False)


def test_an_unlimited_voucher_covers_everything() -> None:
    assert info("1").for_all_products
    assert info("1").covers(line("1", category_id=None))


@pytest.mark.parametrize(
    ("voucher", "expected"),
    [
        (info("3"), ["6", "3"]),
        (info("10", "PERCENTAGE"), ["1.00", "2.00"]),
        (info("3", only_cheapest=True), ["3", "0"]),
        (info("50", "PERCENTAGE", only_cheapest=True), ["2.50", "0"]),
        (info("9"), ["10", "9"]),
    ],
)
def test_a_voucher_on_lines_reduces_each_piece_or_the_cheapest_one(
    voucher: VoucherInfo, expected: list[str]
) -> None:
    lines = [line("5", 2), line("20", 1)]
    assert discounts_by_line(voucher, lines, specific=False) == [Decimal(value) for value in expected]


def test_a_specific_voucher_leaves_other_lines_alone_and_a_general_one_does_not() -> None:
    voucher = info("3", products=frozenset({2}))
    lines = [line("5", product_id=1), line("20", product_id=2)]
    assert discounts_by_line(voucher, lines, specific=True) == [0, 3]
    assert discounts_by_line(voucher, lines, specific=False) == [3, 3]


def test_a_voucher_that_covers_nothing_takes_nothing_off() -> None:
    voucher = info("3", products=frozenset({9}), only_cheapest=True)
    assert discounts_by_line(voucher, [line("5")], specific=True) == [0]


@pytest.mark.parametrize(
    ("discount", "totals", "shares"),
    [
        ("10", [], []),
        ("10", ["10"], ["10"]),
        ("10", ["4"], ["4"]),
        ("10", ["10", "20"], ["3.33", "6.67"]),
        ("10", ["10", "10", "10"], ["3.33", "3.33", "3.34"]),
        ("0.05", ["1", "1", "1"], ["0.02", "0.02", "0.01"]),
        ("5", ["0", "0"], ["0", "0"]),
        ("30", ["10", "5"], ["10", "5"]),
        ("0.01", ["1", "1"], ["0.01", "0"]),
        ("1.04", ["1.03", "0.01"], ["1.03", "0.01"]),
        ("0.02", ["0.01", "0.01", "0.01"], ["0.01", "0.01", "0"]),
        ("8.96", ["1.00"] * 9 + ["0.01"], ["1.00"] * 4 + ["0.99"] * 5 + ["0.01"]),
    ],
)
def test_a_discount_on_the_order_is_shared_to_the_cent(
    discount: str, totals: list[str], shares: list[str]
) -> None:
    found = distribute_discount(Decimal(discount), [Decimal(total) for total in totals], "USD")
    assert found == [Decimal(share) for share in shares]


def test_what_the_last_line_cannot_take_goes_to_the_lines_before_it() -> None:
    totals = [Decimal("1.00")] * 3 + [Decimal("0.01")]
    shares = distribute_discount(Decimal("1.33"), totals, "USD")
    assert (sum(shares), shares[-1] <= totals[-1]) == (Decimal("1.33"), True)


def test_a_percentage_is_rounded_once_for_the_line_and_not_for_each_piece() -> None:
    assert discounts_by_line(info("10", "PERCENTAGE"), [line("3.33", 3)], specific=False) == [Decimal("1.00")]
