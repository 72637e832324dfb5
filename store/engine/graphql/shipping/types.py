"""Types and queries of shipping zones, methods and their prices."""

from typing import Any

from store.engine.channels.models import Channel
from store.engine.graphql import ids
from store.engine.graphql.batching import batched, channel_of_row
from store.engine.graphql.channels.channels import country_display
from store.engine.graphql.channels.request_channel import channel_of, channels_by_pk
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import ListArguments, ids_in
from store.engine.graphql.metadata import lookup as metadata_lookup
from store.engine.graphql.plain_values import MoneyRange
from store.engine.graphql.registry import Info, SaleorType, declare_values, query
from store.engine.graphql.shipping.weights import to_weight
from store.engine.money import Money
from store.engine.shipping.models import PostalCodeRule, ShippingMethod
from store.engine.shipping.models import ShippingMethodChannelListing as Listing
from store.engine.shipping.models import ShippingZone as ZoneRow
from store.engine.stock.models import Warehouse
from store.engine.taxes.models import TaxClass


class ShippingZone(SaleorType, model=ZoneRow):
    @staticmethod
    def countries(root: ZoneRow, _info: Info) -> list[Any]:
        return [country_display(code) for code in sorted(root.countries)]

    @staticmethod
    @batched
    def shipping_methods(rows: list[ZoneRow], _info: Info) -> list[list[ShippingMethod]]:
        found: dict[int, list[ShippingMethod]] = {row.pk: [] for row in rows}
        for method in ShippingMethod.objects.filter(shipping_zone__in=rows):
            found[method.shipping_zone_id].append(method)
        return [found[row.pk] for row in rows]

    @staticmethod
    @batched
    def price_range(rows: list[ZoneRow], info: Info) -> list[MoneyRange | None]:
        """Of the methods' prices in the channel that was asked for; without one, of a zone with a single currency."""
        channel = channel_of_row(rows[0], info)
        listings = Listing.objects.filter(shipping_method__shipping_zone__in=rows)
        if channel is not None:
            listings = listings.filter(channel=channel)
        found: dict[int, list[Money]] = {row.pk: [] for row in rows}
        for zone, amount, currency in listings.values_list(
            "shipping_method__shipping_zone_id", "price_amount", "currency"
        ):
            found[zone].append(Money(amount, currency))
        return [_price_range(found[row.pk]) for row in rows]

    @staticmethod
    @batched
    def channels(rows: list[ZoneRow], info: Info) -> list[list[Channel]]:
        known = channels_by_pk(info.context)
        found: dict[int, list[Channel]] = {row.pk: [] for row in rows}
        links = ZoneRow.channels.through.objects.filter(shippingzone__in=rows).order_by("channel_id")
        for zone, channel in links.values_list("shippingzone_id", "channel_id"):
            found[zone].append(known[channel])
        return [found[row.pk] for row in rows]

    @staticmethod
    @batched
    def warehouses(rows: list[ZoneRow], _info: Info) -> list[list[Warehouse]]:
        links = Warehouse.shipping_zones.through.objects.filter(shippingzone__in=rows)
        pairs = list(links.values_list("shippingzone_id", "warehouse_id"))
        known = Warehouse.objects.in_bulk({pk for _, pk in pairs})
        return [[known[pk] for zone, pk in pairs if zone == row.pk] for row in rows]


def _price_range(prices: list[Money]) -> MoneyRange | None:
    if len({price.currency for price in prices}) != 1:
        return None
    return {"start": min(prices), "stop": max(prices)}


class ShippingMethodType(SaleorType):
    @staticmethod
    @batched
    def channel_listings(rows: list[ShippingMethod], _info: Info) -> list[list[Listing]]:
        found: dict[int, list[Listing]] = {row.pk: [] for row in rows}
        for listing in Listing.objects.filter(shipping_method__in=rows):
            found[listing.shipping_method_id].append(listing)
        return [found[row.pk] for row in rows]

    @staticmethod
    @batched
    def postal_code_rules(rows: list[ShippingMethod], _info: Info) -> list[list[PostalCodeRule]]:
        found: dict[int, list[PostalCodeRule]] = {row.pk: [] for row in rows}
        for rule in PostalCodeRule.objects.filter(shipping_method__in=rows):
            found[rule.shipping_method_id].append(rule)
        return [found[row.pk] for row in rows]

    @staticmethod
    def minimum_order_weight(root: ShippingMethod, info: Info) -> Any:
        return to_weight(info, root.minimum_order_weight)

    @staticmethod
    def maximum_order_weight(root: ShippingMethod, info: Info) -> Any:
        return to_weight(info, root.maximum_order_weight)

    @staticmethod
    @batched
    def tax_class(rows: list[ShippingMethod], _info: Info) -> list[TaxClass | None]:
        found = TaxClass.objects.in_bulk({row.tax_class_id for row in rows if row.tax_class_id})
        return [found.get(row.tax_class_id or 0) for row in rows]

    translation = staticmethod(translation_of("ShippingMethodType"))

    @staticmethod
    def minimum_order_price(root: ShippingMethod, info: Info) -> Money | None:
        """Of the channel that was asked for; without one, of a method with a single listing."""
        listing = _only_listing(root, info)
        return ShippingMethodChannelListing.minimum_order_price(listing, info) if listing else None

    @staticmethod
    def maximum_order_price(root: ShippingMethod, info: Info) -> Money | None:
        listing = _only_listing(root, info)
        return ShippingMethodChannelListing.maximum_order_price(listing, info) if listing else None


@batched
def _only_listing(rows: list[ShippingMethod], info: Info) -> list[Listing | None]:
    listings, channel = Listing.objects.filter(shipping_method__in=rows), channel_of_row(rows[0], info)
    found: dict[int, list[Listing]] = {row.pk: [] for row in rows}
    for listing in listings.filter(channel=channel) if channel else listings:
        found[listing.shipping_method_id].append(listing)
    return [own[0] if len(own := found[row.pk]) == 1 else None for row in rows]


declare_values("ShippingMethodType", ShippingMethod)
metadata_lookup.register_type("ShippingMethodType", ShippingMethod)


class ShippingMethodChannelListing(SaleorType, model=Listing):
    @staticmethod
    def channel(root: Listing, info: Info) -> Channel:
        return channels_by_pk(info.context)[root.channel_id]

    @staticmethod
    def price(root: Listing, _info: Info) -> Money:
        return Money(root.price_amount, root.currency)

    @staticmethod
    def minimum_order_price(root: Listing, _info: Info) -> Money | None:
        amount = root.minimum_order_price_amount
        return Money(amount, root.currency) if amount is not None else None

    @staticmethod
    def maximum_order_price(root: Listing, _info: Info) -> Money | None:
        amount = root.maximum_order_price_amount
        return Money(amount, root.currency) if amount is not None else None


class ShippingMethodPostalCodeRule(SaleorType, model=PostalCodeRule):
    pass


ZONES = ListArguments(search=("name",), columns={"channels": ids_in("channels", Channel)})


@query(permissions="MANAGE_SHIPPING")
def shipping_zones(
    info: Info, *, filter: dict[str, Any] | None = None, channel: str | None = None, **paging: Any
) -> Connection:
    rows = ZONES.filtered(ZoneRow.objects.all(), filter)
    if channel is not None:
        found = channel_of(info, channel)
        rows = rows.filter(channels=found) if found else rows.none()
    return connect(rows, **paging)


@query(permissions="MANAGE_SHIPPING")
def shipping_zone(info: Info, *, id: str, channel: str | None = None) -> ZoneRow | None:
    return ids.find_row(id, ZoneRow)
