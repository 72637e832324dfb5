"""What staff do to the shelf: receive, write off, adjust, move, count; what each logs and what it refuses."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from store.engine import ports
from store.engine.errors import NotFound, OperationError
from store.engine.events.models import Event
from store.engine.stock import stock_adjustments
from store.engine.stock.models import Stock, StockMovement, Warehouse
from store.engine.stock.stock_adjustments import BelowAllocated, Counted, Difference, LotDetails
from tests.engine.checkout_flow import Shop, create_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Iterator[Shop]:
    """Ten cups in `main`, and a warehouse `east` without any. The caller's transaction is open."""
    made = create_shop()
    made.variant("CUP", stock=10)
    Warehouse.objects.create(name="East", slug="east", address=made.warehouse.address)
    with transaction.atomic():
        yield made


def place(shop: Shop, warehouse: str = "main") -> dict[str, Any]:
    return {
        "variant_id": shop.variants["CUP"].pk,
        "warehouse_id": Warehouse.objects.get(slug=warehouse).pk,
    }


def quantities() -> dict[str, int]:
    return dict(Stock.objects.values_list("warehouse__slug", "quantity"))


def movements() -> list[tuple[str, str, int, int, str, str]]:
    """(warehouse, reason, change, quantity after it, note, lot)"""
    rows = StockMovement.objects.order_by("pk")
    return list(
        rows.values_list("warehouse_slug", "reason", "quantity_change", "quantity_after", "note", "lot")
    )


def lots() -> dict[str, int]:
    return {lot.code: lot.quantity for lot in ports.connected().lots.on_hand(skus=["CUP"])}


def refused(function: Any, **given: Any) -> OperationError:
    before = quantities()
    with pytest.raises(OperationError) as error, transaction.atomic():
        function(**given)
    assert (quantities(), movements()) == (before, [])
    return error.value


def allocate(quantity: int) -> None:
    Stock.objects.update(quantity_allocated=quantity)


def test_a_delivery_is_added_with_its_lot(shop: Shop) -> None:
    lot = LotDetails("LOT-A", "Potter", date(2028, 1, 31))
    row = stock_adjustments.receive(**place(shop), quantity=3, lot=lot, note="invoice 7")
    assert (row.quantity, quantities(), lots()) == (13, {"main": 13}, {"LOT-A": 3})
    assert movements() == [("main", "received", 3, 13, "invoice 7", "LOT-A")]
    assert list(Event.objects.values_list("type", flat=True)) == ["PRODUCT_VARIANT_STOCK_UPDATED"]


def test_the_first_delivery_of_a_warehouse_makes_its_row_and_needs_no_lot(shop: Shop) -> None:
    stock_adjustments.receive(**place(shop, "east"), quantity=1)
    assert (quantities(), lots()) == ({"main": 10, "east": 1}, {})


@pytest.mark.parametrize("quantity", [0, -1])
def test_less_than_a_piece_is_not_received_moved_or_written_off(shop: Shop, quantity: int) -> None:
    at, target = place(shop), place(shop, "east")["warehouse_id"]
    assert refused(stock_adjustments.receive, **at, quantity=quantity).field == "quantity"
    assert refused(stock_adjustments.write_off, **at, quantity=quantity, note="x").field == "quantity"
    given = {"variant_id": at["variant_id"], "source_id": at["warehouse_id"], "target_id": target}
    assert refused(stock_adjustments.move, **given, quantity=quantity).field == "quantity"


def test_what_broke_leaves_shelf_and_lot_with_a_reason(shop: Shop) -> None:
    stock_adjustments.receive(**place(shop), quantity=3, lot=LotDetails("LOT-A"))
    row = stock_adjustments.write_off(**place(shop), quantity=2, note="broken", lot="LOT-A")
    assert (row.quantity, lots()) == (11, {"LOT-A": 1})
    stock_adjustments.write_off(**place(shop), quantity=1, note="lost")
    assert movements()[1:] == [
        ("main", "written_off", -2, 11, "broken", "LOT-A"),
        ("main", "written_off", -1, 10, "lost", ""),
    ]


@pytest.mark.parametrize("note", ["", "  "])
def test_without_a_reason_nothing_is_written_off_or_adjusted(shop: Shop, note: str) -> None:
    for function, given in (
        (stock_adjustments.write_off, {"quantity": 1}),
        (stock_adjustments.adjust, {"difference": 1}),
    ):
        error = refused(function, **place(shop), **given, note=note)
        assert (error.field, error.code) == ("note", "REQUIRED")


@pytest.mark.parametrize("difference", [5, -5])
def test_an_adjustment_is_a_difference_up_or_down(shop: Shop, difference: int) -> None:
    row = stock_adjustments.adjust(**place(shop), difference=difference, note="found")
    assert row.quantity == 10 + difference
    assert movements() == [("main", "adjusted", difference, 10 + difference, "found", "")]


def move(shop: Shop, quantity: int, **options: Any) -> list[Stock]:
    given = {
        "variant_id": shop.variants["CUP"].pk,
        "source_id": shop.warehouse.pk,
        "target_id": Warehouse.objects.get(slug="east").pk,
    }
    return stock_adjustments.move(**given | options, quantity=quantity)


def test_pieces_are_carried_from_one_warehouse_to_the_other_with_their_lot(shop: Shop) -> None:
    stock_adjustments.receive(**place(shop), quantity=3, lot=LotDetails("LOT-A"))
    source, target = move(shop, 2, lot="LOT-A", note="for the fair")
    assert (source.quantity, target.quantity) == (11, 2)
    assert movements()[1:] == [
        ("main", "moved", -2, 11, "to east: for the fair", "LOT-A"),
        ("east", "moved", 2, 2, "from main: for the fair", "LOT-A"),
    ]
    held = {(lot.warehouse, lot.quantity) for lot in ports.connected().lots.on_hand(skus=["CUP"])}
    assert held == {("main", 1), ("east", 2)}
    move(shop, 1)
    assert [row[4] for row in movements()[3:]] == ["to east", "from main"]


def test_nothing_is_moved_to_where_it_is_or_to_nowhere(shop: Shop) -> None:
    assert refused(move, shop=shop, quantity=1, target_id=shop.warehouse.pk).field == "target"
    assert refused(move, shop=shop, quantity=1, target_id=uuid4()).field == "warehouse"
    assert refused(move, shop=shop, quantity=11).field == "quantity"


def test_the_last_piece_may_be_taken_and_one_more_may_not(shop: Shop) -> None:
    error = refused(stock_adjustments.adjust, **place(shop), difference=-11, note="x")
    assert "only 10 are on the shelf" in error.message
    assert "11 can't be taken" in error.message
    assert stock_adjustments.adjust(**place(shop), difference=-10, note="x").quantity == 0


def test_stock_below_zero_may_be_raised(shop: Shop) -> None:
    Stock.objects.update(quantity=-5)
    assert stock_adjustments.receive(**place(shop), quantity=3).quantity == -2


def test_what_is_promised_is_taken_only_on_request(shop: Shop) -> None:
    allocate(8)
    stock_adjustments.adjust(**place(shop), difference=-2, note="x")
    StockMovement.objects.all().delete()
    error = refused(stock_adjustments.adjust, **place(shop), difference=-1, note="x")
    assert isinstance(error, BelowAllocated)
    assert ([row.quantity for row in error.stocks], "CUP: 7 of 8 promised" in error.message) == ([7], True)
    allowed = {"allow_below_allocated": True}
    assert stock_adjustments.adjust(**place(shop), difference=-1, note="x", **allowed).quantity == 7
    assert stock_adjustments.write_off(**place(shop), quantity=1, note="x", **allowed).quantity == 6
    assert move(shop, 1, **allowed)[0].quantity == 5
    [counted] = stock_adjustments.count(rows=[Counted(**place(shop), seen=5, quantity=4)], **allowed)
    assert counted.quantity == 4


def test_what_is_promised_already_beyond_the_shelf_may_be_raised(shop: Shop) -> None:
    allocate(20)
    assert stock_adjustments.receive(**place(shop), quantity=1).quantity == 11


def test_each_way_down_asks_before_it_breaks_a_promise(shop: Shop) -> None:
    allocate(10)
    for function, given in (
        (stock_adjustments.write_off, place(shop) | {"quantity": 1, "note": "x"}),
        (stock_adjustments.adjust, place(shop) | {"difference": -1, "note": "x"}),
        (move, {"shop": shop, "quantity": 1}),
        (stock_adjustments.count, {"rows": [Counted(**place(shop), seen=10, quantity=9)]}),
    ):
        assert isinstance(refused(function, **given), BelowAllocated)


def test_a_count_books_the_difference_to_what_was_seen(shop: Shop) -> None:
    Stock.objects.update(quantity=7)  # three were sent while somebody counted 9 where 10 had been shown
    rows = [Counted(**place(shop), seen=10, quantity=9), Counted(**place(shop, "east"), seen=0, quantity=0)]
    [changed] = stock_adjustments.count(rows=rows, note="year's end")
    assert (changed.quantity, quantities()) == (6, {"main": 6})
    assert movements() == [("main", "counted", -1, 6, "year's end", "")]


def test_all_differences_are_applied_or_none_and_answered_in_their_order(shop: Shop) -> None:
    cup, east = shop.variants["CUP"].pk, place(shop, "east")["warehouse_id"]
    good = [
        Difference(cup, east, 4, "received"),
        Difference(cup, shop.warehouse.pk, -1, "adjusted", "n", "L"),
    ]
    assert [row.quantity for row in stock_adjustments.apply(good)] == [4, 9]
    StockMovement.objects.all().delete()
    for bad in (
        Difference(cup, shop.warehouse.pk, -99, "adjusted"),
        Difference(0, shop.warehouse.pk, 1, "adjusted"),
        Difference(cup, uuid4(), 1, "adjusted"),
    ):
        refused(stock_adjustments.apply, differences=[Difference(cup, east, 1, "received"), bad])
    assert stock_adjustments.apply([]) == []


def test_a_variant_that_is_gone_or_has_no_number_has_no_lot(shop: Shop) -> None:
    lot = LotDetails("LOT-A")
    for given in ({"variant_id": 0}, {"warehouse_id": uuid4()}):
        refused(stock_adjustments.receive, **place(shop) | given, quantity=1, lot=lot)
    shop.variants["CUP"].sku = None
    shop.variants["CUP"].save()
    assert refused(stock_adjustments.receive, **place(shop), quantity=1, lot=lot).field == "lot"
    assert stock_adjustments.receive(**place(shop), quantity=1).quantity == 11


def test_a_lot_that_holds_less_is_refused_in_words(shop: Shop) -> None:
    stock_adjustments.receive(**place(shop), quantity=1, lot=LotDetails("LOT-A"))
    StockMovement.objects.all().delete()
    assert (
        refused(stock_adjustments.write_off, **place(shop), quantity=2, note="x", lot="LOT-A").field == "lot"
    )
    with pytest.raises(NotFound):
        stock_adjustments.apply([Difference(0, shop.warehouse.pk, 1, "received")])


def test_outside_a_transaction_nothing_is_changed(transactional_db: None) -> None:
    with pytest.raises(RuntimeError):
        stock_adjustments.apply([])


def test_a_long_note_is_cut_where_its_column_ends(shop: Shop) -> None:
    move(shop, 1, note="n" * 300)
    assert [len(row[4]) for row in movements()] == [255, 255]


@pytest.mark.parametrize(
    ("before", "allocated", "change", "expected"),
    [
        (2, 0, -1, []),
        (1, 0, -1, ["OUT_OF_STOCK"]),
        (3, 2, -1, ["OUT_OF_STOCK"]),
        (3, 2, -2, ["OUT_OF_STOCK"]),
        (0, 0, 1, ["BACK_IN_STOCK"]),
        (1, 2, 2, ["BACK_IN_STOCK"]),
        (1, 2, 1, []),
        (1, 1, -1, []),
        (0, 1, 1, []),
        (1, 0, 1, []),
    ],
)
def test_what_runs_out_or_comes_back_is_told_once(
    shop: Shop, before: int, allocated: int, change: int, expected: list[str]
) -> None:
    Stock.objects.update(quantity=before, quantity_allocated=allocated)
    for reason, told in (("adjusted", ["STOCK_UPDATED"]), ("fulfilled", [])):
        Stock.objects.update(quantity=before)
        Event.objects.all().delete()
        difference = Difference(shop.variants["CUP"].pk, shop.warehouse.pk, change, reason)
        stock_adjustments.apply([difference], allow_below_allocated=True)
        types = Event.objects.order_by("pk").values_list("type", flat=True)
        assert [kind.removeprefix("PRODUCT_VARIANT_") for kind in types] == expected + told
    assert Event.objects.filter(extra__warehouse=str(shop.warehouse.pk)).count() == len(expected)
