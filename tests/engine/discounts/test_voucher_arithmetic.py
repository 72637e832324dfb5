"""Properties of the voucher arithmetic that hold for all orders."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from store.engine.discounts.voucher_arithmetic import (
    DiscountableLine,
    VoucherInfo,
    discounts_by_line,
    distribute_discount,
)

prices = st.decimals(min_value=0, max_value=999, places=2)
quantities = st.integers(min_value=1, max_value=9)
items = st.lists(
    st.builds(DiscountableLine, prices, quantities, st.integers(1, 5), st.integers(1, 5), st.none()),
    min_size=1,
    max_size=8,
)
values = st.decimals(min_value=0, max_value=2000, places=2)


@given(values, st.lists(prices, min_size=1, max_size=9))
def test_a_shared_discount_adds_up_to_itself_and_no_line_becomes_negative(
    discount: Decimal, totals: list[Decimal]
) -> None:
    shares = distribute_discount(discount, totals, "USD")
    assert sum(shares) == min(discount, sum(totals))
    assert all(0 <= share <= total for share, total in zip(shares, totals, strict=True))


@given(values, st.sampled_from(["FIXED", "PERCENTAGE"]), items)
def test_no_line_is_reduced_below_zero(value: Decimal, kind: str, lines: list[DiscountableLine]) -> None:
    voucher_info = VoucherInfo(value if kind == "FIXED" else min(value, Decimal(100)), kind, "USD")
    for discount, line in zip(discounts_by_line(voucher_info, lines, specific=True), lines, strict=True):
        assert 0 <= discount <= line.total


def test_a_discount_is_shared_in_proportion_to_the_lines() -> None:
    assert distribute_discount(Decimal(10), [Decimal(10), Decimal(20)], "USD") == [
        Decimal("3.33"),
        Decimal("6.67"),
    ]


def test_the_cheapest_piece_is_found_among_the_covered_lines() -> None:
    voucher_info = VoucherInfo(Decimal(50), "PERCENTAGE", "USD", only_cheapest=True, products=frozenset({2}))
    lines = [DiscountableLine(Decimal(4), 1, 1, 1, None), DiscountableLine(Decimal(20), 2, 2, 2, None)]
    assert discounts_by_line(voucher_info, lines, specific=True) == [0, Decimal(10)]
