"""Operations on channels and shipping zones that also link them to warehouses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from store.engine import sort_order
from store.engine.channels import channels
from store.engine.channels.models import Channel
from store.engine.errors import NotFound, OperationError
from store.engine.events import record_deleted_event, record_event
from store.engine.shipping import shipping_zones as zones
from store.engine.shipping.models import ShippingZone
from store.engine.stock.models import ChannelWarehouse, Warehouse

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LinkChanges(Generic[T]):
    """Rows to link and rows to unlink."""

    add: Sequence[T] = ()
    remove: Sequence[T] = ()

    def check(self, what: str) -> None:
        """Raises OperationError DUPLICATED_INPUT_ITEM if a row is in both lists; `what` is used in the field's name."""
        if duplicates := [row for row in self.add if row in self.remove]:
            raise OperationError(
                "The same object cannot be in both lists for adding and removing items.",
                field=f"remove{what}",
                code="DUPLICATED_INPUT_ITEM",
                **{what[0].lower() + what[1:]: duplicates},
            )


NO_CHANGES: LinkChanges[Any] = LinkChanges()


def create_channel(
    *, given: Mapping[str, Any], warehouses: Sequence[Warehouse] = (), zones: Sequence[ShippingZone] = ()
) -> Channel:
    """Create a channel with its settings, tax configuration, warehouses and shipping zones."""
    with transaction.atomic(durable=True):
        return create_channel_in_transaction(given=given, warehouses=warehouses, zones=zones)


def create_channel_in_transaction(
    *, given: Mapping[str, Any], warehouses: Sequence[Warehouse] = (), zones: Sequence[ShippingZone] = ()
) -> Channel:
    """`create_channel` inside the caller's transaction."""
    channel = channels.create(given=given)
    _link(channel, warehouses)
    channel.shipping_zones.add(*zones)
    return channel


def update_channel(
    *,
    channel: Channel,
    given: Mapping[str, Any],
    warehouses: LinkChanges[Warehouse] = NO_CHANGES,
    zones: LinkChanges[ShippingZone] = NO_CHANGES,
) -> Channel:
    with transaction.atomic(durable=True):
        return update_channel_in_transaction(channel=channel, given=given, warehouses=warehouses, zones=zones)


def update_channel_in_transaction(
    *,
    channel: Channel,
    given: Mapping[str, Any],
    warehouses: LinkChanges[Warehouse] = NO_CHANGES,
    zones: LinkChanges[ShippingZone] = NO_CHANGES,
) -> Channel:
    """`update_channel` inside the caller's transaction."""
    warehouses.check("Warehouses")
    zones.check("ShippingZones")
    channels.update(channel=channel, given=given)
    channel.channel_warehouses.filter(warehouse__in=warehouses.remove).delete()
    _link(channel, warehouses.add)
    channel.shipping_zones.remove(*zones.remove)
    channel.shipping_zones.add(*zones.add)
    _remove_unreachable_zones(warehouses.remove)
    return channel


def reorder_warehouses(*, channel: Channel, moves: Mapping[UUID, int | None]) -> None:
    """Move warehouses within the order in which the channel's stock is allocated; see `sort_order.move`.

    Raises NotFound for a warehouse that the channel doesn't sell from.
    """
    with transaction.atomic(durable=True):
        links = channel.channel_warehouses.all()
        if moves.keys() - set(links.values_list("warehouse_id", flat=True)):
            raise NotFound("This warehouse does not belong to the channel.", field="moves")
        sort_order.move(links, moves, key="warehouse_id")
        record_event("CHANNEL_UPDATED", kind="Channel", pk=channel.pk)


def save_zone(
    *,
    zone: ShippingZone,
    given: Mapping[str, Any],
    channels: LinkChanges[Channel] = NO_CHANGES,
    warehouses: LinkChanges[Warehouse] = NO_CHANGES,
) -> ShippingZone:
    """Create or change a shipping zone. Raises OperationError, also for a warehouse without a channel of the zone."""
    with transaction.atomic(durable=True):
        return save_zone_in_transaction(zone=zone, given=given, channels=channels, warehouses=warehouses)


def save_zone_in_transaction(
    *,
    zone: ShippingZone,
    given: Mapping[str, Any],
    channels: LinkChanges[Channel] = NO_CHANGES,
    warehouses: LinkChanges[Warehouse] = NO_CHANGES,
) -> ShippingZone:
    """`save_zone` inside the caller's transaction."""
    channels.check("Channels")
    warehouses.check("Warehouses")
    is_new = zone.pk is None
    zones.save(zone=zone, given=given, add_channels=channels.add, remove_channels=channels.remove)
    zone.warehouses.remove(*warehouses.remove)
    _check_common_channel(zone, warehouses.add)
    zone.warehouses.add(*warehouses.add)
    event = "SHIPPING_ZONE_CREATED" if is_new else "SHIPPING_ZONE_UPDATED"
    record_event(event, kind="ShippingZone", pk=zone.pk)
    return zone


def delete_zone(*, zone: ShippingZone) -> None:
    with transaction.atomic(durable=True):
        record_deleted_event("SHIPPING_ZONE_DELETED", kind="ShippingZone", row=zone)
        zone.delete()


def _link(channel: Channel, warehouses: Iterable[Warehouse]) -> None:
    """Append warehouses to the channel's allocation order."""
    linked = set(channel.channel_warehouses.values_list("warehouse_id", flat=True))
    last = channel.channel_warehouses.aggregate(last=Max("sort_order"))["last"]
    start = 0 if last is None else last + 1
    new = [warehouse for warehouse in dict.fromkeys(warehouses) if warehouse.pk not in linked]
    ChannelWarehouse.objects.bulk_create(
        [
            ChannelWarehouse(channel=channel, warehouse=warehouse, sort_order=position)
            for position, warehouse in enumerate(new, start)
        ]
    )


def _check_common_channel(zone: ShippingZone, warehouses: Sequence[Warehouse]) -> None:
    in_common = set(
        ChannelWarehouse.objects.filter(
            channel__in=zone.channels.all(), warehouse__in=warehouses
        ).values_list("warehouse_id", flat=True)
    )
    if foreign := [warehouse for warehouse in warehouses if warehouse.pk not in in_common]:
        raise OperationError(
            "Only warehouses that have common channel with shipping zone can be assigned.",
            field="addWarehouses",
            warehouses=foreign,
        )


def _remove_unreachable_zones(warehouses: Sequence[Warehouse]) -> None:
    """Unlink shipping zones that have no channel in common with the warehouse any more."""
    for warehouse in warehouses:
        channel_ids = set(warehouse.channels.values_list("pk", flat=True))
        for zone in warehouse.shipping_zones.prefetch_related("channels"):
            if channel_ids.isdisjoint(channel.pk for channel in zone.channels.all()):
                warehouse.shipping_zones.remove(zone)
