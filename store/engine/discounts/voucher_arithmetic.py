"""Computes what a voucher takes off, without the database. Amounts are rounded to the currency's precision only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from store.engine.money import quantize

PERCENTAGE = "PERCENTAGE"
ZERO = Decimal(0)


@dataclass(slots=True)
class DiscountableLine:
    """The properties of a checkout or order line that a voucher depends on."""

    unit_price: Decimal
    quantity: int
    variant_id: int
    product_id: int
    category_id: int | None
    collection_ids: frozenset[int] = frozenset()

    @property
    def total(self) -> Decimal:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class VoucherInfo:
    """The terms of a voucher in one channel; `variants` and so on are the ids it is limited to."""

    value: Decimal
    value_type: str
    currency: str
    for_lines: bool = False
    for_shipping: bool = False
    only_cheapest: bool = False
    variants: frozenset[int] = field(default_factory=frozenset)
    products: frozenset[int] = field(default_factory=frozenset)
    categories: frozenset[int] = field(default_factory=frozenset)
    collections: frozenset[int] = field(default_factory=frozenset)

    @property
    def for_all_products(self) -> bool:
        return not (self.variants or self.products or self.categories or self.collections)

    def discount(self, price: Decimal) -> Decimal:
        """The discount on this price; never more than the price."""
        if self.value_type == PERCENTAGE:
            return min(quantize(price * self.value / 100, self.currency), price)
        return min(self.value, price)

    def covers(self, line: DiscountableLine) -> bool:
        return (
            self.for_all_products
            or line.variant_id in self.variants
            or line.product_id in self.products
            or line.category_id in self.categories
            or not line.collection_ids.isdisjoint(self.collections)
        )


def discounts_by_line(
    voucher_info: VoucherInfo, lines: Sequence[DiscountableLine], *, specific: bool
) -> list[Decimal]:
    """The discount of each line, in their order, for a voucher on lines.

    `specific`: only the lines that the voucher covers; with `only_cheapest`, one piece of the cheapest of them.
    """
    covered = [index for index, line in enumerate(lines) if not specific or voucher_info.covers(line)]
    discounts = [ZERO] * len(lines)
    if not covered:
        return discounts
    if voucher_info.only_cheapest:
        cheapest = min(covered, key=lambda index: lines[index].unit_price)
        discounts[cheapest] = voucher_info.discount(lines[cheapest].unit_price)
        return discounts
    for index in covered:
        line = lines[index]
        if voucher_info.value_type == PERCENTAGE:
            discounts[index] = voucher_info.discount(line.total)
        else:
            discounts[index] = voucher_info.discount(line.unit_price) * line.quantity
    return discounts


def distribute_discount(discount: Decimal, totals: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Distribute a discount on the whole order over its lines in proportion to their totals.

    The last line gets the rounding remainder; what exceeds its total goes to the lines before it. The shares add up to
    the discount, or to the sum of the totals if that is less.
    """
    if not totals:
        return []
    order_total = sum(totals, ZERO)
    remaining = min(discount, order_total)
    shares: list[Decimal] = []
    for total in totals[:-1]:
        share = (
            min(quantize(discount * total / order_total, currency), total, remaining) if order_total else ZERO
        )
        shares.append(share)
        remaining -= share
    shares.append(min(remaining, totals[-1]))
    remaining -= shares[-1]
    for index, total in enumerate(totals):
        extra = min(remaining, total - shares[index])
        shares[index] += extra
        remaining -= extra
    return shares
