"""Which warehouses a channel sells from: by country, by collection point, and how many pieces can go together."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from store.engine.stock import channel_warehouses
from store.engine.stock.channel_warehouses import ReachableWarehouses
from store.engine.stock.models import ChannelWarehouse, Warehouse
from tests.engine.checkout_flow import Shop, create_shop

pytestmark = pytest.mark.django_db


def warehouse(shop: Shop, slug: str, *, option: str = "DISABLED", zone: bool = False) -> Warehouse:
    """Another warehouse of the channel, after those that it has."""
    created = Warehouse.objects.create(
        name=slug, slug=slug, address=shop.warehouse.address, click_and_collect_option=option
    )
    ChannelWarehouse.objects.create(
        channel=shop.channel, warehouse=created, sort_order=ChannelWarehouse.objects.count()
    )
    if zone:
        created.shipping_zones.add(shop.zone)
    return created


@pytest.fixture
def shop() -> Shop:
    shop = create_shop()
    ChannelWarehouse.objects.update(sort_order=0)
    return shop


def test_the_most_that_one_group_has_together_counts() -> None:
    a, b, c = uuid4(), uuid4(), uuid4()
    reachable = ReachableWarehouses((a, b, c), (frozenset({a, b}), frozenset({c})))
    assert reachable.max_quantity({a: 2, b: 3, c: 4, uuid4(): 9}) == 5
    assert reachable.max_quantity({a: 2, c: 4}) == 4
    assert reachable.warehouse_ids() == {a, b, c}
    assert ReachableWarehouses((), ()).max_quantity({a: 2}) == 0


@pytest.mark.parametrize(
    ("option", "expected"),
    [("ALL", {"main", "point"}), ("LOCAL", {"point"}), ("DISABLED", set())],
)
def test_a_collection_point_has_its_own_stock_or_that_of_all(
    shop: Shop, option: str, expected: set[str]
) -> None:
    point = warehouse(shop, "point", option=option)
    found = channel_warehouses.get_channel_warehouses(shop.channel, collection_point=point)
    assert slugs(found.warehouse_ids()) == expected
    assert found.order == (shop.warehouse.pk, point.pk)


def test_a_collection_point_of_another_channel_has_nothing_for_this_one(shop: Shop) -> None:
    point = Warehouse.objects.create(
        name="Far", slug="far", address=shop.warehouse.address, click_and_collect_option="ALL"
    )
    found = channel_warehouses.get_channel_warehouses(shop.channel, collection_point=point)
    assert found.warehouse_ids() == set()


@pytest.mark.parametrize(
    ("country", "shipped", "sold"),
    [("US", {"main"}, {"main", "point"}), ("DE", set(), {"point"}), (None, None, {"main", "point"})],
)
def test_what_may_be_collected_counts_until_the_order_is_certainly_shipped(
    shop: Shop, country: str | None, shipped: set[str] | None, sold: set[str]
) -> None:
    warehouse(shop, "point", option="LOCAL")
    found = channel_warehouses.get_channel_warehouses(shop.channel, country)
    assert slugs(found.warehouse_ids()) == sold
    if country:
        shipping = channel_warehouses.get_shipping_warehouses(shop.channel, country)
        assert slugs(shipping.warehouse_ids()) == shipped


def test_warehouses_of_one_zone_serve_an_order_together_and_those_of_two_do_not(shop: Shop) -> None:
    together = warehouse(shop, "together", zone=True)
    apart = warehouse(shop, "apart")
    zone = type(shop.zone).objects.create(name="DE", countries=["DE"])
    zone.channels.add(shop.channel)
    apart.shipping_zones.add(zone)
    groups = channel_warehouses.get_channel_warehouses(shop.channel).groups
    assert set(groups) == {frozenset({shop.warehouse.pk, together.pk}), frozenset({apart.pk})}
    [germany] = channel_warehouses.get_channel_warehouses(shop.channel, "DE").groups
    assert slugs(germany) == {"apart"}


def test_a_zones_warehouse_that_the_channel_does_not_use_is_left_out(shop: Shop) -> None:
    unused = Warehouse.objects.create(name="Unused", slug="unused", address=shop.warehouse.address)
    unused.shipping_zones.add(shop.zone)
    assert slugs(channel_warehouses.get_shipping_warehouses(shop.channel, "US").warehouse_ids()) == {"main"}


def slugs(pks: Any) -> set[str]:
    found: list[UUID] = list(pks)
    return set(Warehouse.objects.filter(pk__in=found).values_list("slug", flat=True))
