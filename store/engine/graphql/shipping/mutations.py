"""Mutations of shipping zones, shipping methods and their prices per channel."""

from typing import Any

from store.engine.catalog.models import Product
from store.engine.channels.models import Channel
from store.engine.errors import Required
from store.engine.graphql import ids
from store.engine.graphql.bulk_mutations import register
from store.engine.graphql.channels.link_changes_input import parse_link_changes
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.shipping.weights import to_kilograms
from store.engine.shipping import shipping_methods
from store.engine.shipping.models import PostalCodeRule, ShippingMethod, ShippingZone
from store.engine.stock import warehouse_assignment
from store.engine.stock.models import Warehouse
from store.engine.taxes.models import TaxClass

Payload = dict[str, Any]
METHOD_TYPES = ("ShippingMethodType", "ShippingMethod")  # Saleor takes either id


@mutation(permissions="MANAGE_SHIPPING")
def shipping_zone_create(info: Info, *, input: dict[str, Any]) -> Payload:
    return {"shipping_zone": _save_zone(ShippingZone(), input)}


@mutation(permissions="MANAGE_SHIPPING")
def shipping_zone_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    return {"shipping_zone": _save_zone(ids.get_row(id, ShippingZone), input)}


def _save_zone(zone: ShippingZone, given: dict[str, Any]) -> ShippingZone:
    return warehouse_assignment.save_zone(
        zone=zone,
        given=given,
        channels=parse_link_changes(given, Channel, "channels"),
        warehouses=parse_link_changes(given, Warehouse, "warehouses"),
    )


@mutation(permissions="MANAGE_SHIPPING")
def shipping_zone_delete(info: Info, *, id: str) -> Payload:
    zone = ids.get_row(id, ShippingZone)
    return {"shipping_zone": delete_and_return(zone, lambda: warehouse_assignment.delete_zone(zone=zone))}


@mutation(permissions="MANAGE_SHIPPING")
def shipping_price_create(info: Info, *, input: dict[str, Any]) -> Payload:
    if not input.get("shipping_zone"):
        raise Required("This field is required.", field="shippingZone")
    zone = ids.get_row(input["shipping_zone"], ShippingZone, field="shippingZone")
    method = shipping_methods.create(
        zone=zone, given=_method_values(info, input), tax_class=_tax_class(input)
    )
    return {"shipping_method": method, "shipping_zone": zone}


@mutation(permissions="MANAGE_SHIPPING")
def shipping_price_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    method = shipping_methods.update(
        method=ids.get_row(id, ShippingMethod, *METHOD_TYPES),
        given=_method_values(info, input),
        tax_class=_tax_class(input),
    )
    return {"shipping_method": method, "shipping_zone": method.shipping_zone}


@mutation(permissions="MANAGE_SHIPPING")
def shipping_price_delete(info: Info, *, id: str) -> Payload:
    method = ids.get_row(id, ShippingMethod, *METHOD_TYPES)
    zone = method.shipping_zone
    deleted = delete_and_return(method, lambda: shipping_methods.delete(method=method))
    return {"shipping_method": deleted, "shipping_zone": zone}


def _method_values(info: Info, given: dict[str, Any]) -> dict[str, Any]:
    found = dict(given)
    for name in ("minimum_order_weight", "maximum_order_weight"):
        if name in found:
            found[name] = to_kilograms(info, found[name])
    if "delete_postal_code_rules" in found:
        rules = found["delete_postal_code_rules"] or ()
        found["delete_postal_code_rules"] = ids.pks_of(rules, PostalCodeRule, "ShippingMethodPostalCodeRule")
    return found


def _tax_class(given: dict[str, Any]) -> TaxClass | None:
    return ids.get_row(given["tax_class"], TaxClass, field="taxClass") if given.get("tax_class") else None


@mutation(permissions="MANAGE_SHIPPING")
def shipping_method_channel_listing_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    listings = [
        shipping_methods.ListingInput(
            channel=ids.get_row(listing["channel_id"], Channel, field="addChannels"),
            given={name: value for name, value in listing.items() if name != "channel_id"},
        )
        for listing in input.get("add_channels") or ()
    ]
    method = shipping_methods.update_channel_listings(
        method=ids.get_row(id, ShippingMethod, *METHOD_TYPES),
        listings=listings,
        remove=ids.get_rows(input.get("remove_channels") or (), Channel, field="removeChannels"),
    )
    return {"shipping_method": method}


register(
    "shipping_zone_bulk_delete",
    ShippingZone,
    lambda zone, _info: warehouse_assignment.delete_zone(zone=zone),
    permissions="MANAGE_SHIPPING",
)
register(
    "shipping_price_bulk_delete",
    ShippingMethod,
    lambda method, _info: shipping_methods.delete(method=method),
    permissions="MANAGE_SHIPPING",
    types=METHOD_TYPES,
)


@mutation(permissions="MANAGE_SHIPPING")
def shipping_price_exclude_products(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    method = shipping_methods.exclude_products(
        method=ids.get_row(id, ShippingMethod, *METHOD_TYPES),
        add=ids.get_rows(input["products"], Product, field="products"),
    )
    return {"shipping_method": method}


@mutation(permissions="MANAGE_SHIPPING")
def shipping_price_remove_product_from_exclude(info: Info, *, id: str, products: list[str]) -> Payload:
    method = shipping_methods.exclude_products(
        method=ids.get_row(id, ShippingMethod, *METHOD_TYPES),
        remove=ids.get_rows(products, Product, field="products"),
    )
    return {"shipping_method": method}
