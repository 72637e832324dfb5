"""Which warehouses a channel sells from: for a country, for a collection point, or not knowing either yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from store.engine.caching.invalidation import Kept
from store.engine.channels.models import Channel
from store.engine.channels.shop_settings import current
from store.engine.stock.models import ChannelWarehouse, Warehouse


@dataclass(frozen=True, slots=True)
class Reach:
    """`order` are the warehouses of the channel in the order in which they are emptied; `groups` are sets of
    warehouses that can serve one parcel together: one group when the country is known, else one a zone."""

    order: tuple[UUID, ...]
    groups: tuple[frozenset[UUID], ...]

    def warehouses(self) -> frozenset[UUID]:
        return frozenset[UUID]().union(*self.groups)

    def best(self, quantities: dict[UUID, int]) -> int:
        """How many can be had at most, when each warehouse has so many of a variant."""
        return max((sum(quantities.get(one, 0) for one in group) for group in self.groups), default=0)


def reach(
    channel: Channel, country: str | None = None, *, collection_point: Warehouse | None = None
) -> Reach:
    """Read from memory until somebody changes it. Without `collection_point` places to collect from count as
    well: the shopper may still choose one. `shipping` (below) is for when a parcel is sent for sure."""
    linked = _linked(channel)
    order = tuple(pk for pk, _ in linked)
    if collection_point is not None:
        return Reach(order, (_collecting(order, collection_point),))
    collectable = frozenset(pk for pk, option in linked if option != "DISABLED")
    return Reach(
        order, tuple(zone | collectable for zone in _zones(channel, country, order)) or (collectable,)
    )


def shipping(channel: Channel, country: str) -> Reach:
    order = tuple(pk for pk, _ in _linked(channel))
    return Reach(order, tuple(_zones(channel, country, order)))


def _linked(channel: Channel) -> list[tuple[UUID, str]]:
    return _links().get(channel.pk, [])


def _read_links() -> dict[int, list[tuple[UUID, str]]]:
    found: dict[int, list[tuple[UUID, str]]] = {}
    rows = ChannelWarehouse.objects.values_list(
        "channel_id", "warehouse_id", "warehouse__click_and_collect_option"
    )
    for channel, warehouse, option in rows:
        found.setdefault(channel, []).append((warehouse, option))
    return found


def _read_zones() -> dict[int, list[tuple[int, list[str], UUID]]]:
    """By channel: zone, its countries, a warehouse that serves it."""
    found: dict[int, list[tuple[int, list[str], UUID]]] = {}
    rows = Warehouse.shipping_zones.through.objects.filter(shippingzone__channels__isnull=False).values_list(
        "shippingzone__channels", "shippingzone_id", "shippingzone__countries", "warehouse_id"
    )
    for channel, zone, countries, warehouse in rows:
        found.setdefault(channel, []).append((zone, countries, warehouse))
    return found


_links = Kept(_read_links)
_zone_links = Kept(_read_zones)


def _collecting(order: tuple[UUID, ...], point: Warehouse) -> frozenset[UUID]:
    """LOCAL: what lies there. ALL: other warehouses of the channel send it there."""
    if point.pk not in order or point.click_and_collect_option == "DISABLED":
        return frozenset()
    return frozenset(order) if point.click_and_collect_option == "ALL" else frozenset({point.pk})


def _zones(channel: Channel, country: str | None, order: Iterable[UUID]) -> Iterator[frozenset[UUID]]:
    if not current().use_legacy_shipping_zone_stock_availability:
        yield frozenset(order)
        return
    by_zone: dict[int, set[UUID]] = {}
    linked = set(order)
    for zone, countries, warehouse in _zone_links().get(channel.pk, ()):
        if warehouse in linked and (country is None or country in countries):
            by_zone.setdefault(zone, set()).add(warehouse)
    if country is None:
        yield from (frozenset(one) for one in by_zone.values())
    elif by_zone:
        yield frozenset[UUID]().union(*by_zone.values())
