"""What a voucher takes off: pure arithmetic on a basket, no database, no rounding but the currency's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from store.engine.money import quantize

PERCENTAGE = "PERCENTAGE"
ZERO = Decimal(0)


@dataclass(slots=True)
class Item:
    """A line of a basket, as far as a voucher cares."""

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
class Offer:
    """A voucher as it stands in one channel."""

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

    def off(self, price: Decimal) -> Decimal:
        """How much comes off this price; never more than the price."""
        if self.value_type == PERCENTAGE:
            return min(quantize(price * self.value / 100, self.currency), price)
        return min(self.value, price)

    def covers(self, item: Item) -> bool:
        return (
            self.for_all_products
            or item.variant_id in self.variants
            or item.product_id in self.products
            or item.category_id in self.categories
            or not item.collection_ids.isdisjoint(self.collections)
        )


def off_lines(offer: Offer, items: Sequence[Item], *, specific: bool) -> list[Decimal]:
    """What comes off each line by a voucher for certain products, or for the cheapest piece only."""
    covered = [index for index, item in enumerate(items) if not specific or offer.covers(item)]
    cuts = [ZERO] * len(items)
    if not covered:
        return cuts
    if offer.only_cheapest:
        cheapest = min(covered, key=lambda index: items[index].unit_price)
        cuts[cheapest] = offer.off(items[cheapest].unit_price)
        return cuts
    for index in covered:
        item = items[index]
        if offer.value_type == PERCENTAGE:
            cuts[index] = offer.off(item.total)
        else:
            cuts[index] = offer.off(item.unit_price) * item.quantity
    return cuts


def spread(discount: Decimal, totals: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Share a discount on the whole order among its lines by their totals, to the cent.

    The last line takes what rounding leaves over; what it has no room for goes to the lines before it.
    """
    if not totals:
        return []
    whole = sum(totals, ZERO)
    rest = min(discount, whole)
    shares: list[Decimal] = []
    for total in totals[:-1]:
        share = min(quantize(discount * total / whole, currency), total, rest) if whole else ZERO
        shares.append(share)
        rest -= share
    shares.append(min(rest, totals[-1]))
    rest -= shares[-1]
    for index, total in enumerate(totals):
        room = min(rest, total - shares[index])
        shares[index] += room
        rest -= room
    return shares
