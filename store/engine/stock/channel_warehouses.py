"""The warehouses a channel sells from: for a country, for a collection point, or before either is known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from store.engine.caching.invalidation import CachedValue
from store.engine.channels.models import Channel
from store.engine.channels.shop_settings import current
from store.engine.stock.models import ChannelWarehouse, Warehouse


@dataclass(frozen=True, slots=True)
class ReachableWarehouses:
    """`order` are the channel's warehouses in the order in which stock is allocated; `groups` are sets of warehouses
    that can serve one order together: one group when the country is known, else one for each shipping zone."""

    order: tuple[UUID, ...]
    groups: tuple[frozenset[UUID], ...]

    def warehouse_ids(self) -> frozenset[UUID]:
        return frozenset[UUID]().union(*self.groups)

    def max_quantity(self, quantities: dict[UUID, int]) -> int:
        """The largest quantity that one group has together; `quantities` of a variant are by warehouse id."""
        return max((sum(quantities.get(pk, 0) for pk in group) for group in self.groups), default=0)


def get_channel_warehouses(
    channel: Channel, country: str | None = None, *, collection_point: Warehouse | None = None
) -> ReachableWarehouses:
    """The warehouses for a country, or all without one; cached until they are changed.

    Without `collection_point`, collection points count as well: the shopper may still choose one. When the order is
    certainly shipped, use `get_shipping_warehouses`.
    """
    linked = _linked_warehouses(channel)
    order = tuple(pk for pk, _ in linked)
    if collection_point is not None:
        return ReachableWarehouses(order, (_collection_group(order, collection_point),))
    collectable = frozenset(pk for pk, option in linked if option != "DISABLED")
    return ReachableWarehouses(
        order, tuple(zone | collectable for zone in _zone_groups(channel, country, order)) or (collectable,)
    )


def get_shipping_warehouses(channel: Channel, country: str) -> ReachableWarehouses:
    order = tuple(pk for pk, _ in _linked_warehouses(channel))
    return ReachableWarehouses(order, tuple(_zone_groups(channel, country, order)))


def _linked_warehouses(channel: Channel) -> list[tuple[UUID, str]]:
    """Warehouse id and click-and-collect option, in the channel's order."""
    return _links().get(channel.pk, [])


def _read_links() -> dict[int, list[tuple[UUID, str]]]:
    links: dict[int, list[tuple[UUID, str]]] = {}
    rows = ChannelWarehouse.objects.values_list(
        "channel_id", "warehouse_id", "warehouse__click_and_collect_option"
    )
    for channel, warehouse, option in rows:
        links.setdefault(channel, []).append((warehouse, option))
    return links


def _read_zones() -> dict[int, list[tuple[int, list[str], UUID]]]:
    """By channel id: (zone id, its countries, id of a warehouse that serves it)."""
    links: dict[int, list[tuple[int, list[str], UUID]]] = {}
    rows = Warehouse.shipping_zones.through.objects.filter(shippingzone__channels__isnull=False).values_list(
        "shippingzone__channels", "shippingzone_id", "shippingzone__countries", "warehouse_id"
    )
    for channel, zone, countries, warehouse in rows:
        links.setdefault(channel, []).append((zone, countries, warehouse))
    return links


_links = CachedValue(_read_links)
_zone_links = CachedValue(_read_zones)


def _collection_group(order: tuple[UUID, ...], point: Warehouse) -> frozenset[UUID]:
    """LOCAL: only the stock of that warehouse. ALL: the channel's other warehouses send it there."""
    if point.pk not in order or point.click_and_collect_option == "DISABLED":
        return frozenset()
    return frozenset(order) if point.click_and_collect_option == "ALL" else frozenset({point.pk})


def _zone_groups(channel: Channel, country: str | None, order: Iterable[UUID]) -> Iterator[frozenset[UUID]]:
    if not current().use_legacy_shipping_zone_stock_availability:
        yield frozenset(order)
        return
    by_zone: dict[int, set[UUID]] = {}
    linked = set(order)
    for zone, countries, warehouse in _zone_links().get(channel.pk, ()):
        if warehouse in linked and (country is None or country in countries):
            by_zone.setdefault(zone, set()).add(warehouse)
    if country is None:
        yield from (frozenset(warehouses) for warehouses in by_zone.values())
    elif by_zone:
        yield frozenset[UUID]().union(*by_zone.values())
