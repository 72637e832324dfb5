"""Shipping methods: making and changing them, their postal codes, and what they cost in each channel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from store.engine.channels.models import Channel
from store.engine.channels.validation import saved
from store.engine.errors import NotFound, Refusal, Required
from store.engine.events import record, record_gone
from store.engine.money import precision
from store.engine.shipping.models import (
    PostalCodeRule,
    ShippingMethod,
    ShippingMethodChannelListing,
    ShippingZone,
)
from store.engine.taxes.models import TaxClass

PLAIN = (
    "name",
    "type",
    "description",
    "minimum_order_weight",
    "maximum_order_weight",
    "minimum_delivery_days",
    "maximum_delivery_days",
)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a method costs in a channel. Only what is in `given` changes: price, minimum_order_price …"""

    channel: Channel
    given: Mapping[str, Decimal | None]


def create(
    *, zone: ShippingZone, given: Mapping[str, Any], tax_class: TaxClass | None = None
) -> ShippingMethod:
    for name in ("name", "type"):
        if not given.get(name):
            raise Required("This field cannot be blank.", field=name)
    with transaction.atomic(durable=True):
        method = ShippingMethod(shipping_zone=zone, tax_class=tax_class)
        _save(method, given)
        record("SHIPPING_PRICE_CREATED", kind="ShippingMethodType", pk=method.pk)
    return method


def update(
    *, method: ShippingMethod, given: Mapping[str, Any], tax_class: TaxClass | None = None
) -> ShippingMethod:
    """`tax_class` counts only when `given` names it, too: None there takes the class away."""
    with transaction.atomic(durable=True):
        if "tax_class" in given:
            method.tax_class = tax_class
        if given.get("delete_postal_code_rules"):
            method.postal_code_rules.filter(pk__in=given["delete_postal_code_rules"]).delete()
        _save(method, given)
        record("SHIPPING_PRICE_UPDATED", kind="ShippingMethodType", pk=method.pk)
    return method


def delete(*, method: ShippingMethod) -> None:
    with transaction.atomic(durable=True):
        record_gone("SHIPPING_PRICE_DELETED", kind="ShippingMethodType", row=method)
        method.delete()


def _save(method: ShippingMethod, given: Mapping[str, Any]) -> None:
    changes = {name: given[name] for name in PLAIN if name in given}
    saved(method, changes)
    _check_range(method, "order_weight", "minimumOrderWeight", _too_light())
    _check_range(method, "delivery_days", "minimumDeliveryDays", _too_soon("minimum_delivery_days" in given))
    _add_rules(method, given.get("add_postal_code_rules") or (), given.get("inclusion_type"))


def _check_range(method: ShippingMethod, name: str, field: str, too_small: Refusal) -> None:
    low, high = getattr(method, f"minimum_{name}"), getattr(method, f"maximum_{name}")
    if low is not None and low < 0:
        raise Refusal("A value below zero makes no sense here.", field=field)
    if low is not None and high is not None and low > high:
        raise too_small


def _too_light() -> Refusal:
    said = "Maximum order weight should be larger than the minimum."
    return Refusal(said, field="maximumOrderWeight", code="MAX_LESS_THAN_MIN")


def _too_soon(names_minimum: bool) -> Refusal:
    field = "minimumDeliveryDays" if names_minimum else "maximumDeliveryDays"
    return Refusal("The days of delivery should go from few to many.", field=field)


def _add_rules(method: ShippingMethod, rules: Iterable[Mapping[str, Any]], inclusion: str | None) -> None:
    for rule in rules:
        if inclusion is None:
            raise Required("This field is required.", field="inclusionType")
        _, made = PostalCodeRule.objects.get_or_create(
            shipping_method=method,
            start=rule["start"],
            end=rule.get("end"),
            defaults={"inclusion_type": inclusion},
        )
        if not made:
            raise Refusal(
                "Entry start: {start} and end: {end} already exists.".format(
                    start=rule["start"], end=rule.get("end")
                ),
                field="addPostalCodeRules",
                code="ALREADY_EXISTS",
            )


def list_in_channels(
    *, method: ShippingMethod, listings: Sequence[Listing], remove: Sequence[Channel] = ()
) -> ShippingMethod:
    """Offer the method in channels, change its price there, or stop offering it."""
    with transaction.atomic(durable=True):
        zone_channels = set(method.shipping_zone.channels.values_list("pk", flat=True))
        method.channel_listings.filter(channel__in=remove).delete()
        for listing in listings:
            _check_listing(listing, zone_channels)
            _put(method, listing)
        record("SHIPPING_PRICE_UPDATED", kind="ShippingMethodType", pk=method.pk)
    return method


def _check_listing(listing: Listing, zone_channels: set[int]) -> None:
    channel, given = listing.channel, listing.given
    if channel.pk not in zone_channels:
        raise NotFound(
            "This channel is not assigned to the shipping zone of the method.",
            field="addChannels",
            channels=[channel],
        )
    for name, field in _AMOUNTS.items():
        amount = given.get(name)
        exponent = amount.normalize().as_tuple().exponent if amount is not None else 0
        if isinstance(exponent, int) and -exponent > precision(channel.currency_code):
            places = precision(channel.currency_code)
            raise Refusal(
                f"Value cannot have more than {places} decimal places.", field=field, channels=[channel]
            )


_AMOUNTS = {
    "price": "price",
    "minimum_order_price": "minimumOrderPrice",
    "maximum_order_price": "maximumOrderPrice",
}


def _put(method: ShippingMethod, listing: Listing) -> None:
    found = method.channel_listings.filter(channel=listing.channel).first()
    row = found or ShippingMethodChannelListing(
        shipping_method=method, channel=listing.channel, currency=listing.channel.currency_code
    )
    if found is None and listing.given.get("price") is None:
        raise Required("This field is required.", field="price", channels=[listing.channel])
    for name in _AMOUNTS.keys() & listing.given.keys():
        setattr(row, f"{name}_amount", listing.given[name])
    low, high = row.minimum_order_price_amount, row.maximum_order_price_amount
    if low is not None and high is not None and low >= high:
        raise Refusal(
            "Maximum order price should be larger than the minimum order price.",
            field="maximumOrderPrice",
            code="MAX_LESS_THAN_MIN",
            channels=[listing.channel],
        )
    row.save()
