"""Promises of stock: all or nothing, in the channel's order, undone exactly."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from store.engine.channels.models import Channel, ShopSettings
from store.engine.events.models import Event
from store.engine.stock import allocations
from store.engine.stock.allocations import Demand, Sending
from store.engine.stock.availability import availability
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
from tests.engine.checkout_flow import Shop
from tests.engine.checkout_flow import open_shop as sell_from


@pytest.fixture
def shop(db: None) -> Shop:
    return sell_from()


def allocate(shop: Shop, *wanted: tuple[str, int], **options: Any) -> list[UUID]:
    lines = [uuid4() for _ in wanted]
    demand = [
        Demand(line, shop.variants[sku].pk, quantity)
        for line, (sku, quantity) in zip(lines, wanted, strict=True)
    ]
    with transaction.atomic():
        allocations.allocate(demand=demand, channel=shop.channel, country="US", **options)
    return lines


def left(shop: Shop, sku: str, **options: Any) -> int:
    pk = shop.variants[sku].pk
    return availability(variant_ids=[pk], channel=shop.channel, **options)[pk]


def second_warehouse(shop: Shop, sku: str, quantity: int) -> Stock:
    warehouse = Warehouse.objects.create(name="East", slug="east", address=shop.warehouse.address)
    ChannelWarehouse.objects.create(channel=shop.channel, warehouse=warehouse, sort_order=1)
    warehouse.shipping_zones.add(shop.zone)
    return Stock.objects.create(warehouse=warehouse, variant=shop.variants[sku], quantity=quantity)


def test_what_was_promised_is_no_longer_there_for_others(shop: Shop) -> None:
    shop.variant("A", stock=10)
    allocate(shop, ("A", 4))
    assert left(shop, "A") == 6
    assert Stock.objects.get().quantity == 10


def test_a_promise_that_cant_be_kept_in_full_isnt_made_at_all(shop: Shop) -> None:
    shop.variant("A", stock=3)
    shop.variant("B", stock=1)
    shop.variant("C", stock=9)
    with pytest.raises(InsufficientStock) as refused:
        allocate(shop, ("A", 5), ("B", 2), ("C", 1))
    lacking = [(one.sku, one.wanted, one.available) for one in refused.value.shortages]
    assert lacking == [("A", 5, 3), ("B", 2, 1)]
    assert Allocation.objects.count() == 0
    assert StockMovement.objects.count() == 0
    assert set(Stock.objects.values_list("quantity_allocated", flat=True)) == {0}


def test_two_lines_of_one_variant_are_summed(shop: Shop) -> None:
    shop.variant("A", stock=3)
    with pytest.raises(InsufficientStock) as refused:
        allocate(shop, ("A", 2), ("A", 2))
    assert [(one.wanted, len(one.line_ids)) for one in refused.value.shortages] == [(4, 2)]


def test_warehouses_are_emptied_in_the_channels_order(shop: Shop) -> None:
    shop.variant("A", stock=2)
    ChannelWarehouse.objects.update(sort_order=0)
    second_warehouse(shop, "A", 5)
    allocate(shop, ("A", 4))
    assert list(Allocation.objects.values_list("stock__warehouse__slug", "quantity")) == [
        ("main", 2),
        ("east", 2),
    ]


def test_the_fullest_warehouse_comes_first_when_the_channel_says_so(shop: Shop) -> None:
    shop.variant("A", stock=2)
    ChannelWarehouse.objects.update(sort_order=0)
    second_warehouse(shop, "A", 5)
    Channel.objects.update(allocation_strategy="PRIORITIZE_HIGH_STOCK")
    shop.channel.refresh_from_db()
    allocate(shop, ("A", 4))
    assert list(Allocation.objects.values_list("stock__warehouse__slug", "quantity")) == [("east", 4)]


def test_a_warehouse_that_doesnt_serve_the_country_doesnt_count(shop: Shop) -> None:
    shop.variant("A", stock=2)
    assert left(shop, "A", country="DE") == 0
    assert left(shop, "A", country="US") == 2


def test_without_a_country_the_best_zone_counts(shop: Shop) -> None:
    shop.variant("A", stock=2)
    east = second_warehouse(shop, "A", 5)
    east.warehouse.shipping_zones.clear()
    assert left(shop, "A") == 2


def test_what_isnt_counted_is_always_there(shop: Shop) -> None:
    shop.variant("A", stock=0, track_inventory=False)
    allocate(shop, ("A", 99))
    assert Allocation.objects.count() == 0


def test_taking_a_promise_back_leaves_everything_as_before(shop: Shop) -> None:
    shop.variant("A", stock=3)
    [line] = allocate(shop, ("A", 3))
    with transaction.atomic():
        allocations.deallocate(demand=[Demand(line, shop.variants["A"].pk, 3)])
    assert left(shop, "A") == 3
    assert Allocation.objects.count() == 0
    assert list(StockMovement.objects.values_list("reason", "allocated_change")) == [
        ("allocated", 3),
        ("deallocated", -3),
    ]


def send(shop: Shop, line: UUID, sku: str, quantity: int, **options: Any) -> None:
    sending = Sending(line, shop.variants[sku].pk, shop.warehouse.pk, quantity)
    with transaction.atomic():
        allocations.decrease(sendings=[sending], **options)


def test_sending_keeps_the_promise_and_lowers_the_quantity(shop: Shop) -> None:
    shop.variant("A", stock=5)
    [line] = allocate(shop, ("A", 3))
    send(shop, line, "A", 2)
    stock = Stock.objects.get()
    assert (stock.quantity, stock.quantity_allocated) == (3, 1)
    assert Allocation.objects.get().quantity == 1
    assert StockMovement.objects.get(reason="fulfilled").quantity_change == -2


def test_pieces_promised_to_others_cant_be_sent(shop: Shop) -> None:
    shop.variant("A", stock=5)
    allocate(shop, ("A", 4))
    with pytest.raises(InsufficientStock):
        send(shop, uuid4(), "A", 2)
    assert Stock.objects.get().quantity == 5
    send(shop, uuid4(), "A", 2, allow_stock_to_be_exceeded=True)
    assert Stock.objects.get().quantity == 3


def test_sending_from_another_warehouse_frees_the_promise_where_it_was_made(shop: Shop) -> None:
    shop.variant("A", stock=2)
    ChannelWarehouse.objects.update(sort_order=0)
    east = second_warehouse(shop, "A", 5)
    [line] = allocate(shop, ("A", 2))
    with transaction.atomic():
        allocations.decrease(sendings=[Sending(line, shop.variants["A"].pk, east.warehouse_id, 2)])
    assert list(Stock.objects.values_list("quantity", "quantity_allocated")) == [(2, 0), (3, 0)]


def test_what_comes_back_can_stay_promised(shop: Shop) -> None:
    shop.variant("A", stock=2)
    [line] = allocate(shop, ("A", 2))
    send(shop, line, "A", 2)
    back = Sending(line, shop.variants["A"].pk, shop.warehouse.pk, 2)
    with transaction.atomic():
        allocations.increase(sendings=[back], allocate_again=True)
    stock = Stock.objects.get()
    assert (stock.quantity, stock.quantity_allocated) == (2, 2)
    assert Allocation.objects.get().order_line_id == line


def test_outside_a_transaction_nothing_is_promised(transactional_db: None) -> None:
    shop = sell_from()
    shop.variant("A")
    with pytest.raises(RuntimeError):
        allocations.allocate(demand=[Demand(uuid4(), 1, 1)], channel=shop.channel, country="US")


# --- reservations -------------------------------------------------------------------------------------
def hold(shop: Shop, line: UUID, sku: str, quantity: int, minutes: int = 10) -> None:
    ShopSettings.objects.get_or_create(pk=1, defaults={"reserve_stock_duration_anonymous_user": 10})
    until = timezone.now() + timedelta(minutes=minutes)
    with transaction.atomic():
        reserve(
            demand=[Demand(line, shop.variants[sku].pk, quantity)],
            channel=shop.channel,
            country="US",
            until=until,
        )


def test_held_pieces_cant_be_bought_by_others_but_by_their_holder(shop: Shop) -> None:
    shop.variant("A", stock=3)
    line = uuid4()
    hold(shop, line, "A", 2)
    assert left(shop, "A") == 1
    assert left(shop, "A", ignoring_lines=[line]) == 3
    with pytest.raises(InsufficientStock):
        allocate(shop, ("A", 2))
    allocate(shop, ("A", 3), ignoring_lines=[line])


def test_holding_again_takes_the_place_of_the_first(shop: Shop) -> None:
    shop.variant("A", stock=3)
    line = uuid4()
    hold(shop, line, "A", 2)
    hold(shop, line, "A", 3)
    assert Reservation.objects.get().quantity_reserved == 3
    release(lines=[line])
    assert left(shop, "A") == 3


def test_a_hold_ends_by_itself(shop: Shop) -> None:
    shop.variant("A", stock=3)
    hold(shop, uuid4(), "A", 3, minutes=-1)
    assert left(shop, "A") == 3


# --- facts --------------------------------------------------------------------------------------------
def test_the_last_piece_and_its_return_are_told(shop: Shop) -> None:
    shop.variant("A", stock=2)
    [line] = allocate(shop, ("A", 2))
    with transaction.atomic():
        allocations.deallocate(demand=[Demand(line, shop.variants["A"].pk, 1)])
    told = list(Event.objects.values_list("type", flat=True))
    assert told == ["PRODUCT_VARIANT_OUT_OF_STOCK", "PRODUCT_VARIANT_BACK_IN_STOCK"]
