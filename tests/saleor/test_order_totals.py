"""The money table: whatever is combined, the rows sum to the total, and each reduction has its name."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.saleor.order_totals import (
    Amounts,
    Discount,
    GiftCardUse,
    LineAmounts,
    OrderTotals,
    Row,
    RowKind,
    Taxed,
    as_entered,
    full_shipping,
    is_entered_with_tax,
    order_totals,
)

D = Decimal


def taxed(net: str, gross: str) -> Taxed:
    return Taxed(D(net), D(gross))


def adds_up(shown: OrderTotals) -> bool:
    goods = sum(shown.line_totals.values(), D(0))
    return (
        goods == shown.amount(RowKind.SUBTOTAL)
        and sum((row.amount for row in shown.rows), D(0)) == shown.total
    )


def amounts(
    *,
    voucher: bool = False,
    shipping_voucher: bool = False,
    card: bool = False,
    untaxed: bool = False,
    discounts: int = 1,
) -> Amounts:
    """One line of 29.00 + 19 %, delivery 4.90 + 19 %; 10 % off goods, free delivery, a card of 20."""
    rate = D("0") if untaxed else D("0.19")

    def of(net: D) -> Taxed:
        return Taxed(net, (net * (1 + rate)).quantize(D("0.01")))

    subtotal = of(D("26.10") if voucher else D("29.00"))
    shipping = of(D("0") if shipping_voucher else D("4.90"))
    paid = D("20.00") if card else D("0")
    named = [Discount("TENOFF", D("2.90"))] if voucher else []
    if voucher and discounts == 2:
        named = [Discount("TENOFF", D("1.90")), Discount("Goodwill", D("1.00"))]
    if shipping_voucher:
        named.append(Discount("FREESHIP", of(D("4.90")).gross))
    return Amounts(
        currency="EUR",
        lines=[LineAmounts("a", subtotal, of(D("29.00")))],
        subtotal=subtotal,
        shipping=shipping,
        undiscounted_shipping=of(D("4.90")),
        total=Taxed(subtotal.net + shipping.net - paid, subtotal.gross + shipping.gross - paid),
        discounts=named,
        gift_cards=[GiftCardUse("C4RD", paid)] if card else [],
        shipping_name="Parcel",
    )


CASES = {
    "-".join(
        name for name, on in zip(("voucher", "shipping_voucher", "card", "untaxed"), flags, strict=True) if on
    )
    or "plain": dict(zip(("voucher", "shipping_voucher", "card", "untaxed"), flags, strict=True))
    for flags in product((False, True), repeat=4)
}


@pytest.mark.parametrize("gross", [True, False], ids=["gross", "net"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_combination_adds_up(case: dict[str, bool], gross: bool) -> None:
    shown = order_totals(amounts(**case), gross=gross)
    assert adds_up(shown)
    kinds = {row.kind for row in shown.rows}
    assert (RowKind.GIFT_CARD in kinds) == case["card"]
    assert (RowKind.DISCOUNT in kinds) == case["voucher"]
    assert (RowKind.SHIPPING_DISCOUNT in kinds) == case["shipping_voucher"]
    assert (RowKind.TAX in kinds) == (not gross and not case["untaxed"])
    assert all(row.name for row in shown.rows if row.kind in (RowKind.DISCOUNT, RowKind.SHIPPING_DISCOUNT))


def test_gross_prices_name_the_tax_that_is_in_them() -> None:
    shown = order_totals(amounts(voucher=True), gross=True)
    assert shown.rows == (
        Row(RowKind.SUBTOTAL, D("34.51")),
        Row(RowKind.DISCOUNT, D("-3.45"), "TENOFF"),
        Row(RowKind.SHIPPING, D("5.83"), "Parcel"),
    )
    assert (shown.total, shown.included_tax) == (D("36.89"), D("5.89"))


def test_net_prices_add_the_tax_as_a_row() -> None:
    shown = order_totals(amounts(), gross=False)
    assert shown.rows == (
        Row(RowKind.SUBTOTAL, D("29.00")),
        Row(RowKind.SHIPPING, D("4.90"), "Parcel"),
        Row(RowKind.TAX, D("6.44")),
    )
    assert (shown.total, shown.included_tax) == (D("40.34"), None)


def test_a_gift_card_pays_and_leaves_the_tax_of_the_goods() -> None:
    shown = order_totals(amounts(card=True), gross=True)
    assert shown.rows[-1] == Row(RowKind.GIFT_CARD, D("-20.00"), "C4RD")
    assert (shown.total, shown.included_tax) == (D("20.34"), D("6.44"))


def test_two_discounts_share_what_was_taken_off() -> None:
    shown = order_totals(amounts(voucher=True, discounts=2), gross=True)
    assert [(row.name, row.amount) for row in shown.rows if row.kind is RowKind.DISCOUNT] == [
        ("TENOFF", D("-2.26")),
        ("Goodwill", D("-1.19")),
    ]


def test_cards_whose_use_is_not_known_are_one_row() -> None:
    given = amounts(card=True)
    unknown = Amounts(**{name: getattr(given, name) for name in Amounts.__slots__} | {"gift_cards": []})
    assert order_totals(unknown, gross=True).rows[-1] == Row(RowKind.GIFT_CARD, D("-20.00"), "")


def test_what_needs_no_delivery_has_no_such_row() -> None:
    given = Amounts("USD", [LineAmounts("a", taxed("5", "5"), taxed("5", "5"))], taxed("5", "5"), taxed("0", "0"),
                    taxed("5", "5"), has_shipping=False)  # fmt: skip
    assert [row.kind for row in order_totals(given, gross=True).rows] == [RowKind.SUBTOTAL]


cents = st.integers(0, 100_000).map(lambda n: D(n) / 100)


@given(
    st.lists(st.tuples(cents, cents), min_size=1, max_size=6),
    cents, cents, cents, st.lists(cents, max_size=3), st.booleans(),
)  # fmt: skip
def test_any_amounts_add_up(
    lines: list[tuple[D, D]], shipping: D, off_shipping: D, paid: D, discounts: list[D], gross: bool
) -> None:
    """Lines as (total, taken off), net = gross / 1.19 rounded."""

    def of(value: D) -> Taxed:
        return Taxed((value / D("1.19")).quantize(D("0.01")), value)

    rows = [LineAmounts(str(i), of(total), of(total + off)) for i, (total, off) in enumerate(lines)]
    subtotal = Taxed(sum((r.total.net for r in rows), D(0)), sum((r.total.gross for r in rows), D(0)))
    whole = subtotal.gross + shipping
    paid = min(paid, whole)
    shown = order_totals(
        Amounts("EUR", rows, subtotal, of(shipping), of(whole - paid), of(shipping + off_shipping),
                [Discount(f"d{i}", one) for i, one in enumerate(discounts)]),
        gross=gross,
    )  # fmt: skip
    assert adds_up(shown)
    assert shown.total == whole - paid


@pytest.mark.parametrize(
    ("amount", "with_tax", "expected"),
    [
        ("4.90", False, taxed("4.90", "5.83")),  # nothing taken off: the price itself
        ("5.83", True, taxed("4.90", "5.83")),
        ("9.80", False, taxed("9.80", "11.66")),
        ("11.66", True, taxed("9.80", "11.66")),
        ("99.99", False, taxed("99.99", "118.99")),  # at 19 %, not at 5.83 / 4.90
    ],
)
def test_an_undiscounted_amount_takes_the_tax_of_the_discounted_one(
    amount: str, with_tax: bool, expected: Taxed
) -> None:
    assert as_entered(D(amount), like=taxed("4.90", "5.83"), with_tax=with_tax) == expected


def test_free_delivery_leaves_no_rate_to_read() -> None:
    assert as_entered(D("4.90"), like=taxed("0", "0"), with_tax=False) == taxed("4.90", "4.90")


def test_the_entered_price_less_its_discount_tells_whether_tax_is_in_it() -> None:
    assert is_entered_with_tax([D("6.48"), D("5.83")], taxed("4.90", "5.83"))
    assert not is_entered_with_tax([D("5.44"), D("4.90")], taxed("4.90", "5.83"))


@pytest.mark.parametrize(
    ("amount", "reduced", "off", "rate", "currency", "expected"),
    [
        ("4.90", taxed("4.90", "5.83"), "0", "0.19", "USD", taxed("4.90", "5.83")),  # nothing taken off
        ("5.83", taxed("4.90", "5.83"), "0", "0.19", "USD", taxed("4.90", "5.83")),
        ("4.90", taxed("4.16", "4.95"), "0.74", "0.19", "USD", taxed("4.90", "5.83")),
        ("4.90", taxed("3.50", "4.16"), "0.74", "0.19", "USD", taxed("4.12", "4.90")),
        (
            "0.90",
            taxed("0.01", "0.01"),
            "0.89",
            "0.19",
            "USD",
            taxed("0.76", "0.90"),
        ),  # too little to read 19 % from
        ("4.90", taxed("0.00", "0.00"), "4.90", "0.19", "USD", taxed("4.90", "4.90")),  # free
        ("500", taxed("425", "468"), "75", "0.1", "JPY", taxed("500", "550")),
        ("4.90", taxed("4.41", "4.41"), "0.49", "0", "USD", taxed("4.90", "4.90")),
    ],
)
def test_the_full_price_of_a_delivery_has_the_tax_rate_of_the_order(
    amount: str, reduced: Taxed, off: str, rate: str, currency: str, expected: Taxed
) -> None:
    discounts = [Discount("FREESHIP", D(off))]
    assert (
        full_shipping(
            D(amount),
            currency=currency,
            reduced=reduced,
            rate=D(rate),
            discounts=discounts,
            subtotal=taxed("0", "0"),
        )
        == expected
    )


def test_a_small_price_takes_the_rate_of_a_larger_one_that_explains_it_too() -> None:
    reduced, goods = taxed("4.17", "4.52"), taxed("50.98", "55.31")  # both with 8.5 % tax
    assert as_entered(D("4.90"), like=reduced, with_tax=False).gross == D("5.31")
    assert as_entered(D("4.90"), like=reduced, with_tax=False, beside=[goods]).gross == D("5.32")
    other_rate = taxed("50.98", "60.67")  # 19 %
    assert as_entered(D("4.90"), like=reduced, with_tax=False, beside=[other_rate]).gross == D("5.31")
