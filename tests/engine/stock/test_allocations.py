"""Allocations: all or nothing, in the order of the channel, undone exactly."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from store.engine.channels.models import Channel, ShopSettings
from store.engine.events.models import Event
from store.engine.shipping.models import ShippingZone
from store.engine.stock import allocations
from store.engine.stock.allocations import Demand, WarehouseLine
from store.engine.stock.availability import availability
from store.engine.stock.channel_warehouses import ReachableWarehouses
from store.engine.stock.errors import InsufficientStock
from store.engine.stock.models import (
    Allocation,
    ChannelWarehouse,
    Reservation,
    Stock,
    StockMovement,
    Warehouse,
)
from store.engine.stock.reservations import release, reserve
from tests.engine.checkout_flow import Shop, create_shop


@pytest.fixture
def shop(db: None) -> Shop:
    return create_shop()


def allocate(shop: Shop, *items: tuple[str, int], **options: Any) -> list[UUID]:
    lines = [uuid4() for _ in items]
    demand = [
        Demand(line, shop.variants[sku].pk, quantity)
        for line, (sku, quantity) in zip(lines, items, strict=True)
    ]
    with transaction.atomic():
        allocations.allocate(demand=demand, channel=shop.channel, country="US", **options)
    return lines


def available(shop: Shop, sku: str, **options: Any) -> int:
    pk = shop.variants[sku].pk
    return availability(variant_ids=[pk], channel=shop.channel, **options)[pk]


def create_second_warehouse(shop: Shop, sku: str, quantity: int) -> Stock:
    warehouse = Warehouse.objects.create(name="East", slug="east", address=shop.warehouse.address)
    ChannelWarehouse.objects.create(channel=shop.channel, warehouse=warehouse, sort_order=1)
    warehouse.shipping_zones.add(shop.zone)
    return Stock.objects.create(warehouse=warehouse, variant=shop.variants[sku], quantity=quantity)


def test_an_allocated_quantity_is_not_available_to_others(shop: Shop) -> None:
    shop.variant("A", stock=10)
    allocate(shop, ("A", 4))
    assert available(shop, "A") == 6
    assert Stock.objects.get().quantity == 10


def test_an_allocation_that_is_not_possible_in_full_is_not_made_at_all(shop: Shop) -> None:
    shop.variant("A", stock=3)
    shop.variant("B", stock=1)
    shop.variant("C", stock=9)
    with pytest.raises(InsufficientStock) as refused:
        allocate(shop, ("A", 5), ("B", 2), ("C", 1))
    shortages = [
        (shortage.sku, shortage.requested, shortage.available) for shortage in refused.value.shortages
    ]
    assert shortages == [("A", 5, 3), ("B", 2, 1)]
    assert Allocation.objects.count() == 0
    assert StockMovement.objects.count() == 0
    assert set(Stock.objects.values_list("quantity_allocated", flat=True)) == {0}


def test_two_lines_of_one_variant_are_summed(shop: Shop) -> None:
    shop.variant("A", stock=3)
    with pytest.raises(InsufficientStock) as refused:
        allocate(shop, ("A", 2), ("A", 2))
    assert [(shortage.requested, len(shortage.line_ids)) for shortage in refused.value.shortages] == [(4, 2)]


def test_warehouses_are_used_in_the_channels_order(shop: Shop) -> None:
    shop.variant("A", stock=2)
    ChannelWarehouse.objects.update(sort_order=0)
    create_second_warehouse(shop, "A", 5)
    allocate(shop, ("A", 4))
    assert list(Allocation.objects.values_list("stock__warehouse__slug", "quantity")) == [
        ("main", 2),
        ("east", 2),
    ]


def test_the_warehouse_with_most_stock_comes_first_with_that_strategy(shop: Shop) -> None:
    shop.variant("A", stock=2)
    ChannelWarehouse.objects.update(sort_order=0)
    create_second_warehouse(shop, "A", 5)
    Channel.objects.update(allocation_strategy="PRIORITIZE_HIGH_STOCK")
    shop.channel.refresh_from_db()
    allocate(shop, ("A", 4))
    assert list(Allocation.objects.values_list("stock__warehouse__slug", "quantity")) == [("east", 4)]


def test_a_warehouse_that_doesnt_serve_the_country_doesnt_count(shop: Shop) -> None:
    shop.variant("A", stock=2)
    assert available(shop, "A", country="DE") == 0
    assert available(shop, "A", country="US") == 2


def test_without_a_country_the_best_zone_counts(shop: Shop) -> None:
    shop.variant("A", stock=2)
    east = create_second_warehouse(shop, "A", 5)
    east.warehouse.shipping_zones.clear()
    assert available(shop, "A") == 2


def test_an_untracked_variant_needs_no_allocation(shop: Shop) -> None:
    shop.variant("A", stock=0, track_inventory=False)
    allocate(shop, ("A", 99))
    assert Allocation.objects.count() == 0


def test_deallocating_restores_availability(shop: Shop) -> None:
    shop.variant("A", stock=3)
    [line] = allocate(shop, ("A", 3))
    with transaction.atomic():
        allocations.deallocate(demand=[Demand(line, shop.variants["A"].pk, 3)])
    assert available(shop, "A") == 3
    assert Allocation.objects.count() == 0
    assert list(StockMovement.objects.values_list("reason", "allocated_change")) == [
        ("allocated", 3),
        ("deallocated", -3),
    ]


def decrease(shop: Shop, line: UUID, sku: str, quantity: int, **options: Any) -> None:
    warehouse_line = WarehouseLine(line, shop.variants[sku].pk, shop.warehouse.pk, quantity)
    with transaction.atomic():
        allocations.decrease(lines=[warehouse_line], **options)


def test_decreasing_lowers_allocation_and_quantity(shop: Shop) -> None:
    shop.variant("A", stock=5)
    [line] = allocate(shop, ("A", 3))
    decrease(shop, line, "A", 2)
    stock = Stock.objects.get()
    assert (stock.quantity, stock.quantity_allocated) == (3, 1)
    assert Allocation.objects.get().quantity == 1
    assert StockMovement.objects.get(reason="fulfilled").quantity_change == -2


def test_a_quantity_allocated_to_others_cant_be_fulfilled(shop: Shop) -> None:
    shop.variant("A", stock=5)
    allocate(shop, ("A", 4))
    with pytest.raises(InsufficientStock):
        decrease(shop, uuid4(), "A", 2)
    assert Stock.objects.get().quantity == 5
    decrease(shop, uuid4(), "A", 2, allow_stock_to_be_exceeded=True)
    assert Stock.objects.get().quantity == 3


def test_fulfilling_from_another_warehouse_deallocates_in_the_first(shop: Shop) -> None:
    shop.variant("A", stock=2)
    ChannelWarehouse.objects.update(sort_order=0)
    east = create_second_warehouse(shop, "A", 5)
    [line] = allocate(shop, ("A", 2))
    with transaction.atomic():
        allocations.decrease(lines=[WarehouseLine(line, shop.variants["A"].pk, east.warehouse_id, 2)])
    assert list(Stock.objects.values_list("quantity", "quantity_allocated")) == [(2, 0), (3, 0)]


def test_a_returned_quantity_can_be_reallocated(shop: Shop) -> None:
    shop.variant("A", stock=2)
    [line] = allocate(shop, ("A", 2))
    decrease(shop, line, "A", 2)
    returned = WarehouseLine(line, shop.variants["A"].pk, shop.warehouse.pk, 2)
    with transaction.atomic():
        allocations.increase(lines=[returned], reallocate=True)
    stock = Stock.objects.get()
    assert (stock.quantity, stock.quantity_allocated) == (2, 2)
    assert Allocation.objects.get().order_line_id == line


def test_allocating_needs_a_transaction(transactional_db: None) -> None:
    shop = create_shop()
    shop.variant("A")
    with pytest.raises(RuntimeError):
        allocations.allocate(demand=[Demand(uuid4(), 1, 1)], channel=shop.channel, country="US")


# --- reservations -------------------------------------------------------------------------------------
def reserve_line(shop: Shop, line: UUID, sku: str, quantity: int, minutes: int = 10) -> None:
    ShopSettings.objects.get_or_create(pk=1, defaults={"reserve_stock_duration_anonymous_user": 10})
    until = timezone.now() + timedelta(minutes=minutes)
    with transaction.atomic():
        reserve(
            demand=[Demand(line, shop.variants[sku].pk, quantity)],
            channel=shop.channel,
            country="US",
            until=until,
        )


def test_a_reserved_quantity_is_available_to_its_own_line_only(shop: Shop) -> None:
    shop.variant("A", stock=3)
    line = uuid4()
    reserve_line(shop, line, "A", 2)
    assert available(shop, "A") == 1
    assert available(shop, "A", ignoring_lines=[line]) == 3
    with pytest.raises(InsufficientStock):
        allocate(shop, ("A", 2))
    allocate(shop, ("A", 3), ignoring_lines=[line])


def test_a_new_reservation_replaces_the_first(shop: Shop) -> None:
    shop.variant("A", stock=3)
    line = uuid4()
    reserve_line(shop, line, "A", 2)
    reserve_line(shop, line, "A", 3)
    assert Reservation.objects.get().quantity_reserved == 3
    release(lines=[line])
    assert available(shop, "A") == 3


def test_a_reservation_expires(shop: Shop) -> None:
    shop.variant("A", stock=3)
    reserve_line(shop, uuid4(), "A", 3, minutes=-1)
    assert available(shop, "A") == 3


# --- events -------------------------------------------------------------------------------------------
def test_out_of_stock_and_back_in_stock_are_recorded(shop: Shop) -> None:
    shop.variant("A", stock=2)
    [line] = allocate(shop, ("A", 2))
    with transaction.atomic():
        allocations.deallocate(demand=[Demand(line, shop.variants["A"].pk, 1)])
    recorded = list(Event.objects.values_list("type", flat=True))
    assert recorded == ["PRODUCT_VARIANT_OUT_OF_STOCK", "PRODUCT_VARIANT_BACK_IN_STOCK"]


def test_what_is_promised_to_the_last_piece_and_beyond_is_not_available(shop: Shop) -> None:
    shop.variant("A", stock=2)
    for allocated in (2, 3):
        Stock.objects.update(quantity_allocated=allocated)
        assert available(shop, "A") == 0


def test_what_comes_back_unpromised_leaves_no_allocation(shop: Shop) -> None:
    shop.variant("A", stock=0)
    returned = WarehouseLine(uuid4(), shop.variants["A"].pk, shop.warehouse.pk, 2)
    with transaction.atomic():
        allocations.increase(lines=[returned])
    assert not Allocation.objects.exists()


def test_two_lines_are_deallocated_each_by_its_own_quantity(shop: Shop) -> None:
    shop.variant("A", stock=10)
    first, second = allocate(shop, ("A", 2), ("A", 3))
    pk = shop.variants["A"].pk
    with transaction.atomic():
        allocations.deallocate(demand=[Demand(first, pk, 2), Demand(second, pk, 1)])
    assert list(Allocation.objects.values_list("order_line_id", "quantity")) == [(second, 2)]
    assert Stock.objects.get().quantity_allocated == 2


def test_a_parcel_takes_first_what_is_promised_where_it_leaves(shop: Shop) -> None:
    shop.variant("A", stock=2)
    ChannelWarehouse.objects.update(sort_order=0)
    east = create_second_warehouse(shop, "A", 5)
    [line] = allocate(shop, ("A", 4))
    with transaction.atomic():
        allocations.decrease(lines=[WarehouseLine(line, shop.variants["A"].pk, east.warehouse_id, 2)])
    assert list(Allocation.objects.values_list("stock__warehouse__slug", "quantity")) == [("main", 2)]


def test_warehouses_of_all_zones_of_a_country_serve_an_order_together(shop: Shop) -> None:
    shop.variant("A", stock=2)
    east = create_second_warehouse(shop, "A", 5).warehouse
    other = ShippingZone.objects.create(name="East", countries=["US"])
    other.channels.add(shop.channel)
    east.shipping_zones.set([other])
    assert available(shop, "A", country="US") == 7
    assert ReachableWarehouses((), ()).max_quantity({}) == 0
