"""Which ways of delivery an order of some value and weight may use: by zone, channel, price, weight and postal code."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from store.engine.accounts.models import Address
from store.engine.caching.invalidation import Kept
from store.engine.catalog.models import ProductVariant
from store.engine.channels.models import Channel
from store.engine.shipping.models import PostalCodeRule, ShippingMethod, ShippingMethodChannelListing


@dataclass(frozen=True, slots=True)
class Offered:
    method: ShippingMethod
    listing: ShippingMethodChannelListing

    @property
    def price(self) -> Decimal:
        price: Decimal = self.listing.price_amount
        return price


def applicable(*, channel: Channel, address: Address, value: Decimal, weight: float) -> list[Offered]:
    """The methods for an order of this value and weight (kg), cheapest first. Not to be changed."""
    return [
        Offered(one.shipping_method, one)
        for one in _listed(channel)
        if address.country in one.shipping_method.shipping_zone.countries
        and _fits(one, value, weight)
        and _reaches(one.shipping_method.postal_code_rules.all(), address.postal_code)
    ]


_kept: Kept[dict[int, list[ShippingMethodChannelListing]]] = Kept(dict)


def _listed(channel: Channel) -> list[ShippingMethodChannelListing]:
    """Cheapest first; kept in memory until somebody changes a setting of the shop."""
    kept = _kept()
    if channel.pk not in kept:
        rows = ShippingMethodChannelListing.objects.filter(
            channel=channel, shipping_method__shipping_zone__channels=channel, currency=channel.currency_code
        )
        rows = rows.select_related("shipping_method__shipping_zone", "shipping_method__tax_class")
        rows = rows.prefetch_related("shipping_method__postal_code_rules")
        kept[channel.pk] = list(rows.order_by("price_amount", "shipping_method_id"))
    return kept[channel.pk]


def weight_of(variant: ProductVariant) -> float:
    """In kilograms: the variant's, else the product's, else its type's."""
    for weight in (variant.weight, variant.product.weight, variant.product.product_type.weight):
        if weight is not None:
            return float(weight)
    return 0.0


def _fits(listing: ShippingMethodChannelListing, value: Decimal, weight: float) -> bool:
    method = listing.shipping_method
    if method.type.lower() == "weight":
        return _between(weight, method.minimum_order_weight, method.maximum_order_weight)
    return _between(value, listing.minimum_order_price_amount, listing.maximum_order_price_amount)


def _between(value: Any, least: Any, most: Any) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def _reaches(given: Iterable[PostalCodeRule], code: str) -> bool:
    """Excluded ranges keep out; where there are included ranges, one of them must hold the code."""
    rules = list(given)
    inside = [rule for rule in rules if _in_range(code, rule.start, rule.end)]
    if any(rule.inclusion_type.lower() == "exclude" for rule in inside):
        return False
    including = [rule for rule in rules if rule.inclusion_type.lower() == "include"]
    return not including or any(rule.inclusion_type.lower() == "include" for rule in inside)


def _in_range(code: str, start: str, end: str | None) -> bool:
    """Letters by the alphabet, numbers by their value: "BH9" lies before "BH21"."""
    place = _parts(code)
    if end is None:
        return place[: len(_parts(start))] >= _parts(start)
    low, high = _parts(start), _parts(end)
    return _not_before(place, low) and _not_before(high, place[: len(high)])


def _parts(code: str) -> tuple[tuple[int, str], ...]:
    pieces = re.findall(r"\d+|[A-Z]+", code.upper())
    return tuple((int(piece), "") if piece.isdigit() else (-1, piece) for piece in pieces)


def _not_before(one: tuple[tuple[int, str], ...], other: tuple[tuple[int, str], ...]) -> bool:
    for left, right in zip_longest(one, other, fillvalue=(-2, "")):
        if left != right:
            return left > right
    return True
