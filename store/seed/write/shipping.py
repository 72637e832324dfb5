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
from store.seed.read import Catalog
from store.seed.read.file_models import ShippingMethod, ShippingZone
from store.seed.write.context import SeedContext


def write_shipping(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    tax_class = context.id("tax-class", catalog.taxes.classes[0].name)
    for zone in catalog.zones:
        zone_id = _zone(context, zone)
        for method in zone.methods:
            method_id = _method(context, zone, method, zone_id=zone_id, tax_class=tax_class)
            _listings(context, f"{zone.name}/{method.name}", method_id, method)
        yield zone.name


def _zone(context: SeedContext, zone: ShippingZone) -> str:
    client = context.client
    fields: dict[str, Any] = {
        "name": zone.name,
        "countries": list(zone.countries),
        "add_warehouses": context.ids_of("warehouse", zone.warehouses),
        "add_channels": context.ids_of("channel", zone.channels),
    }
    create_input = ShippingZoneCreateInput(**fields)
    return context.upsert(
        "shipping-zone",
        zone.name,
        create_input,
        create=lambda: client.shipping_zone_create(create_input).shipping_zone_create,
        update=lambda id_: (
            client.shipping_zone_update(id_, ShippingZoneUpdateInput(**fields)).shipping_zone_update
        ),
    )


def _method(
    context: SeedContext, zone: ShippingZone, method: ShippingMethod, *, zone_id: str, tax_class: str
) -> str:
    client = context.client
    fields: dict[str, Any] = {
        "name": method.name,
        "minimum_delivery_days": method.days[0],
        "maximum_delivery_days": method.days[1],
        "tax_class": tax_class,
    }
    create_input = ShippingPriceInput(type_=ShippingMethodTypeEnum.PRICE, shipping_zone=zone_id, **fields)
    return context.upsert(
        "shipping-method",
        f"{zone.name}/{method.name}",
        create_input,
        create=lambda: client.shipping_price_create(create_input).shipping_price_create,
        update=lambda id_: (
            client.shipping_price_update(id_, ShippingPriceInput(**fields)).shipping_price_update
        ),
    )


def _listings(context: SeedContext, key: str, method_id: str, method: ShippingMethod) -> None:
    """A method without a price in a channel is not available there."""
    listings = [_listing(context, method, slug, price) for slug, price in method.price.items()]
    create_input = ShippingMethodChannelListingInput(add_channels=listings)
    context.send_if_changed(
        "method-listing",
        key,
        create_input,
        lambda: (
            context.client.shipping_method_channel_listing_update(
                method_id, create_input
            ).shipping_method_channel_listing_update
        ),
    )


def _listing(
    context: SeedContext, method: ShippingMethod, slug: str, price: Decimal
) -> ShippingMethodChannelListingAddInput:
    """Limits missing in the file are sent as null, so that a limit removed from the file is removed in Saleor."""
    return ShippingMethodChannelListingAddInput(
        channel_id=context.id("channel", slug),
        price=price,
        minimum_order_price=method.starts_at.get(slug),
        maximum_order_price=method.up_to.get(slug),
    )
