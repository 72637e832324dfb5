"""The queues of the packing table: each order in one of them, oldest first, and gone when it has left."""

import pytest

from store.engine.orders import picking, staff_operations
from store.engine.orders.models import Order
from store.engine.stock.models import Stock
from tests.engine import checkout_flow
from tests.engine.orders.order_flow import bought, event_types, send

pytestmark = pytest.mark.django_db


def test_orders_are_picked_then_sent_and_what_remains_is_picked_again() -> None:
    shop, first = bought(2)
    second = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    assert list(picking.to_pick()) == [first, second]
    before = event_types(first)
    assert picking.mark_picked(order_ids=[first.pk]) == 1
    assert (list(picking.to_pick()), list(picking.to_ship())) == ([second], [first])
    assert event_types(first) == [*before, "ORDER_UPDATED"]
    assert first.events.get(type="OTHER").parameters["message"] == "Picked."
    assert picking.mark_picked(order_ids=[second.pk, first.pk]) == 1
    assert first.events.filter(type="OTHER").count() == 1
    send(shop, first, 1)
    assert (list(picking.to_pick()), list(picking.to_ship())) == ([first], [second])
    send(shop, first, 1)
    assert list(picking.to_pick()) == []


def test_what_is_not_to_be_sent_is_not_picked() -> None:
    shop, canceled = bought(1)
    other = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    staff_operations.cancel(order_id=canceled.pk)
    assert picking.mark_picked(order_ids=[canceled.pk, other.pk]) == 1
    assert (list(picking.to_pick()), list(picking.to_ship())) == ([], [other])


def test_an_order_whose_goods_are_promised_more_often_than_they_are_there_lacks_stock() -> None:
    shop, order = bought(2, stock=2)
    assert list(picking.short_of_stock()) == []
    Stock.objects.update(quantity=1)
    assert list(picking.short_of_stock()) == [order]
    Stock.objects.update(quantity=2)
    assert list(picking.short_of_stock()) == []
    single = checkout_flow.place_order(shop, (shop.variant("OIL", stock=1), 1))
    Stock.objects.update(quantity=0)
    assert list(picking.short_of_stock()) == [order, single]


def test_clearing_touches_no_order_that_was_not_picked() -> None:
    _, order = bought(1)
    before = Order.objects.get().updated_at
    picking.clear(order)
    assert Order.objects.get().updated_at == before
    picking.mark_picked(order_ids=[order.pk])
    order.refresh_from_db()
    picking.clear(order)
    assert Order.objects.get().private_metadata == {}
