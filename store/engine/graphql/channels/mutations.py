"""What a merchant changes about the shop: settings, channels, taxes, shipping."""

from typing import Any

from store.engine.channels import shop_settings
from store.engine.channels.models import Channel, TaxConfiguration
from store.engine.errors import Required
from store.engine.events.metadata import as_mapping
from store.engine.graphql import ids
from store.engine.graphql.channels import taxes
from store.engine.graphql.channels.shipping import kilograms
from store.engine.graphql.registry import Info, mutation
from store.engine.shipping import shipping_methods
from store.engine.shipping.models import PostalCodeRule, ShippingMethod, ShippingZone
from store.engine.stock import warehouse_assignment
from store.engine.stock.models import Warehouse
from store.engine.stock.warehouse_assignment import Relink
from store.engine.taxes import tax_classes
from store.engine.taxes.models import TaxClass

Payload = dict[str, Any]


def plain(given: dict[str, Any]) -> dict[str, Any]:
    """Lists of key and value as mappings."""
    found = dict(given)
    for name in ("metadata", "private_metadata"):
        if name in found:
            found[name] = as_mapping(found[name])
    return found


@mutation(needs="MANAGE_SETTINGS")
def shop_settings_update(info: Info, *, input: dict[str, Any]) -> Payload:
    return {"shop": shop_settings.update(changes=plain(input))}


# --- channels -----------------------------------------------------------------------------------------
@mutation(needs="MANAGE_CHANNELS")
def channel_create(info: Info, *, input: dict[str, Any]) -> Payload:
    made = warehouse_assignment.create_channel(
        given=plain(input),
        warehouses=ids.many(input.get("add_warehouses") or (), Warehouse, field="addWarehouses"),
        zones=ids.many(input.get("add_shipping_zones") or (), ShippingZone, field="addShippingZones"),
    )
    info.context.cache.pop("channels", None)
    return {"channel": made}


@mutation(needs="MANAGE_CHANNELS")
def channel_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    changed = warehouse_assignment.update_channel(
        channel=ids.one(id, Channel),
        given=plain(input),
        warehouses=_relink(input, Warehouse, "warehouses"),
        zones=_relink(input, ShippingZone, "shipping_zones"),
    )
    info.context.cache.pop("channels", None)
    return {"channel": changed}


@mutation(needs="MANAGE_CHANNELS")
def channel_activate(info: Info, *, id: str) -> Payload:
    return {
        "channel": warehouse_assignment.update_channel(
            channel=ids.one(id, Channel), given={"is_active": True}
        )
    }


@mutation(needs="MANAGE_CHANNELS")
def channel_deactivate(info: Info, *, id: str) -> Payload:
    return {
        "channel": warehouse_assignment.update_channel(
            channel=ids.one(id, Channel), given={"is_active": False}
        )
    }


def _relink(given: dict[str, Any], model: Any, name: str) -> Relink[Any]:
    camel = "".join(part.capitalize() for part in name.split("_"))
    return Relink(
        add=ids.many(given.get(f"add_{name}") or (), model, field=f"add{camel}"),
        remove=ids.many(given.get(f"remove_{name}") or (), model, field=f"remove{camel}"),
    )


# --- taxes --------------------------------------------------------------------------------------------
@mutation(needs="MANAGE_TAXES")
def tax_class_create(info: Info, *, input: dict[str, Any]) -> Payload:
    rates = [(one["country_code"], one["rate"]) for one in input.get("create_country_rates") or ()]
    return {"tax_class": tax_classes.create(name=input["name"], rates=rates)}


@mutation(needs="MANAGE_TAXES")
def tax_class_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    changed = tax_classes.update(
        tax_class=ids.one(id, TaxClass),
        name=input.get("name"),
        rates=[(one["country_code"], one.get("rate")) for one in input.get("update_country_rates") or ()],
        remove=input.get("remove_country_rates") or (),
    )
    return {"tax_class": changed}


@mutation(needs="MANAGE_TAXES")
def tax_class_delete(info: Info, *, id: str) -> Payload:
    tax_class = ids.one(id, TaxClass)
    kept = {"id": id, "name": tax_class.name, "countries": []}
    tax_classes.delete(tax_class=tax_class)
    return {"tax_class": kept}


@mutation(needs="MANAGE_TAXES")
def tax_configuration_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    countries = input.pop("update_countries_configuration", None) or ()
    remove = input.pop("remove_countries_configuration", None) or ()
    changed = tax_classes.configure(
        configuration=ids.one(id, TaxConfiguration), changes=input, countries=countries, remove=remove
    )
    return {"tax_configuration": changed}


@mutation(needs="MANAGE_TAXES")
def tax_country_configuration_update(
    info: Info, *, country_code: str, update_tax_class_rates: list[dict[str, Any]]
) -> Payload:
    rates = [(_class_of(one.get("tax_class_id")), one.get("rate")) for one in update_tax_class_rates]
    tax_classes.set_country(country=country_code, rates=rates)
    return {"tax_country_configuration": taxes.country_configuration(country_code)}


@mutation(needs="MANAGE_TAXES")
def tax_country_configuration_delete(info: Info, *, country_code: str) -> Payload:
    tax_classes.clear_country(country=country_code)
    return {"tax_country_configuration": taxes.country_configuration(country_code)}


def _class_of(global_id: str | None) -> TaxClass | None:
    return ids.one(global_id, TaxClass, field="updateTaxClassRates") if global_id else None


# --- shipping -----------------------------------------------------------------------------------------
@mutation(needs="MANAGE_SHIPPING")
def shipping_zone_create(info: Info, *, input: dict[str, Any]) -> Payload:
    return {"shipping_zone": _save_zone(ShippingZone(), input)}


@mutation(needs="MANAGE_SHIPPING")
def shipping_zone_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    return {"shipping_zone": _save_zone(ids.one(id, ShippingZone), input)}


def _save_zone(zone: ShippingZone, given: dict[str, Any]) -> ShippingZone:
    return warehouse_assignment.save_zone(
        zone=zone,
        given=given,
        sold_in=_relink(given, Channel, "channels"),
        warehouses=_relink(given, Warehouse, "warehouses"),
    )


@mutation(needs="MANAGE_SHIPPING")
def shipping_zone_delete(info: Info, *, id: str) -> Payload:
    zone = ids.one(id, ShippingZone)
    warehouse_assignment.delete_zone(zone=zone)
    return {"shipping_zone": _gone(zone, id, countries=[], shipping_methods=[], warehouses=[], channels=[])}


@mutation(needs="MANAGE_SHIPPING")
def shipping_price_create(info: Info, *, input: dict[str, Any]) -> Payload:
    if not input.get("shipping_zone"):
        raise Required("This field is required.", field="shippingZone")
    zone = ids.one(input["shipping_zone"], ShippingZone, field="shippingZone")
    made = shipping_methods.create(zone=zone, given=_method(info, input), tax_class=_tax_class(input))
    return {"shipping_method": made, "shipping_zone": zone}


@mutation(needs="MANAGE_SHIPPING")
def shipping_price_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    method = shipping_methods.update(
        method=ids.one(id, ShippingMethod, "ShippingMethodType"),
        given=_method(info, input),
        tax_class=_tax_class(input),
    )
    return {"shipping_method": method, "shipping_zone": method.shipping_zone}


@mutation(needs="MANAGE_SHIPPING")
def shipping_price_delete(info: Info, *, id: str) -> Payload:
    method = ids.one(id, ShippingMethod, "ShippingMethodType")
    zone = method.shipping_zone
    shipping_methods.delete(method=method)
    return {"shipping_method": _gone(method, id, channel_listings=[]), "shipping_zone": zone}


def _gone(row: Any, global_id: str, **links: Any) -> dict[str, Any]:
    """What is left to say of a deleted row."""
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return kept | {"id": global_id} | links


def _method(info: Info, given: dict[str, Any]) -> dict[str, Any]:
    found = dict(given)
    for name in ("minimum_order_weight", "maximum_order_weight"):
        if name in found:
            found[name] = kilograms(info, found[name])
    if "delete_postal_code_rules" in found:
        rules = found["delete_postal_code_rules"] or ()
        found["delete_postal_code_rules"] = ids.pks(rules, PostalCodeRule, "ShippingMethodPostalCodeRule")
    return found


def _tax_class(given: dict[str, Any]) -> TaxClass | None:
    return ids.one(given["tax_class"], TaxClass, field="taxClass") if given.get("tax_class") else None


@mutation(needs="MANAGE_SHIPPING")
def shipping_method_channel_listing_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    listings = [
        shipping_methods.Listing(
            channel=ids.one(one["channel_id"], Channel, field="addChannels"),
            given={name: value for name, value in one.items() if name != "channel_id"},
        )
        for one in input.get("add_channels") or ()
    ]
    changed = shipping_methods.list_in_channels(
        method=ids.one(id, ShippingMethod, "ShippingMethodType"),
        listings=listings,
        remove=ids.many(input.get("remove_channels") or (), Channel, field="removeChannels"),
    )
    return {"shipping_method": changed}
