"""What runs low, what does not add up, and what is in stock for lists."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from store.engine.channels.models import ShopSettings
from store.engine.stock import allocations, channel_warehouses, consistency, low_stock
from store.engine.stock.allocations import Demand
from store.engine.stock.availability import availability
from store.engine.stock.in_stock_filter import in_stock
from store.engine.stock.models import Allocation, Reservation, Stock, StockMovement, Warehouse
from store.engine.stock.reservations import release, release_expired, reserve
from tests.engine.checkout_flow import Shop, create_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return create_shop()


@pytest.mark.parametrize(
    ("quantity", "allocated", "threshold", "tracked", "low"),
    [
        (6, 0, None, True, False),
        (5, 0, None, True, True),
        (8, 3, None, True, True),
        (8, 2, None, True, False),
        (3, 0, 2, True, False),
        (2, 0, 2, True, True),
        (0, 0, 0, True, True),
        (1, 0, 0, True, False),
        (0, 0, None, False, False),
    ],
)
def test_a_row_runs_low_at_its_threshold_or_at_five(
    shop: Shop, quantity: int, allocated: int, threshold: int | None, tracked: bool, low: bool
) -> None:
    shop.variant("A", stock=quantity, track_inventory=tracked)
    Stock.objects.update(quantity_allocated=allocated, low_stock_threshold=threshold)
    rows = low_stock.with_free_pieces(Stock.objects.all())
    row = rows.get()
    assert (row.free, row.threshold) == (quantity - allocated, 5 if threshold is None else threshold)
    assert low_stock.running_low(rows).exists() == low
    assert low_stock.threshold_of(row) == row.threshold


def test_rows_that_add_up_are_not_named(shop: Shop) -> None:
    shop.variant("A", stock=0)
    stock = Stock.objects.get()
    with transaction.atomic():
        allocations.increase(lines=[line(shop, 5)])
        allocations.allocate(
            demand=[Demand(uuid4(), stock.variant_id, 2)], channel=shop.channel, country="US"
        )
    assert consistency.differences() == []


def test_each_kind_of_difference_is_named_with_its_row(shop: Shop) -> None:
    shop.variant("A", stock=5)
    assert consistency.differences() == ["A in main: 5 on the shelf, the movements add up to 0."]
    stock = Stock.objects.get()
    movement = {"stock_id": stock.pk, "variant_id": stock.variant_id, "quantity_after": 5, "reason": "set"}
    StockMovement.objects.create(**movement, quantity_change=5, allocated_change=0)
    Stock.objects.update(quantity_allocated=2)
    assert consistency.differences() == ["A in main: 2 promised, the orders' shares add up to 0."]
    Allocation.objects.create(order_line_id=uuid4(), stock=stock, quantity=2)
    assert consistency.differences() == ["A in main: 2 promised, the movements add up to 0."]
    StockMovement.objects.create(**movement, quantity_change=0, allocated_change=2)
    assert consistency.differences() == []


def test_a_row_without_article_number_is_named_by_its_key(shop: Shop) -> None:
    shop.variant("A", stock=5)
    shop.variants["A"].sku = None
    shop.variants["A"].save()
    [difference] = consistency.differences()
    assert difference.startswith(f"stock row {Stock.objects.get().pk} in main: 5 on the shelf")


@pytest.mark.parametrize(
    ("stock", "allocated", "reserved", "tracked", "expected"),
    [
        (1, 0, 0, True, True),
        (0, 0, 0, True, False),
        (2, 2, 0, True, False),
        (2, 3, 0, True, False),
        (3, 1, 1, True, True),
        (3, 1, 2, True, False),
        (0, 0, 0, False, True),
    ],
)
def test_a_product_is_in_stock_while_a_piece_is_free(
    shop: Shop, stock: int, allocated: int, reserved: int, tracked: bool, expected: bool
) -> None:
    ShopSettings.objects.create(pk=1, reserve_stock_duration_anonymous_user=10)
    product = shop.variant("A", stock=stock, track_inventory=tracked).product
    shop.variant("B", stock=0)
    Stock.objects.filter(variant=shop.variants["A"]).update(quantity_allocated=allocated)
    if reserved:
        Reservation.objects.create(
            checkout_line_id=uuid4(),
            stock=Stock.objects.get(variant=shop.variants["A"]),
            quantity_reserved=reserved,
            reserved_until=timezone.now() + timedelta(minutes=5),
        )
    within = channel_warehouses.get_channel_warehouses(shop.channel, "US")
    products = [product.pk, shop.variants["B"].product_id]
    assert in_stock(product_ids=products, within=within) == ({product.pk} if expected else set())
    assert in_stock(product_ids=[shop.variants["B"].product_id], within=within) == set()


def test_a_warehouse_that_is_out_of_reach_does_not_count_for_lists(shop: Shop) -> None:
    product = shop.variant("A", stock=5).product
    within = channel_warehouses.get_channel_warehouses(shop.channel, "DE")
    assert in_stock(product_ids=[product.pk], within=within) == set()


def line(shop: Shop, quantity: int) -> allocations.WarehouseLine:
    return allocations.WarehouseLine(uuid4(), shop.variants["A"].pk, shop.warehouse.pk, quantity)


def test_each_change_of_a_row_is_logged_with_what_was_there_after_it(shop: Shop) -> None:
    shop.variant("A", stock=10)
    lots = {"LOT-A": 2, "LOT-B": 1}
    parcel = allocations.WarehouseLine(uuid4(), shop.variants["A"].pk, shop.warehouse.pk, 4, lots)
    with transaction.atomic():
        allocations.decrease(lines=[parcel])
    logged = StockMovement.objects.order_by("pk").values_list("quantity_change", "quantity_after", "lot")
    assert list(logged) == [(-2, 8, "LOT-A"), (-1, 7, "LOT-B"), (-1, 6, "")]
    assert set(StockMovement.objects.values_list("sku", "warehouse_slug", "order_line_id", "reason")) == {
        ("A", "main", parcel.order_line_id, "fulfilled")
    }


def test_what_comes_back_to_a_warehouse_without_a_row_makes_one(shop: Shop) -> None:
    shop.variant("A", stock=10)
    east = Warehouse.objects.create(name="East", slug="east", address=shop.warehouse.address)
    back = allocations.WarehouseLine(uuid4(), shop.variants["A"].pk, east.pk, 3, {"LOT-A": 2})
    with transaction.atomic():
        allocations.increase(lines=[back], reason="returned")
    row = Stock.objects.get(warehouse=east)
    assert (row.quantity, row.quantity_allocated) == (3, 0)
    logged = StockMovement.objects.order_by("pk").values_list(
        "quantity_change", "allocated_change", "lot", "reason"
    )
    assert list(logged) == [(2, 0, "LOT-A", "returned"), (1, 0, "", "returned")]


def test_what_is_promised_twice_to_a_line_adds_up(shop: Shop) -> None:
    shop.variant("A", stock=0)
    order_line, row = uuid4(), shop.variants["A"]
    for _ in range(2):
        back = allocations.WarehouseLine(order_line, row.pk, shop.warehouse.pk, 2)
        with transaction.atomic():
            allocations.increase(lines=[back], reallocate=True)
    assert Allocation.objects.get().quantity == 4
    assert list(StockMovement.objects.values_list("quantity_change", "allocated_change")) == [(2, 2)] * 2


def test_no_more_than_is_allocated_is_taken_back_and_others_keep_theirs(shop: Shop) -> None:
    shop.variant("A", stock=10)
    mine, theirs = uuid4(), uuid4()
    with transaction.atomic():
        for owner in (mine, theirs):
            allocations.allocate(
                demand=[Demand(owner, shop.variants["A"].pk, 3)], channel=shop.channel, country="US"
            )
        allocations.deallocate(demand=[Demand(mine, shop.variants["A"].pk, 99)])
    assert list(Allocation.objects.values_list("order_line_id", "quantity")) == [(theirs, 3)]
    assert Stock.objects.get().quantity_allocated == 3


def test_a_parcel_of_more_than_there_is_says_what_is_there(shop: Shop) -> None:
    shop.variant("A", stock=2)
    east = Warehouse.objects.create(name="East", slug="east", address=shop.warehouse.address)
    lines = [
        line(shop, 3),
        allocations.WarehouseLine(uuid4(), shop.variants["A"].pk, east.pk, 1),
    ]
    with pytest.raises(allocations.InsufficientStock) as refused, transaction.atomic():
        allocations.decrease(lines=lines)
    found = [(one.sku, one.requested, one.available, one.warehouse_id) for one in refused.value.shortages]
    assert found == [("A", 3, 2, shop.warehouse.pk), ("A", 1, 0, east.pk)]
    with transaction.atomic():
        allocations.decrease(lines=[line(shop, 2)])
        allocations.decrease(lines=[line(shop, 1)], allow_stock_to_be_exceeded=True)
    assert Stock.objects.get().quantity == -1
    reasons = list(StockMovement.objects.order_by("pk").values_list("reason", flat=True))
    assert reasons == ["fulfilled", "exceeded"]


def test_checking_names_a_shortage_and_promises_nothing(shop: Shop) -> None:
    shop.variant("A", stock=2)
    pk = shop.variants["A"].pk
    with transaction.atomic():
        allocations.check_allocatable(demand=[Demand(uuid4(), pk, 2)], channel=shop.channel, country="US")
    with pytest.raises(allocations.InsufficientStock), transaction.atomic():
        allocations.check_allocatable(demand=[Demand(uuid4(), pk, 3)], channel=shop.channel, country="US")
    assert Stock.objects.get().quantity_allocated == 0
    assert not Allocation.objects.exists()


@pytest.mark.parametrize("quantity", [0, -2])
def test_a_line_of_nothing_moves_nothing(shop: Shop, quantity: int) -> None:
    shop.variant("A", stock=2)
    with transaction.atomic():
        allocations.decrease(lines=[line(shop, quantity)])
        allocations.increase(lines=[line(shop, quantity)])
    assert (Stock.objects.get().quantity, StockMovement.objects.count()) == (2, 0)


def test_reservations_that_ended_are_deleted_and_others_stay(shop: Shop) -> None:
    ShopSettings.objects.create(pk=1, reserve_stock_duration_authenticated_user=10)
    shop.variant("A", stock=9)
    kept, ended = uuid4(), uuid4()
    for owner, minutes in ((kept, 5), (ended, -1)):
        with transaction.atomic():
            reserve(
                demand=[Demand(owner, shop.variants["A"].pk, 2)],
                channel=shop.channel,
                country="US",
                until=timezone.now() + timedelta(minutes=minutes),
            )
    assert release_expired() == 1
    assert Reservation.objects.get().checkout_line_id == kept
    release(lines=[ended])
    assert Reservation.objects.count() == 1


def test_where_nothing_is_reserved_left_over_rows_are_left_to_expire(shop: Shop) -> None:
    shop.variant("A", stock=9)
    owner = uuid4()
    Reservation.objects.create(
        checkout_line_id=owner,
        stock=Stock.objects.get(),
        quantity_reserved=9,
        reserved_until=timezone.now() + timedelta(days=1),
    )
    release(lines=[owner])
    assert Reservation.objects.count() == 1
    with transaction.atomic():
        allocations.allocate(
            demand=[Demand(uuid4(), shop.variants["A"].pk, 9)], channel=shop.channel, country="US"
        )


def test_only_the_warehouses_that_are_asked_for_count(shop: Shop) -> None:
    pk = shop.variant("A", stock=5).pk
    for country, expected in (("US", 5), ("DE", 0)):
        within = channel_warehouses.get_channel_warehouses(shop.channel, country)
        assert availability(variant_ids=[pk], channel=shop.channel, within=within) == {pk: expected}
