"""Shipping zones, and their methods with prices by channel."""

from collections.abc import Iterator

from store.move.context import MoveContext
from store.move.kinds import (
    Fields,
    Kind,
    by_key,
    carry_object,
    create_and_update,
    metadata,
    translate,
    translations,
)
from store.move.shop_api import Mutation, Node

LISTING = "listing "


def _zone_input(context: MoveContext, fields: Fields) -> Fields:
    given = dict(fields)
    for name, kind in (("channels", "channel"), ("warehouses", "warehouse")):
        if name in given:
            given[f"add{name.title()}"] = context.ids_of(kind, given.pop(name))
    return given


ZONE = Kind(
    "shipping-zone",
    *create_and_update("shippingZone", ("ShippingZoneCreateInput", "ShippingZoneUpdateInput")),
    to_input=_zone_input,
)


def _method_input(context: MoveContext, fields: Fields) -> Fields:
    given = dict(fields)
    if given.get("taxClass"):
        given["taxClass"] = context.id("tax-class", given["taxClass"])
    rules = given.pop("postalCodes", None)
    if rules:
        given["addPostalCodeRules"] = [{"start": one["start"], "end": one["end"]} for one in rules]
        given["inclusionType"] = rules[0]["inclusionType"]
    return given


METHOD = Kind(
    "shipping-method",
    *create_and_update(
        "shippingPrice", ("ShippingPriceInput", "ShippingPriceInput"), returns="shippingMethod"
    ),
    translate("shippingPrice", "ShippingPriceTranslationInput"),
    to_input=_method_input,
    left=(LISTING,),
)
_LISTINGS = Mutation(
    "shippingMethodChannelListingUpdate",
    "shippingMethod",
    {"id": "ID!", "input": "ShippingMethodChannelListingInput!"},
)


def move_shipping(context: MoveContext) -> Iterator[str]:
    former, new = (
        by_key(list(api.nodes("ShippingZones", "shippingZones")), "name")
        for api in (context.former, context.new)
    )
    for name, node in former.items():
        present = new.get(name)
        zone_id = carry_object(
            context,
            ZONE,
            name,
            _zone(node),
            found=(present["id"], _zone(present)) if present else None,
        )
        if zone_id:
            methods = by_key(present["shippingMethods"] or [] if present else [], "name")
            for method in node["shippingMethods"] or ():
                _move_method(
                    context, zone_id, f"{name}/{method['name']}", method, methods.get(method["name"])
                )
        yield name


def _zone(node: Node) -> Fields:
    return {
        "name": node["name"],
        "description": node["description"] or "",
        "countries": sorted(one["code"] for one in node["countries"]),
        "channels": sorted(one["slug"] for one in node["channels"]),
        "warehouses": sorted(one["slug"] for one in node["warehouses"]),
        **metadata(node),
    }


def _move_method(context: MoveContext, zone_id: str, key: str, node: Node, present: Node | None) -> None:
    def list_it(id_: str, fields: Fields) -> None:
        if fields:
            listings = [
                {"channelId": context.id("channel", name.removeprefix(LISTING)), **prices}
                for name, prices in fields.items()
            ]
            context.mutate("shipping-method", key, _LISTINGS, id=id_, input={"addChannels": listings})

    carry_object(
        context,
        METHOD,
        key,
        _method(node),
        found=(present["id"], _method(present)) if present else None,
        create_only=lambda: {"shippingZone": zone_id, "type": node["type"]},
        after=list_it,
    )


def _method(node: Node) -> Fields:
    listings = {
        f"{LISTING}{one['channel']['slug']}": {
            "price": _amount(one["price"]),
            "minimumOrderPrice": _amount(one["minimumOrderPrice"]),
            "maximumOrderPrice": _amount(one["maximumOrderPrice"]),
        }
        for one in node["channelListings"] or ()
    }
    return {
        "name": node["name"],
        "description": node["description"],
        "minimumDeliveryDays": node["minimumDeliveryDays"],
        "maximumDeliveryDays": node["maximumDeliveryDays"],
        **_weights(node),
        "taxClass": (node["taxClass"] or {}).get("name"),
        "postalCodes": node["postalCodeRules"] or [],
        **listings,
        **translations(node, ("name", "description")),
        **metadata(node),
    }


def _weights(node: Node) -> Fields:
    names = ("minimumOrderWeight", "maximumOrderWeight")
    return {name: node[name] for name in names if node[name] and node[name]["value"]}


def _amount(money: Node | None) -> float | None:
    return money["amount"] if money else None
