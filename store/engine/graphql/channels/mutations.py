"""Mutations of shop settings and channels."""

from typing import Any

from store.engine.accounts import address_book
from store.engine.channels import shop_settings
from store.engine.channels.models import Channel
from store.engine.events.metadata import as_mapping
from store.engine.graphql import ids
from store.engine.graphql.channels.link_changes_input import parse_link_changes
from store.engine.graphql.registry import Info, mutation
from store.engine.shipping.models import ShippingZone
from store.engine.stock import warehouse_assignment
from store.engine.stock.models import Warehouse

Payload = dict[str, Any]


def with_metadata_dicts(given: dict[str, Any]) -> dict[str, Any]:
    """The input with its metadata lists of key and value as dicts."""
    found = dict(given)
    for name in ("metadata", "private_metadata"):
        if name in found:
            found[name] = as_mapping(found[name])
    return found


@mutation(permissions="MANAGE_SETTINGS")
def shop_settings_update(info: Info, *, input: dict[str, Any]) -> Payload:
    return {"shop": shop_settings.update(changes=with_metadata_dicts(input))}


@mutation(permissions="MANAGE_CHANNELS")
def channel_create(info: Info, *, input: dict[str, Any]) -> Payload:
    channel = warehouse_assignment.create_channel(
        given=with_metadata_dicts(input),
        warehouses=ids.get_rows(input.get("add_warehouses") or (), Warehouse, field="addWarehouses"),
        zones=ids.get_rows(input.get("add_shipping_zones") or (), ShippingZone, field="addShippingZones"),
    )
    info.context.cache.pop("channels", None)
    return {"channel": channel}


@mutation(permissions="MANAGE_CHANNELS")
def channel_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    channel = warehouse_assignment.update_channel(
        channel=ids.get_row(id, Channel),
        given=with_metadata_dicts(input),
        warehouses=parse_link_changes(input, Warehouse, "warehouses"),
        zones=parse_link_changes(input, ShippingZone, "shipping_zones"),
    )
    info.context.cache.pop("channels", None)
    return {"channel": channel}


@mutation(permissions="MANAGE_CHANNELS")
def channel_activate(info: Info, *, id: str) -> Payload:
    return {
        "channel": warehouse_assignment.update_channel(
            channel=ids.get_row(id, Channel), given={"is_active": True}
        )
    }


@mutation(permissions="MANAGE_CHANNELS")
def channel_deactivate(info: Info, *, id: str) -> Payload:
    return {
        "channel": warehouse_assignment.update_channel(
            channel=ids.get_row(id, Channel), given={"is_active": False}
        )
    }


@mutation(permissions="MANAGE_CHANNELS")
def channel_reorder_warehouses(info: Info, *, channel_id: str, moves: list[dict[str, Any]]) -> Payload:
    channel = ids.get_row(channel_id, Channel, field="channelId")
    warehouses = ids.get_rows([move["id"] for move in moves], Warehouse, field="moves")
    places = {row.pk: move.get("sort_order") for row, move in zip(warehouses, moves, strict=True)}
    warehouse_assignment.reorder_warehouses(channel=channel, moves=places)
    return {"channel": channel}


@mutation(permissions="MANAGE_SETTINGS")
def shop_address_update(info: Info, *, input: dict[str, Any] | None = None) -> Payload:
    return {"shop": address_book.set_company_address(input)}
