"""Money as it is shown: lines, delivery, discounts, gift cards, tax and total, adding up to the cent.

Page, print, mail and admin show what `order_totals` returns, in this order, for an order or a checkout alike. All rows
are in one mode: gross where the channel shows gross prices (then tax is named as included), net otherwise (then tax is
a row of its own). The rows sum to the total in every combination, because what is not given is the difference of two
amounts that are.

Saleor's arithmetic behind it (3.23): line totals and the subtotal are already lowered by vouchers; a gift card lowers
`total`, also its tax. On a receipt the tax is that of the goods and the delivery, a gift card being a way to pay, so
tax is taken from subtotal and delivery here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from babel.numbers import get_currency_precision

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Taxed:
    net: Decimal
    gross: Decimal

    @property
    def tax(self) -> Decimal:
        return self.gross - self.net

    def shown(self, *, gross: bool) -> Decimal:
        return self.gross if gross else self.net


def is_entered_with_tax(amounts: Sequence[Decimal], price: Taxed) -> bool:
    """Whether prices are entered with tax, which Saleor does not tell a guest: `amounts` are what the entered price may
    be after the discounts, and the one that is nearest to `price` decides between its gross and its net.
    """
    return min(abs(price.gross - one) for one in amounts) <= min(abs(price.net - one) for one in amounts)


def discount_name(*, kind: str, voucher_code: str | None, name: str | None) -> str:
    """What a discount of an order (Saleor's OrderDiscountType) is called: a voucher by the code that its buyer typed,
    another by its name.
    """
    return (voucher_code if kind == "VOUCHER" else None) or name or ""


def full_shipping(
    amount: Decimal,
    *,
    currency: str,
    reduced: Taxed,
    rate: Decimal,
    discounts: "Sequence[Discount]",
    subtotal: Taxed,
) -> Taxed:
    """The full price of an order's delivery as net and gross; Saleor gives `amount` only, as the merchant entered it.

    `reduced`: its price after `discounts`; `subtotal`: that of the goods. `rate`: the order's `shippingTaxRate`, 0.19
    for 19 %. What was made free does not show any more whether `amount` is with tax; net and gross are both `amount`
    then.
    """
    if amount in (reduced.net, reduced.gross):
        return reduced
    if not reduced.gross:
        return Taxed(amount, amount)
    cent = Decimal(1).scaleb(-get_currency_precision(currency))
    with_tax, without_tax = (
        min(
            abs(one - reduced.shown(gross=gross))
            for one in _reduced_deliveries(
                amount, subtotal.shown(gross=gross) + reduced.shown(gross=gross), discounts
            )
        )
        for gross in (True, False)
    )
    if with_tax <= without_tax:
        return Taxed((amount / (1 + rate)).quantize(cent, ROUND_HALF_UP), amount)
    return Taxed(amount, (amount * (1 + rate)).quantize(cent, ROUND_HALF_UP))


def _reduced_deliveries(amount: Decimal, left: Decimal, discounts: "Sequence[Discount]") -> Iterator[Decimal]:
    """What a delivery of `amount` may cost after the discounts: no voucher is of the delivery, or one is. `left` is the
    price of goods and delivery after all of them.
    """
    shared = sum((one.amount for one in discounts if one.is_shared), ZERO)
    for own in (ZERO, *(one.amount for one in discounts if not one.is_shared)):
        yield (amount - own) * left / (left + shared) if left + shared else amount - own


def as_entered(amount: Decimal, *, like: Taxed, with_tax: bool, beside: Sequence[Taxed] = ()) -> Taxed:
    """An undiscounted amount, which Saleor gives only as the merchant entered it, as net and gross.

    `like` is the discounted price of the same thing: it gives the tax rate, and where it is the same amount it is the
    answer. Where nothing is left of it to read a rate from, both are `amount`. `beside`: other prices of the checkout;
    the rate of a larger one, which cents blur less, is taken where `like` may have the same rate.
    """
    if amount == like.shown(gross=with_tax):
        return like
    if not like.net or not like.gross:
        return Taxed(amount, amount)
    cent = Decimal((0, (1,), min(int(like.net.as_tuple().exponent), int(like.gross.as_tuple().exponent))))
    larger = sorted((one for one in beside if one.net > like.net), key=lambda one: one.net, reverse=True)
    factors = (_tax_factor(one, cent, with_tax=with_tax) for one in (*larger, like))
    factor = next(
        (one for one in factors if _explains(like, one, cent, with_tax=with_tax)), like.gross / like.net
    )
    if with_tax:
        return Taxed((amount / factor).quantize(cent, ROUND_HALF_UP), amount)
    return Taxed(amount, (amount * factor).quantize(cent, ROUND_HALF_UP))


def _tax_factor(price: Taxed, cent: Decimal, *, with_tax: bool) -> Decimal:
    """1 and the tax rate: the roundest one that makes what was calculated of what was entered, to the cent."""
    ratio = price.gross / price.net
    factors = (round(ratio, decimals) for decimals in (2, 3, 4, 5))
    return next((one for one in factors if _explains(price, one, cent, with_tax=with_tax)), ratio)


def _explains(price: Taxed, factor: Decimal, cent: Decimal, *, with_tax: bool) -> bool:
    """Whether this factor makes of what was entered what was calculated, to the cent."""
    calculated = price.gross / factor if with_tax else price.net * factor
    return calculated.quantize(cent, ROUND_HALF_UP) == price.shown(gross=not with_tax)


@dataclass(frozen=True, slots=True)
class Discount:
    """A reduction by name, such as a voucher's code; `amount` is positive and used to share the reduction out.

    `is_shared`: goods and delivery share it, as they do what staff takes off the order by hand; a voucher is of either.
    """

    name: str
    amount: Decimal
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class GiftCardUse:
    """`amount` is positive; `last_4` are the last characters of the code."""

    last_4: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """`total` after discounts, `undiscounted` before; both for all pieces of the line."""

    key: str
    total: Taxed
    undiscounted: Taxed


@dataclass(frozen=True, slots=True)
class Amounts:
    """What an order or checkout says of its money. `total` is after gift cards."""

    currency: str
    lines: Sequence[LineAmounts]
    subtotal: Taxed
    shipping: Taxed
    total: Taxed
    undiscounted_shipping: Taxed | None = None
    discounts: Sequence[Discount] = ()
    gift_cards: Sequence[GiftCardUse] = ()
    shipping_name: str = ""
    has_shipping: bool = True


class RowKind(StrEnum):
    SUBTOTAL = "SUBTOTAL"
    DISCOUNT = "DISCOUNT"
    SHIPPING = "SHIPPING"
    SHIPPING_DISCOUNT = "SHIPPING_DISCOUNT"
    TAX = "TAX"
    GIFT_CARD = "GIFT_CARD"


@dataclass(frozen=True, slots=True)
class Row:
    """`amount` is negative for what lowers the total. `name`: voucher, delivery method, or a card's last four."""

    kind: RowKind
    amount: Decimal
    name: str = ""


@dataclass(frozen=True, slots=True)
class OrderTotals:
    """`line_totals` by the lines' keys, before discounts; `included_tax` is None where tax is a row."""

    currency: str
    gross: bool
    line_totals: dict[str, Decimal]
    rows: tuple[Row, ...]
    total: Decimal
    included_tax: Decimal | None

    def amount(self, kind: RowKind) -> Decimal:
        return sum((row.amount for row in self.rows if row.kind is kind), ZERO)

    @property
    def discount(self) -> Decimal:
        """All that was taken off goods and delivery, as a positive amount."""
        return -self.amount(RowKind.DISCOUNT) - self.amount(RowKind.SHIPPING_DISCOUNT)


def order_totals(given: Amounts, *, gross: bool) -> OrderTotals:
    """The rows to show. `gross`: the order's or checkout's `displayGrossPrices`."""
    line_totals = {line.key: line.undiscounted.shown(gross=gross) for line in given.lines}
    goods, subtotal = sum(line_totals.values(), ZERO), given.subtotal.shown(gross=gross)
    full_shipping = given.undiscounted_shipping or given.shipping
    delivery, shipping = full_shipping.shown(gross=gross), given.shipping.shown(gross=gross)
    tax = given.subtotal.tax + given.shipping.tax
    before_cards = given.subtotal.gross + given.shipping.gross
    lost = (full_shipping.gross - given.shipping.gross, full_shipping.net - given.shipping.net)
    on_shipping = _shipping_discount(given.discounts, goods - subtotal, lost)
    on_goods = [one for one in given.discounts if one is not on_shipping or one.is_shared]
    rows = [
        Row(RowKind.SUBTOTAL, goods),
        *(Row(RowKind.DISCOUNT, -one.amount, one.name) for one in _shared(on_goods, goods - subtotal)),
        *([Row(RowKind.SHIPPING, delivery, given.shipping_name)] if given.has_shipping else []),
        *(
            [Row(RowKind.SHIPPING_DISCOUNT, shipping - delivery, on_shipping.name if on_shipping else "")]
            if delivery != shipping
            else []
        ),
        *([] if gross or not tax else [Row(RowKind.TAX, tax)]),
        *(
            Row(RowKind.GIFT_CARD, -one.amount, one.last_4)
            for one in _gift_cards(given.gift_cards, before_cards - given.total.gross)
        ),
    ]
    return OrderTotals(
        currency=given.currency,
        gross=gross,
        line_totals=line_totals,
        rows=tuple(rows),
        total=given.total.gross,
        included_tax=tax if gross and tax else None,
    )


def _shipping_discount(
    discounts: Sequence[Discount], off_goods: Decimal, lost: tuple[Decimal, Decimal]
) -> Discount | None:
    """The discount that lowered the delivery: the one of just what it `lost`, gross or net, or the only one. One
    that is shared has lowered the goods, too; another has not, and then discounts of their lines lowered these.
    """
    if not any(lost):
        return None
    return next(
        (one for one in discounts if off_goods and len(discounts) > 1 and one.amount in lost),
        discounts[0] if len(discounts) == 1 or (discounts and not off_goods) else None,
    )


def _shared(discounts: Sequence[Discount], reduction: Decimal) -> list[Discount]:
    """The reduction shared out in proportion to the discounts' own amounts, the last taking the rest of rounding."""
    if not reduction:
        return []
    whole = sum((one.amount for one in discounts), ZERO)
    if len(discounts) < 2 or not whole:
        return [Discount(discounts[0].name if discounts else "", reduction)]
    step = Decimal((0, (1,), min(int(one.as_tuple().exponent) for one in (reduction, whole))))
    bounds = [ZERO]
    for index in range(1, len(discounts) + 1):
        taken = sum((one.amount for one in discounts[:index]), ZERO)
        bounds.append((reduction * taken / whole).quantize(step))
    bounds[-1] = reduction
    return [
        Discount(one.name, upper - lower)
        for one, (lower, upper) in zip(discounts, pairwise(bounds), strict=True)
        if upper != lower
    ]


def _gift_cards(cards: Sequence[GiftCardUse], paid: Decimal) -> list[GiftCardUse]:
    """Cards as they were used, as far as that is known; else one row for all that they paid."""
    if not paid:
        return []
    if cards and sum((card.amount for card in cards), ZERO) == paid:
        return [card for card in cards if card.amount]
    return [GiftCardUse(cards[0].last_4 if len(cards) == 1 else "", paid)]
