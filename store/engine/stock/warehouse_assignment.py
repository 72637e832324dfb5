"""Which warehouses a channel sells from, and which of them serve a shipping zone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Max

from store.engine.channels import channels
from store.engine.channels.models import Channel
from store.engine.errors import Refusal
from store.engine.events import record, record_gone
from store.engine.shipping import shipping_zones as zones
from store.engine.shipping.models import ShippingZone
from store.engine.stock.models import ChannelWarehouse, Warehouse

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Relink(Generic[T]):
    """What is linked anew and what no longer; the same thing in both is refused."""

    add: Sequence[T] = ()
    remove: Sequence[T] = ()

    def check(self, what: str) -> None:
        if twice := [one for one in self.add if one in self.remove]:
            raise Refusal(
                "The same object cannot be in both lists for adding and removing items.",
                field=f"remove{what}",
                code="DUPLICATED_INPUT_ITEM",
                **{what[0].lower() + what[1:]: twice},
            )


UNCHANGED: Relink[Any] = Relink()


def create_channel(
    *, given: Mapping[str, Any], warehouses: Sequence[Warehouse] = (), zones: Sequence[ShippingZone] = ()
) -> Channel:
    """Open a channel: its settings, its tax configuration, what it sells from and where to."""
    with transaction.atomic(durable=True):
        channel = channels.make(given=given)
        _link(channel, warehouses)
        channel.shipping_zones.add(*zones)
    return channel


def update_channel(
    *,
    channel: Channel,
    given: Mapping[str, Any],
    warehouses: Relink[Warehouse] = UNCHANGED,
    zones: Relink[ShippingZone] = UNCHANGED,
) -> Channel:
    warehouses.check("Warehouses")
    zones.check("ShippingZones")
    with transaction.atomic(durable=True):
        channels.change(channel=channel, given=given)
        channel.channel_warehouses.filter(warehouse__in=warehouses.remove).delete()
        _link(channel, warehouses.add)
        channel.shipping_zones.remove(*zones.remove)
        channel.shipping_zones.add(*zones.add)
        _drop_stray_zones(warehouses.remove)
    return channel


def save_zone(
    *,
    zone: ShippingZone,
    given: Mapping[str, Any],
    sold_in: Relink[Channel] = UNCHANGED,
    warehouses: Relink[Warehouse] = UNCHANGED,
) -> ShippingZone:
    """Make or change a shipping zone. A warehouse must share a channel with the zone that it serves."""
    sold_in.check("Channels")
    warehouses.check("Warehouses")
    with transaction.atomic(durable=True):
        fresh = zone.pk is None
        zones.save(zone=zone, given=given, add_channels=sold_in.add, remove_channels=sold_in.remove)
        zone.warehouses.remove(*warehouses.remove)
        _check_common_channel(zone, warehouses.add)
        zone.warehouses.add(*warehouses.add)
        event = "SHIPPING_ZONE_CREATED" if fresh else "SHIPPING_ZONE_UPDATED"
        record(event, kind="ShippingZone", pk=zone.pk)
    return zone


def delete_zone(*, zone: ShippingZone) -> None:
    with transaction.atomic(durable=True):
        record_gone("SHIPPING_ZONE_DELETED", kind="ShippingZone", row=zone)
        zone.delete()


def _link(channel: Channel, warehouses: Iterable[Warehouse]) -> None:
    """At the end of the order in which the channel's warehouses are emptied."""
    known = set(channel.channel_warehouses.values_list("warehouse_id", flat=True))
    last = channel.channel_warehouses.aggregate(last=Max("sort_order"))["last"]
    at = 0 if last is None else last + 1
    fresh = [one for one in dict.fromkeys(warehouses) if one.pk not in known]
    ChannelWarehouse.objects.bulk_create(
        [ChannelWarehouse(channel=channel, warehouse=one, sort_order=at + i) for i, one in enumerate(fresh)]
    )


def _check_common_channel(zone: ShippingZone, warehouses: Sequence[Warehouse]) -> None:
    reached = set(
        ChannelWarehouse.objects.filter(
            channel__in=zone.channels.all(), warehouse__in=warehouses
        ).values_list("warehouse_id", flat=True)
    )
    if stray := [one for one in warehouses if one.pk not in reached]:
        raise Refusal(
            "Only warehouses that have common channel with shipping zone can be assigned.",
            field="addWarehouses",
            warehouses=stray,
        )


def _drop_stray_zones(warehouses: Sequence[Warehouse]) -> None:
    """A warehouse that lost its last channel in common with a zone no longer serves it."""
    for warehouse in warehouses:
        own = set(warehouse.channels.values_list("pk", flat=True))
        for zone in warehouse.shipping_zones.prefetch_related("channels"):
            if own.isdisjoint(channel.pk for channel in zone.channels.all()):
                warehouse.shipping_zones.remove(zone)
