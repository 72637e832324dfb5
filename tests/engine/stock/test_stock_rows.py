"""Creating, counting and deleting stock rows, each with its movement."""

import pytest
from django.utils import timezone

from store.engine.errors import NotFound, NotUnique
from store.engine.events.current_actor import Actor, acting_as
from store.engine.stock import quantities
from store.engine.stock.models import Stock, StockMovement
from store.engine.stock.reservations import reserve
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(db: None) -> Shop:
    return checkout_flow.create_shop()


def movements() -> list[tuple[str, int, int, int, str]]:
    return list(
        StockMovement.objects.values_list(
            "reason", "quantity_change", "allocated_change", "quantity_after", "note"
        )
    )


def test_a_deleted_row_leaves_a_movement_of_all_it_had(shop: Shop) -> None:
    variant = shop.variant("CUP", stock=10)
    checkout_flow.place_order(shop, (variant, 3))
    StockMovement.objects.all().delete()
    quantities.delete_stocks(variant_id=variant.pk, warehouse_ids=[shop.warehouse.pk])
    assert movements() == [("deleted", -10, -3, 0, "")]
    assert not Stock.objects.exists()


def test_rows_of_other_variants_stay(shop: Shop) -> None:
    cup, pump = shop.variant("CUP"), shop.variant("PUMP")
    quantities.delete_stocks(variant_id=cup.pk, warehouse_ids=[shop.warehouse.pk])
    assert Stock.objects.get().variant == pump


def test_a_row_that_exists_is_not_created_again_and_one_of_another_variant_is(shop: Shop) -> None:
    cup, pump = shop.variant("CUP"), shop.variant("PUMP")
    with pytest.raises(NotUnique) as refused:
        quantities.create_stocks(variant_id=cup.pk, quantities={shop.warehouse.pk: 1})
    assert (refused.value.extras, Stock.objects.get(variant=cup).quantity) == ({"index": 0}, 10)
    Stock.objects.filter(variant=pump).delete()
    quantities.create_stocks(variant_id=pump.pk, quantities={shop.warehouse.pk: 4}, note="Delivery")
    assert (Stock.objects.get(variant=pump).quantity, movements()) == (4, [("created", 4, 0, 4, "Delivery")])


def test_a_count_is_logged_as_the_difference_and_none_when_nothing_changed(shop: Shop) -> None:
    stock = Stock.objects.get(variant=shop.variant("CUP"))
    for counted in (7, 7, 9):
        quantities.change_quantity(stock_id=stock.pk, quantity=counted, note="Counted")
    assert movements() == [("set", -3, 0, 7, "Counted"), ("set", 2, 0, 9, "Counted")]


def test_a_row_that_is_gone_is_not_counted(shop: Shop) -> None:
    with pytest.raises(NotFound):
        quantities.change_quantity(stock_id=0, quantity=1)
    assert not movements()


def test_a_row_of_nothing_is_logged_when_it_is_made_by_whoever_makes_it(shop: Shop) -> None:
    variant = shop.variant("CUP")
    Stock.objects.all().delete()
    with acting_as(lambda: Actor("User", "7")):
        [row] = quantities.create_stocks(variant_id=variant.pk, quantities={shop.warehouse.pk: 0})
    assert (row.quantity, movements()) == (0, [("created", 0, 0, 0, "")])
    made = StockMovement.objects.get()
    assert (made.principal_kind, made.principal_pk) == ("User", "7")


def test_stock_is_reserved_inside_a_transaction_only(transactional_db: None) -> None:
    made = checkout_flow.create_shop()
    with pytest.raises(RuntimeError):
        reserve(demand=[], channel=made.channel, country="US", until=timezone.now())
