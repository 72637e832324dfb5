"""Receiving, moving, writing off, counting a warehouse, thresholds, and the check that everything adds up."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from store.engine.events.models import Event
from store.engine.stock.models import Stock, StockMovement
from store.safety.models import Lot, LotQuantity
from tests.engine.admin.conftest import Shop

pytestmark = pytest.mark.django_db(transaction=True)
STOCK = "/admin/stock/stock"


def receive(client: Client, shop: Shop, quantity: str = "49", **more: Any) -> Any:
    form = {"sku": "CUP-A", "warehouse": shop.warehouses[0].pk, "quantity": quantity}
    return client.post(f"{STOCK}/receive/", form | more)


def lots_left() -> dict[tuple[str, str], int]:
    return {(row.lot.code, row.warehouse): row.quantity for row in LotQuantity.objects.select_related("lot")}


def shelf(shop: Shop) -> list[int]:
    """Of the first variant in each warehouse."""
    return [shop.stock(0, warehouse).quantity for warehouse in (0, 1)]


def test_a_delivery_is_added_with_lot_supplier_and_person(admin_client: Client, shop: Shop) -> None:
    form = {"lot": "L-1", "supplier": "Cup Works", "expires_on": "2028-03-31", "note": "slip 12"}
    assert receive(admin_client, shop, **form).status_code == 302
    movement = StockMovement.objects.get()
    assert (movement.reason, movement.quantity_change, movement.quantity_after) == ("received", 49, 59)
    assert (movement.lot, movement.note) == ("L-1", "slip 12")
    lot = Lot.objects.get()
    assert (lot.supplier, str(lot.expires_on), lots_left()) == (
        "Cup Works",
        "2028-03-31",
        {("L-1", "east"): 49},
    )
    page = admin_client.get(f"{STOCK}/{shop.stock().pk}/change/").content.decode()
    assert "merchant@cupwell.example" in page
    assert "L-1: 49, until 31 Mar 2028" in page


def test_the_first_stock_of_a_variant_in_a_warehouse_is_received(admin_client: Client, shop: Shop) -> None:
    shop.stock(0, 0).delete()
    assert receive(admin_client, shop, "5", sku="cup-a").status_code == 302
    assert shop.stock(0, 0).quantity == 5


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"sku": "CUP-X"}, "No variant has the SKU CUP-X. Near to it"),
        ({"quantity": "0"}, "At least 1."),
        ({"quantity": "many"}, "Write a number"),
        ({"lot": "L 1"}, "A lot code has"),
        ({"supplier": "Cup Works"}, "which lot is it?"),
    ],
)
def test_a_wrong_delivery_is_refused(admin_client: Client, shop: Shop, form: Any, message: str) -> None:
    answer = receive(admin_client, shop, **({"quantity": "1"} | form))
    assert (answer.status_code, message in answer.content.decode()) == (422, True)
    assert (shelf(shop), StockMovement.objects.count(), Lot.objects.count()) == ([10, 3], 0, 0)


def test_a_delivery_sent_twice_is_added_once(admin_client: Client, shop: Shop) -> None:
    for _ in range(2):
        assert receive(admin_client, shop, request_key="k").status_code == 302
    assert shelf(shop) == [59, 3]


def test_pieces_are_moved_with_their_lot_as_one_act(admin_client: Client, shop: Shop) -> None:
    receive(admin_client, shop, "4", lot="L-1")
    path = f"{STOCK}/{shop.stock().pk}/move/"
    form = {"quantity": "3", "target": shop.warehouses[1].pk, "lot": "L-1"}
    assert admin_client.post(path, form).status_code == 302
    assert (shelf(shop), lots_left()) == ([11, 6], {("L-1", "east"): 1, ("L-1", "west"): 3})
    moved = StockMovement.objects.filter(reason="moved").values_list(
        "warehouse_slug", "quantity_change", "note"
    )
    assert list(moved) == [("east", -3, "to west"), ("west", 3, "from east")]
    refused = admin_client.post(path, form | {"quantity": "12", "lot": ""})
    assert "only 11 are on the shelf in East" in refused.content.decode()
    refused = admin_client.post(path, form | {"quantity": "2"})
    assert "2 wanted, 1 recorded in east" in refused.content.decode()
    assert shelf(shop) == [11, 6]


def test_a_write_off_needs_a_reason_and_asks_before_it_breaks_a_promise(
    admin_client: Client, shop: Shop
) -> None:
    shop.order(17, pieces=8)
    path = f"{STOCK}/{shop.stock().pk}/write-off/"
    assert admin_client.post(path, {"quantity": "1", "note": ""}).status_code == 422
    asked = admin_client.post(path, {"quantity": "3", "note": "cracked"})
    assert "1 would be missing (orders #17)." in asked.content.decode()
    assert shelf(shop) == [10, 3]
    assert admin_client.post(path, {"quantity": "3", "note": "cracked", "confirmed": "7"}).status_code == 302
    assert (shelf(shop), StockMovement.objects.get().reason) == ([7, 3], "written_off")


def test_an_adjustment_is_a_difference(admin_client: Client, shop: Shop) -> None:
    path = f"{STOCK}/{shop.stock().pk}/adjust/"
    assert admin_client.post(path, {"difference": "-2", "note": "miscounted"}).status_code == 302
    assert shelf(shop) == [8, 3]


def test_a_threshold_of_its_own_decides_what_runs_low(admin_client: Client, shop: Shop) -> None:
    path = f"{STOCK}/{shop.stock().pk}/threshold/"
    seen = admin_client.get(path).context["hidden"]["seen_values"]
    assert admin_client.post(path, {"threshold": "10", "seen_values": seen}).status_code == 302
    event = Event.objects.get(type="STOCK_THRESHOLD_UPDATED")
    assert (event.object_pk, list(event.changes.values())) == (str(shop.stock().variant_id), [["", "10"]])
    low = admin_client.get(f"{STOCK}/", {"free": "low"}).context["cl"].result_list
    assert shop.stock().pk in {stock.pk for stock in low}
    refused = admin_client.post(path, {"threshold": "3", "seen_values": seen})
    assert "Somebody else changed this" in refused.content.decode()
    assert shop.stock().low_stock_threshold == 10


def take(client: Client, shop: Shop, lines: str, step: str = "compare", **more: Any) -> Any:
    form = {"warehouse": shop.warehouses[0].pk, "lines": lines, "step": step}
    return client.post(f"{STOCK}/take/", form | more)


def test_a_stock_take_shows_the_differences_and_books_them(admin_client: Client, shop: Shop) -> None:
    page = take(admin_client, shop, "CUP-A 7\nCUP-S\nCUP-S\n")
    assert [(row.variant.sku, row.shown, row.counted) for row in page.context["rows"]] == [
        ("CUP-A", 10, 7),
        ("CUP-S", 10, 2),
    ]
    assert shelf(shop) == [10, 3]
    form = {"seen": page.context["seen"], "request_key": "k"}
    Stock.objects.filter(pk=shop.stock().pk).update(quantity=9)  # one is sent while the count is typed
    for _ in range(2):
        assert take(admin_client, shop, "CUP-A 7\nCUP-S 2", "book", **form).status_code == 302
    assert shelf(shop) == [6, 3]
    booked = StockMovement.objects.filter(reason="counted").values_list("quantity_change", "note")
    assert sorted(booked) == [(-8, "Stock-take"), (-3, "Stock-take")]


def test_all_wrong_lines_of_a_stock_take_are_named_and_nothing_is_booked(
    admin_client: Client, shop: Shop
) -> None:
    answer = take(admin_client, shop, "CUP-A 7\nCUP-Z 3\nCUP-S many\n\nCUP-A 9999999", "book")
    text = answer.content.decode()
    assert answer.status_code == 422
    for message in ("Line 2: no variant has the SKU CUP-Z.", "Line 3: write an SKU", "of CUP-A are too many"):
        assert message in text
    assert (shelf(shop), StockMovement.objects.count()) == ([10, 3], 0)


def test_what_nobody_counted_is_set_to_nothing_only_on_request(admin_client: Client, shop: Shop) -> None:
    page = take(admin_client, shop, "CUP-A 10")
    assert [stock.variant.sku for stock in page.context["missing"]] == ["CUP-S"]
    take(admin_client, shop, "CUP-A 10", "book", missing_are_gone="on")
    assert (shelf(shop), shop.stock(1, 0).quantity) == ([10, 3], 0)


def test_a_stock_take_below_a_promise_names_the_orders_and_asks(admin_client: Client, shop: Shop) -> None:
    shop.order(17, pieces=8)
    assert "Promised to #17" in take(admin_client, shop, "CUP-A 5").content.decode()
    assert "5 of 8 promised" in take(admin_client, shop, "CUP-A 5", "book").content.decode()
    assert shelf(shop) == [10, 3]
    assert take(admin_client, shop, "CUP-A 5", "book", below_is_right="on").status_code == 302
    assert shelf(shop) == [5, 3]


def test_the_sheet_to_print_has_every_variant_of_the_warehouse(admin_client: Client, shop: Shop) -> None:
    text = admin_client.get(f"{STOCK}/sheet/", {"warehouse": "east"}).content.decode()
    assert ("CUP-A" in text, "CUP-S" in text, ">10<" in text) == (True, True, False)


def test_the_check_finds_a_row_that_its_movements_do_not_explain(admin_client: Client, shop: Shop) -> None:
    Stock.objects.all().delete()
    receive(admin_client, shop, "4", lot="L-1")
    out = io.StringIO()
    call_command("check_stock", stdout=out)
    assert "1 stock rows and 1 movements: everything adds up." in out.getvalue()
    Stock.objects.update(quantity=5, quantity_allocated=1)
    with pytest.raises(CommandError, match="2 differences in 1 stock rows"):
        call_command("check_stock", stdout=out)
    assert "CUP-A in east: 5 on the shelf, the movements add up to 4." in out.getvalue()


def test_the_lots_have_pages(admin_client: Client, shop: Shop) -> None:
    receive(admin_client, shop, "4", lot="L-1", expires_on="2028-01-31")
    lot = Lot.objects.get()
    assert "L-1" in admin_client.get("/admin/safety/lot/", {"q": "L-1"}).content.decode()
    page = f"/admin/safety/lot/{lot.pk}"
    assert admin_client.get(f"{page}/change/").status_code == 200
    form = {"warehouse": "east", "quantity": "3", "reason": "one is missing", "seen-east": "4"}
    assert admin_client.post(f"{page}/correct/", form).status_code == 302
    assert lots_left() == {("L-1", "east"): 3}
    edited = {"supplier": "Cup Works", "received_on": "2026-11-01", "blocked": "cloudy", "note": ""}
    inlines = {
        f"{prefix}-{name}": "0"
        for prefix in ("quantities", "movements")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    assert admin_client.post(f"{page}/change/", edited | inlines).status_code == 302
    lot.refresh_from_db()
    assert (lot.blocked, lot.movements.latest("pk").who) == ("cloudy", "merchant@cupwell.example")
