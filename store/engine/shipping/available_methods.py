"""Finds the shipping methods that an order may use, by zone, channel, order value, weight and postal code."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.db.models import Prefetch

from store.engine.accounts.models import Address
from store.engine.caching.invalidation import CachedValue
from store.engine.catalog.models import Product, ProductVariant
from store.engine.channels.models import Channel
from store.engine.shipping.models import PostalCodeRule, ShippingMethod, ShippingMethodChannelListing


@dataclass(frozen=True, slots=True)
class AvailableMethod:
    """A shipping method with its listing in the channel."""

    method: ShippingMethod
    listing: ShippingMethodChannelListing

    @property
    def price(self) -> Decimal:
        price: Decimal = self.listing.price_amount
        return price


def find_available(
    *, channel: Channel, address: Address, value: Decimal, weight: float, product_ids: Iterable[int]
) -> list[AvailableMethod]:
    """Shipping methods for an order of this value (in the channel's currency) and weight (kg), cheapest first.

    `product_ids`: what is to be shipped; a method that excludes one of these products is none.

    The rows are shared with other callers and must not be changed.
    """
    products = set(product_ids)
    return [
        AvailableMethod(listing.shipping_method, listing)
        for listing in _channel_listings(channel)
        if address.country in listing.shipping_method.shipping_zone.countries
        and _within_limits(listing, value, weight)
        and _serves_postal_code(listing.shipping_method.postal_code_rules.all(), address.postal_code)
        and products.isdisjoint(row.pk for row in listing.shipping_method.excluded_products.all())
    ]


def in_channel(channel: Channel, *, country: str | None = None) -> list[AvailableMethod]:
    """All methods of the channel, for any value and weight, cheapest first; of one country if given."""
    return [
        AvailableMethod(listing.shipping_method, listing)
        for listing in _channel_listings(channel)
        if country is None or country in listing.shipping_method.shipping_zone.countries
    ]


_cached_listings: CachedValue[dict[int, list[ShippingMethodChannelListing]]] = CachedValue(dict)


def _channel_listings(channel: Channel) -> list[ShippingMethodChannelListing]:
    """Listings of the channel, cheapest first, cached until the next write to a watched table."""
    cached = _cached_listings()
    if channel.pk not in cached:
        rows = ShippingMethodChannelListing.objects.filter(
            channel=channel, shipping_method__shipping_zone__channels=channel, currency=channel.currency_code
        )
        rows = rows.select_related("shipping_method__shipping_zone", "shipping_method__tax_class")
        excluded = Prefetch("shipping_method__excluded_products", Product.objects.only("pk"))
        rows = rows.prefetch_related("shipping_method__postal_code_rules", excluded)
        cached[channel.pk] = list(rows.order_by("price_amount", "shipping_method_id"))
    return cached[channel.pk]


def variant_weight(variant: ProductVariant) -> float:
    """Weight in kilograms: the variant's, else the product's, else the product type's, else 0."""
    for weight in (variant.weight, variant.product.weight, variant.product.product_type.weight):
        if weight is not None:
            return float(weight)
    return 0.0


def _within_limits(listing: ShippingMethodChannelListing, value: Decimal, weight: float) -> bool:
    method = listing.shipping_method
    if method.type.lower() == "weight":
        return _in_range(weight, method.minimum_order_weight, method.maximum_order_weight)
    return _in_range(value, listing.minimum_order_price_amount, listing.maximum_order_price_amount)


def _in_range(value: Any, minimum: Any, maximum: Any) -> bool:
    return (minimum is None or value >= minimum) and (maximum is None or value <= maximum)


def _serves_postal_code(rules: Iterable[PostalCodeRule], code: str) -> bool:
    """Not in an excluded range; and in an included range, if there are any."""
    rules = list(rules)
    matching = [rule for rule in rules if _in_postal_code_range(code, rule.start, rule.end)]
    if any(rule.inclusion_type.lower() == "exclude" for rule in matching):
        return False
    included = [rule for rule in rules if rule.inclusion_type.lower() == "include"]
    return not included or any(rule.inclusion_type.lower() == "include" for rule in matching)


def _in_postal_code_range(code: str, start: str, end: str | None) -> bool:
    """Letters compare alphabetically and numbers by value: "BH9" comes before "BH21"."""
    key = _sort_key(code)
    if end is None:
        return key[: len(_sort_key(start))] >= _sort_key(start)
    low, high = _sort_key(start), _sort_key(end)
    return _at_least(key, low) and _at_least(high, key[: len(high)])


def _sort_key(code: str) -> tuple[tuple[int, str], ...]:
    parts = re.findall(r"\d+|[A-Z]+", code.upper())
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def _at_least(left: tuple[tuple[int, str], ...], right: tuple[tuple[int, str], ...]) -> bool:
    for left_part, right_part in zip_longest(left, right, fillvalue=(-2, "")):
        if left_part != right_part:
            return left_part > right_part
    return True
