"""Operations on shipping methods, their postal code rules and their channel listings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from store.engine.catalog.models import Product
from store.engine.channels.models import Channel
from store.engine.channels.validation import validate_and_save
from store.engine.errors import NotFound, OperationError, Required
from store.engine.events import record_deleted_event, record_event
from store.engine.money import decimal_places
from store.engine.shipping.models import (
    PostalCodeRule,
    ShippingMethod,
    ShippingMethodChannelListing,
    ShippingZone,
)
from store.engine.taxes.models import TaxClass

PLAIN_COLUMNS = (
    "name",
    "type",
    "description",
    "minimum_order_weight",
    "maximum_order_weight",
    "minimum_delivery_days",
    "maximum_delivery_days",
)


@dataclass(frozen=True, slots=True)
class ListingInput:
    """New values of a listing in a channel; only the fields in `given` change (price, minimum_order_price …)."""

    channel: Channel
    given: Mapping[str, Decimal | None]


def create(
    *, zone: ShippingZone, given: Mapping[str, Any], tax_class: TaxClass | None = None
) -> ShippingMethod:
    """Create a method with its postal code rules. Raises Required, OperationError, OperationErrors."""
    with transaction.atomic(durable=True):
        return create_in_transaction(zone=zone, given=given, tax_class=tax_class)


def create_in_transaction(
    *, zone: ShippingZone, given: Mapping[str, Any], tax_class: TaxClass | None = None
) -> ShippingMethod:
    """`create` inside the caller's transaction."""
    for name in ("name", "type"):
        if not given.get(name):
            raise Required("This field cannot be blank.", field=name)
    method = ShippingMethod(shipping_zone=zone, tax_class=tax_class)
    _save(method, given, links={})
    record_event("SHIPPING_PRICE_CREATED", kind="ShippingMethodType", pk=method.pk)
    return method


def update(
    *, method: ShippingMethod, given: Mapping[str, Any], tax_class: TaxClass | None = None
) -> ShippingMethod:
    """Change the fields in `given`. Raises Required, OperationError, OperationErrors.

    `tax_class` is used only if `given` has the key, too; None removes the class.
    """
    with transaction.atomic(durable=True):
        return update_in_transaction(method=method, given=given, tax_class=tax_class)


def update_in_transaction(
    *, method: ShippingMethod, given: Mapping[str, Any], tax_class: TaxClass | None = None
) -> ShippingMethod:
    """`update` inside the caller's transaction."""
    if given.get("delete_postal_code_rules"):
        method.postal_code_rules.filter(pk__in=given["delete_postal_code_rules"]).delete()
    _save(method, given, links={"tax_class": tax_class} if "tax_class" in given else {})
    record_event("SHIPPING_PRICE_UPDATED", kind="ShippingMethodType", pk=method.pk)
    return method


def delete(*, method: ShippingMethod) -> None:
    with transaction.atomic(durable=True):
        record_deleted_event("SHIPPING_PRICE_DELETED", kind="ShippingMethodType", row=method)
        method.delete()


def _save(method: ShippingMethod, given: Mapping[str, Any], *, links: dict[str, Any]) -> None:
    changes = {name: given[name] for name in PLAIN_COLUMNS if name in given}
    validate_and_save(method, changes | links)
    _check_range(method, "order_weight", "minimumOrderWeight", _weight_range_error())
    _check_range(
        method, "delivery_days", "minimumDeliveryDays", _delivery_days_error("minimum_delivery_days" in given)
    )
    _add_postal_code_rules(method, given.get("add_postal_code_rules") or (), given.get("inclusion_type"))


def _check_range(method: ShippingMethod, name: str, field: str, range_error: OperationError) -> None:
    low, high = getattr(method, f"minimum_{name}"), getattr(method, f"maximum_{name}")
    if low is not None and low < 0:
        raise OperationError("A value below zero makes no sense here.", field=field)
    if low is not None and high is not None and low > high:
        raise range_error


def _weight_range_error() -> OperationError:
    message = "Maximum order weight should be larger than the minimum."
    return OperationError(message, field="maximumOrderWeight", code="MAX_LESS_THAN_MIN")


def _delivery_days_error(minimum_given: bool) -> OperationError:
    field = "minimumDeliveryDays" if minimum_given else "maximumDeliveryDays"
    return OperationError("The days of delivery should go from few to many.", field=field)


def _add_postal_code_rules(
    method: ShippingMethod, rules: Iterable[Mapping[str, Any]], inclusion: str | None
) -> None:
    for rule in rules:
        if inclusion is None:
            raise Required("This field is required.", field="inclusionType")
        _, created = PostalCodeRule.objects.get_or_create(
            shipping_method=method,
            start=rule["start"],
            end=rule.get("end"),
            defaults={"inclusion_type": inclusion},
        )
        if not created:
            raise OperationError(
                "Entry start: {start} and end: {end} already exists.".format(
                    start=rule["start"], end=rule.get("end")
                ),
                field="addPostalCodeRules",
                code="ALREADY_EXISTS",
            )


def update_channel_listings(
    *, method: ShippingMethod, listings: Sequence[ListingInput], remove: Sequence[Channel] = ()
) -> ShippingMethod:
    """Add, change or remove the method's listings in channels; all or nothing.

    Raises NotFound for a channel that the zone does not have, Required and OperationError.
    """
    with transaction.atomic(durable=True):
        return update_channel_listings_in_transaction(method=method, listings=listings, remove=remove)


def update_channel_listings_in_transaction(
    *, method: ShippingMethod, listings: Sequence[ListingInput], remove: Sequence[Channel] = ()
) -> ShippingMethod:
    """`update_channel_listings` inside the caller's transaction."""
    zone_channels = set(method.shipping_zone.channels.values_list("pk", flat=True))
    method.channel_listings.filter(channel__in=remove).delete()
    for listing in listings:
        _check_listing(listing, zone_channels)
        _write_listing(method, listing)
    record_event("SHIPPING_PRICE_UPDATED", kind="ShippingMethodType", pk=method.pk)
    return method


def _check_listing(listing: ListingInput, zone_channels: set[int]) -> None:
    channel, given = listing.channel, listing.given
    if channel.pk not in zone_channels:
        raise NotFound(
            "This channel is not assigned to the shipping zone of the method.",
            field="addChannels",
            channels=[channel],
        )
    for name, field in _AMOUNT_FIELDS.items():
        amount = given.get(name)
        exponent = amount.normalize().as_tuple().exponent if amount is not None else 0
        if isinstance(exponent, int) and -exponent > decimal_places(channel.currency_code):
            places = decimal_places(channel.currency_code)
            raise OperationError(
                f"Value cannot have more than {places} decimal places.", field=field, channels=[channel]
            )


_AMOUNT_FIELDS = {
    "price": "price",
    "minimum_order_price": "minimumOrderPrice",
    "maximum_order_price": "maximumOrderPrice",
}


def _write_listing(method: ShippingMethod, listing: ListingInput) -> None:
    listings = method.channel_listings.select_for_update(of=("self",))
    existing = listings.filter(channel=listing.channel).first()
    row = existing or ShippingMethodChannelListing(
        shipping_method=method, channel=listing.channel, currency=listing.channel.currency_code
    )
    if existing is None and listing.given.get("price") is None:
        raise Required("This field is required.", field="price", channels=[listing.channel])
    for name in _AMOUNT_FIELDS.keys() & listing.given.keys():
        setattr(row, f"{name}_amount", listing.given[name])
    low, high = row.minimum_order_price_amount, row.maximum_order_price_amount
    if low is not None and high is not None and low >= high:
        raise OperationError(
            "Maximum order price should be larger than the minimum order price.",
            field="maximumOrderPrice",
            code="MAX_LESS_THAN_MIN",
            channels=[listing.channel],
        )
    row.save()


def exclude_products(
    *, method: ShippingMethod, add: Sequence[Product] = (), remove: Sequence[Product] = ()
) -> ShippingMethod:
    """Say which products the method doesn't carry: an order with one of them can't choose it."""
    with transaction.atomic(durable=True):
        method.excluded_products.add(*add)
        method.excluded_products.remove(*remove)
        record_event("SHIPPING_PRICE_UPDATED", kind="ShippingMethodType", pk=method.pk)
    return method
