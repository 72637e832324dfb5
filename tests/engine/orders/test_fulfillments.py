"""Fulfilling orders, canceling fulfillments, and returns."""

import pytest

from store.engine.channels import shop_settings
from store.engine.errors import OperationError
from store.engine.events.models import Event
from store.engine.orders import fulfillments, staff_operations
from store.engine.orders.errors import OrderLineError
from store.engine.orders.models import Order
from store.engine.stock.errors import InsufficientStock
from store.engine.stock.models import Stock
from tests.engine import checkout_flow
from tests.engine.orders.order_flow import bought, send

pytestmark = pytest.mark.django_db


def event_types(order: Order, kind: str = "Order") -> list[str]:
    pks = [str(order.pk)] if kind == "Order" else [str(p.pk) for p in order.fulfillments.all()]
    return list(Event.objects.filter(object_kind=kind, object_pk__in=pks).values_list("type", flat=True))


def test_fulfilling_decreases_stock_and_its_allocation() -> None:
    shop, order = bought(3)
    send(shop, order, 3, tracking_number="TRK1")
    order.refresh_from_db()
    assert (order.status, checkout_flow.stock_quantities(shop.variants["CUP"])) == ("FULFILLED", (7, 0, 0))
    assert event_types(order)[-2:] == ["ORDER_FULFILLED", "ORDER_UPDATED"]
    assert event_types(order, "Fulfillment") == ["FULFILLMENT_CREATED"]


def test_a_part_makes_the_order_partially_fulfilled() -> None:
    shop, order = bought(3)
    send(shop, order, 1)
    order.refresh_from_db()
    assert (order.status, checkout_flow.stock_quantities(shop.variants["CUP"])) == (
        "PARTIALLY_FULFILLED",
        (9, 2, 2),
    )
    assert "ORDER_FULFILLED" not in event_types(order)


def test_fulfillments_of_an_order_are_numbered() -> None:
    shop, order = bought(3)
    assert [send(shop, order, 1).fulfillment_order, send(shop, order, 1).fulfillment_order] == [1, 2]


def test_more_than_is_left_is_refused_and_nothing_leaves() -> None:
    shop, order = bought(2)
    with pytest.raises(OrderLineError) as refused:
        send(shop, order, 3)
    assert (refused.value.code, refused.value.extras) == (
        "FULFILL_ORDER_LINE",
        {"order_lines": [order.lines.get().pk]},
    )
    assert (order.fulfillments.count(), checkout_flow.stock_quantities(shop.variants["CUP"])) == (
        0,
        (10, 2, 2),
    )


def test_nothing_at_all_is_refused() -> None:
    shop, order = bought(2)
    with pytest.raises(OperationError) as refused:
        send(shop, order, 0)
    assert refused.value.code == "ZERO_QUANTITY"


def test_too_little_stock_is_refused_unless_it_may_be_exceeded() -> None:
    shop, order = bought(3)
    Stock.objects.update(quantity=1)
    with pytest.raises(InsufficientStock):
        send(shop, order, 3)
    assert order.fulfillments.count() == 0
    send(shop, order, 3, allow_stock_to_be_exceeded=True)
    assert Stock.objects.get().quantity == -2


def test_an_unpaid_order_waits_where_the_shop_says_so() -> None:
    shop = checkout_flow.create_shop()
    shop.channel.allow_unpaid_orders = True
    shop.channel.save()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    from store.engine.checkout import complete

    order = complete.complete(checkout_id=checkout.pk)
    shop_settings.update(changes={"fulfillment_allow_unpaid": False})
    with pytest.raises(OperationError) as refused:
        send(shop, order, 1)
    assert (refused.value.code, order.status) == ("CANNOT_FULFILL_UNPAID_ORDER", "UNCONFIRMED")


def test_a_fulfillment_that_needs_approval_decreases_stock_once_approved() -> None:
    shop, order = bought(2)
    shop_settings.update(changes={"fulfillment_auto_approve": False})
    fulfillment = send(shop, order, 2)
    assert (fulfillment.status, checkout_flow.stock_quantities(shop.variants["CUP"])) == (
        "WAITING_FOR_APPROVAL",
        (10, 2, 2),
    )
    fulfillments.approve(fulfillment_id=fulfillment.pk)
    order.refresh_from_db()
    assert (order.status, checkout_flow.stock_quantities(shop.variants["CUP"])) == ("FULFILLED", (8, 0, 0))


def test_a_new_tracking_number_records_an_event() -> None:
    shop, order = bought()
    fulfillment = send(shop, order, 1)
    fulfillments.update_tracking(fulfillment_id=fulfillment.pk, tracking_number="TRK2")
    fulfillment.refresh_from_db()
    assert fulfillment.tracking_number == "TRK2"
    assert event_types(order, "Fulfillment")[-1] == "FULFILLMENT_TRACKING_NUMBER_UPDATED"


def test_a_canceled_fulfillment_returns_to_stock_and_is_allocated_again() -> None:
    shop, order = bought(3)
    fulfillment = send(shop, order, 3)
    fulfillments.cancel(fulfillment_id=fulfillment.pk, warehouse_id=shop.warehouse.pk)
    order.refresh_from_db()
    assert (order.status, order.lines.get().quantity_fulfilled) == ("UNFULFILLED", 0)
    assert checkout_flow.stock_quantities(shop.variants["CUP"]) == (10, 3, 3)


def test_a_fulfillment_is_canceled_once() -> None:
    shop, order = bought(3)
    fulfillment = send(shop, order, 3)
    fulfillments.cancel(fulfillment_id=fulfillment.pk, warehouse_id=shop.warehouse.pk)
    with pytest.raises(OperationError) as refused:
        fulfillments.cancel(fulfillment_id=fulfillment.pk, warehouse_id=shop.warehouse.pk)
    assert (refused.value.code, Stock.objects.get().quantity) == ("CANNOT_CANCEL_FULFILLMENT", 10)


def test_canceling_a_sent_fulfillment_needs_a_warehouse() -> None:
    shop, order = bought(3)
    with pytest.raises(OperationError) as refused:
        fulfillments.cancel(fulfillment_id=send(shop, order, 3).pk, warehouse_id=None)
    assert refused.value.code == "REQUIRED"


def test_a_canceled_order_releases_its_allocations() -> None:
    shop, order = bought(3)
    staff_operations.cancel(order_id=order.pk)
    order.refresh_from_db()
    assert (order.status, checkout_flow.stock_quantities(shop.variants["CUP"])) == ("CANCELED", (10, 0, 0))
    assert "ORDER_CANCELLED" in event_types(order)


def test_an_order_with_a_sent_fulfillment_is_not_canceled() -> None:
    shop, order = bought(3)
    send(shop, order, 1)
    with pytest.raises(OperationError) as refused:
        staff_operations.cancel(order_id=order.pk)
    order.refresh_from_db()
    assert (refused.value.code, order.status) == ("CANNOT_CANCEL_ORDER", "PARTIALLY_FULFILLED")


def test_of_two_orders_only_that_of_the_parcel_changes() -> None:
    shop, first = bought(1)
    second = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    send(shop, first, 1)
    fulfillments.cancel(fulfillment_id=send(shop, second, 1).pk, warehouse_id=shop.warehouse.pk)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("FULFILLED", "UNFULFILLED")


@pytest.mark.parametrize(("left", "words"), [(1, "Only 1 item remaining"), (2, "Only 2 items remaining")])
def test_the_refusal_says_how_many_are_left(left: int, words: str) -> None:
    shop, order = bought(left)
    with pytest.raises(OrderLineError, match=words):
        send(shop, order, left + 1)


def test_an_approval_is_in_the_history_with_its_lines() -> None:
    shop, order = bought(1)
    shop_settings.update(changes={"fulfillment_auto_approve": False})
    parcel = send(shop, order, 1)
    fulfillments.approve(fulfillment_id=parcel.pk)
    lines = [parcel.lines.get().pk]
    events = {event.type: event.parameters for event in order.events.all()}
    assert events["FULFILLMENT_AWAITS_APPROVAL"] == {"awaiting_fulfillments": lines}
    assert events["FULFILLMENT_FULFILLED_ITEMS"] == {"fulfilled_items": lines, "pieces": 1}
