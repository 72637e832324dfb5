"""Shipping zones and their methods."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from store.saleor.client.enums import ShippingMethodTypeEnum
from store.saleor.client.input_types import (
    ShippingMethodChannelListingAddInput,
    ShippingMethodChannelListingInput,
    ShippingPriceInput,
    ShippingZoneCreateInput,
    ShippingZoneUpdateInput,
)
from store.seed.read import Catalogue
from store.seed.read.file_models import Method, Zone
from store.seed.write.context import Bench


def write_shipping(bench: Bench, catalogue: Catalogue) -> Iterator[str]:
    tax_class = bench.id("tax-class", catalogue.taxes.classes[0].name)
    for zone in catalogue.zones:
        zone_id = _zone(bench, zone)
        for method in zone.methods:
            method_id = _method(bench, zone, method, zone_id=zone_id, tax_class=tax_class)
            _listings(bench, f"{zone.name}/{method.name}", method_id, method)
        yield zone.name


def _zone(bench: Bench, one: Zone) -> str:
    client = bench.client
    said: dict[str, Any] = {
        "name": one.name,
        "countries": list(one.countries),
        "add_warehouses": bench.all_ids("warehouse", one.warehouses),
        "add_channels": bench.all_ids("channel", one.channels),
    }
    wanted = ShippingZoneCreateInput(**said)
    return bench.keep(
        "shipping-zone",
        one.name,
        wanted,
        create=lambda: client.shipping_zone_create(wanted).shipping_zone_create,
        update=lambda id_: (
            client.shipping_zone_update(id_, ShippingZoneUpdateInput(**said)).shipping_zone_update
        ),
    )


def _method(bench: Bench, zone: Zone, one: Method, *, zone_id: str, tax_class: str) -> str:
    client = bench.client
    said: dict[str, Any] = {
        "name": one.name,
        "minimum_delivery_days": one.days[0],
        "maximum_delivery_days": one.days[1],
        "tax_class": tax_class,
    }
    wanted = ShippingPriceInput(type_=ShippingMethodTypeEnum.PRICE, shipping_zone=zone_id, **said)
    return bench.keep(
        "shipping-method",
        f"{zone.name}/{one.name}",
        wanted,
        create=lambda: client.shipping_price_create(wanted).shipping_price_create,
        update=lambda id_: (
            client.shipping_price_update(id_, ShippingPriceInput(**said)).shipping_price_update
        ),
    )


def _listings(bench: Bench, key: str, method_id: str, one: Method) -> None:
    """A method without a price in a channel is not offered there."""
    listings = [_listing(bench, one, slug, price) for slug, price in one.price.items()]
    wanted = ShippingMethodChannelListingInput(add_channels=listings)
    bench.once(
        "method-listing",
        key,
        wanted,
        lambda: (
            bench.client.shipping_method_channel_listing_update(
                method_id, wanted
            ).shipping_method_channel_listing_update
        ),
    )


def _listing(bench: Bench, one: Method, slug: str, price: Decimal) -> ShippingMethodChannelListingAddInput:
    """Bounds that the file does not name are sent as null, so that a bound taken out of the file goes."""
    return ShippingMethodChannelListingAddInput(
        channel_id=bench.id("channel", slug),
        price=price,
        minimum_order_price=one.starts_at.get(slug),
        maximum_order_price=one.up_to.get(slug),
    )
