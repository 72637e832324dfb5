"""Fulfillments: tracking, delivery, approval and cancellation; what each records and what it refuses."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from store.engine.channels import shop_settings
from store.engine.errors import NotFound, OperationError
from store.engine.events.models import Event
from store.engine.orders import fulfillments
from store.engine.orders.fulfillments import FulfillLine
from store.engine.orders.models import Fulfillment, Order, OrderLine
from store.engine.stock.models import Allocation, Stock, Warehouse
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop
from tests.engine.orders.order_flow import bought, event_types, refund, send

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 28, 12, 0, 0, 7, UTC)


def parcel_events(parcel: Fulfillment) -> list[str]:
    rows = Event.objects.filter(object_kind="Fulfillment", object_pk=str(parcel.pk)).order_by("pk")
    return list(rows.values_list("type", flat=True))


def notified(parcel: Fulfillment) -> list[Any]:
    rows = Event.objects.filter(object_kind="Fulfillment", object_pk=str(parcel.pk)).order_by("pk")
    return [event.extra.get("notify_customer") for event in rows]


def history(order: Order) -> list[str]:
    return list(order.events.order_by("pk").values_list("type", flat=True))


def fulfill(order: Order, *lines: FulfillLine, **options: Any) -> list[Fulfillment]:
    return fulfillments.fulfill(order_id=order.pk, fulfill_lines=lines, **options)[1]


def west(shop: Shop, stock: int = 5) -> Warehouse:
    """A second warehouse with stock of every variant."""
    warehouse = Warehouse.objects.create(name="West", slug="west", address=shop.warehouse.address)
    for variant in shop.variants.values():
        Stock.objects.create(warehouse=warehouse, variant=variant, quantity=stock)
    return warehouse


def refused_code(function: Any, **given: Any) -> str:
    with pytest.raises(OperationError) as refused:
        function(**given)
    return refused.value.code


def test_each_warehouse_sends_a_parcel_of_its_own() -> None:
    shop, order = bought(3)
    line, other = order.lines.get(), west(shop)
    one, two = fulfill(
        order,
        FulfillLine(line.pk, shop.warehouse.pk, 2),
        FulfillLine(line.pk, other.pk, 1),
        carrier="UPS",
        tracking_number="1Z",
        notify_customer=False,
    )
    assert [(part.fulfillment_order, part.lines.get().quantity) for part in (one, two)] == [(1, 2), (2, 1)]
    assert [part.lines.get().warehouse_id for part in (one, two)] == [shop.warehouse.pk, other.pk]
    assert {(part.tracking_number, tuple(part.metadata.values())) for part in (one, two)} == {
        ("1Z", ("UPS",))
    }
    assert (notified(one), notified(two)) == ([False], [False])
    assert Stock.objects.get(warehouse=other).quantity == 4
    assert Stock.objects.get(warehouse=shop.warehouse).quantity == 8
    assert (OrderLine.objects.get().quantity_fulfilled, Allocation.objects.count()) == (3, 0)


def test_lines_of_no_pieces_are_left_out() -> None:
    shop, order = bought(2)
    line, other = order.lines.get(), west(shop)
    (parcel,) = fulfill(order, FulfillLine(line.pk, shop.warehouse.pk, 1), FulfillLine(line.pk, other.pk, 0))
    assert (parcel.lines.get().quantity, parcel.metadata) == (1, {})
    assert parcel_events(parcel) == ["FULFILLMENT_CREATED"]
    assert event_types(order)[-1] == "ORDER_UPDATED"
    assert history(order)[-1] == "FULFILLMENT_FULFILLED_ITEMS"


@pytest.mark.parametrize(
    ("quantities", "code"),
    [((2, 1), "FULFILL_ORDER_LINE"), ((-1, 1), "INVALID_QUANTITY"), ((0, 0), "ZERO_QUANTITY")],
)
def test_wrong_quantities_are_refused_over_all_warehouses(quantities: tuple[int, int], code: str) -> None:
    shop, order = bought(2)
    line, other = order.lines.get(), west(shop)
    with pytest.raises(OperationError) as refused:
        fulfill(
            order,
            FulfillLine(line.pk, shop.warehouse.pk, quantities[0]),
            FulfillLine(line.pk, other.pk, quantities[1]),
        )
    assert (refused.value.code, order.fulfillments.count()) == (code, 0)


def test_unknown_lines_and_warehouses_and_a_warehouse_twice_are_refused() -> None:
    shop, order = bought(2)
    line, warehouse = order.lines.get().pk, shop.warehouse.pk
    for lines, code in (
        ([FulfillLine(uuid4(), warehouse, 1)], "NOT_FOUND"),
        ([FulfillLine(line, uuid4(), 1)], "NOT_FOUND"),
        ([FulfillLine(line, warehouse, 1), FulfillLine(line, warehouse, 1)], "DUPLICATED_INPUT_ITEM"),
    ):
        with pytest.raises(OperationError) as refused:
            fulfill(order, *lines)
        assert (refused.value.code, order.fulfillments.count()) == (code, 0)


@pytest.mark.parametrize("status", ["CANCELED", "EXPIRED", "DRAFT"])
def test_nothing_of_a_closed_order_is_sent(status: str) -> None:
    shop, order = bought(1)
    Order.objects.update(status=status)
    with pytest.raises(OperationError) as refused:
        send(shop, order, 1)
    assert (refused.value.code, order.fulfillments.count()) == ("INVALID", 0)


def test_what_was_refunded_in_full_is_not_sent_unless_the_shop_sends_unpaid_orders() -> None:
    shop, order = bought(2)
    shop_settings.update(changes={"fulfillment_allow_unpaid": False})
    refund(order, "60.00")
    send(shop, order, 1)
    refund(order, "8.25")
    with pytest.raises(OperationError) as refused:
        send(shop, order, 1)
    assert refused.value.code == "CANNOT_FULFILL_UNPAID_ORDER"
    shop_settings.update(changes={"fulfillment_allow_unpaid": True})
    send(shop, order, 1)
    assert OrderLine.objects.get().quantity_fulfilled == 2


@pytest.fixture
def waiting() -> tuple[Shop, Order, Fulfillment]:
    """A parcel of all pieces that waits for its approval."""
    shop, order = bought(2)
    shop_settings.update(changes={"fulfillment_auto_approve": False, "fulfillment_allow_unpaid": False})
    return shop, order, send(shop, order, 2)


def test_a_parcel_that_waits_is_recorded_without_a_mail(waiting: tuple[Shop, Order, Fulfillment]) -> None:
    _, order, parcel = waiting
    order.refresh_from_db()
    assert (parcel_events(parcel), notified(parcel), order.status) == (
        ["FULFILLMENT_CREATED"],
        [False],
        "UNFULFILLED",
    )
    assert (history(order)[-1], event_types(order)[-1]) == ("FULFILLMENT_AWAITS_APPROVAL", "ORDER_UPDATED")
    assert OrderLine.objects.get().quantity_fulfilled == 2


@pytest.mark.parametrize("notify", [True, False])
def test_an_approval_is_recorded_once(waiting: tuple[Shop, Order, Fulfillment], notify: bool) -> None:
    _, order, parcel = waiting
    approved = fulfillments.approve(fulfillment_id=parcel.pk, notify_customer=notify)
    assert (approved.status, parcel_events(parcel)[-1], notified(parcel)[-1]) == (
        "FULFILLED",
        "FULFILLMENT_APPROVED",
        notify,
    )
    assert event_types(order)[-2:] == ["ORDER_FULFILLED", "ORDER_UPDATED"]
    assert refused_code(fulfillments.approve, fulfillment_id=parcel.pk) == "INVALID"
    assert Stock.objects.get().quantity == 8


def test_a_part_that_is_approved_does_not_fulfill_the_order() -> None:
    shop, order = bought(2)
    shop_settings.update(changes={"fulfillment_auto_approve": False})
    fulfillments.approve(fulfillment_id=send(shop, order, 1).pk)
    order.refresh_from_db()
    assert (order.status, event_types(order).count("ORDER_FULFILLED")) == ("PARTIALLY_FULFILLED", 0)


def test_what_was_refunded_meanwhile_is_not_approved(waiting: tuple[Shop, Order, Fulfillment]) -> None:
    _, order, parcel = waiting
    refund(order, "68.25")
    assert refused_code(fulfillments.approve, fulfillment_id=parcel.pk) == "CANNOT_FULFILL_UNPAID_ORDER"
    assert Stock.objects.get().quantity == 10


def test_a_parcel_that_waits_is_canceled_without_touching_stock(
    waiting: tuple[Shop, Order, Fulfillment],
) -> None:
    shop, order, parcel = waiting
    fulfillments.cancel(fulfillment_id=parcel.pk, warehouse_id=None)
    parcel.refresh_from_db()
    assert (parcel.status, OrderLine.objects.get().quantity_fulfilled) == ("CANCELED", 0)
    assert checkout_flow.stock_quantities(shop.variants["CUP"]) == (10, 2, 2)
    assert "FULFILLMENT_RESTOCKED_ITEMS" not in history(order)


def test_a_canceled_parcel_is_in_the_history_with_what_went_back() -> None:
    shop, order = bought(3)
    parcel = send(shop, order, 2)
    canceled = fulfillments.cancel(fulfillment_id=parcel.pk, warehouse_id=shop.warehouse.pk)
    assert canceled.status == "CANCELED"
    parameters = {event.type: event.parameters for event in order.events.all()}
    assert parameters["FULFILLMENT_RESTOCKED_ITEMS"] == {"quantity": 2, "warehouse": str(shop.warehouse.pk)}
    assert parameters["FULFILLMENT_CANCELED"] == {"composed_id": f"{order.number}-1"}
    assert (parcel_events(parcel)[-1], event_types(order)[-1]) == ("FULFILLMENT_CANCELED", "ORDER_UPDATED")


def test_pieces_come_back_to_a_warehouse_that_exists() -> None:
    shop, order = bought(1)
    parcel = send(shop, order, 1)
    assert refused_code(fulfillments.cancel, fulfillment_id=parcel.pk, warehouse_id=uuid4()) == "NOT_FOUND"
    assert Stock.objects.get().quantity == 9


def test_a_parcel_with_gift_cards_is_not_canceled() -> None:
    shop, order = bought(1)
    parcel = send(shop, order, 1)
    OrderLine.objects.update(is_gift_card=True)
    code = refused_code(fulfillments.cancel, fulfillment_id=parcel.pk, warehouse_id=shop.warehouse.pk)
    assert (code, Stock.objects.get().quantity) == ("CANNOT_CANCEL_FULFILLMENT", 9)


def test_what_left_the_catalog_is_sent_and_canceled_without_stock() -> None:
    shop, order = bought(2)
    OrderLine.objects.update(variant=None)
    parcel = send(shop, order, 2)
    assert Stock.objects.get().quantity == 10
    fulfillments.cancel(fulfillment_id=parcel.pk, warehouse_id=shop.warehouse.pk)
    assert (Stock.objects.get().quantity, OrderLine.objects.get().quantity_fulfilled) == (10, 0)


def test_a_number_is_changed_with_an_event_and_the_same_one_without() -> None:
    shop, order = bought(1)
    parcel = send(shop, order, 1, tracking_number="1Z")
    same = {"fulfillment_id": parcel.pk, "tracking_number": "1Z", "seen": {"tracking_number": "1Z"}}
    fulfillments.update_tracking(**same)
    fulfillments.update_tracking(**same, carrier="")
    assert parcel_events(parcel) == ["FULFILLMENT_CREATED"]
    fulfillments.update_tracking(**same, carrier="UPS")
    fulfillments.update_tracking(**same, carrier="UPS")
    changed = fulfillments.update_tracking(
        fulfillment_id=parcel.pk, tracking_number="2Z", notify_customer=True
    )
    parcel.refresh_from_db()
    assert (parcel.tracking_number, changed.tracking_number) == ("2Z", "2Z")
    assert list(parcel.metadata.values()) == ["UPS"]
    assert parcel_events(parcel)[1:] == ["FULFILLMENT_TRACKING_NUMBER_UPDATED"] * 2
    assert notified(parcel)[1:] == [False, True]
    last = order.events.order_by("-pk")[0]
    assert (last.type, last.parameters) == (
        "TRACKING_UPDATED",
        {"tracking_number": "2Z", "fulfillment": parcel.pk},
    )
    assert event_types(order).count("ORDER_UPDATED") == 3


def test_a_parcel_arrives_once() -> None:
    shop, order = bought(1)
    parcel = send(shop, order, 1)
    arrived = fulfillments.mark_delivered(fulfillment_id=parcel.pk, at=NOON)
    assert arrived.metadata == {"delivered_at": "2026-11-28T12:00:00+00:00"}
    assert parcel_events(parcel)[-1] == "FULFILLMENT_METADATA_UPDATED"
    last = order.events.order_by("-pk")[0]
    assert (last.type, last.parameters) == (
        "OTHER",
        {"message": f"Parcel {order.number}-1 was delivered."},
    )
    with pytest.raises(OperationError):
        fulfillments.mark_delivered(fulfillment_id=parcel.pk, at=NOON)
    parcel.refresh_from_db()
    assert parcel.metadata == {"delivered_at": "2026-11-28T12:00:00+00:00"}


def test_what_is_not_on_its_way_does_not_arrive(waiting: tuple[Shop, Order, Fulfillment]) -> None:
    with pytest.raises(OperationError):
        fulfillments.mark_delivered(fulfillment_id=waiting[2].pk, at=NOON)
    with pytest.raises(NotFound):
        fulfillments.mark_delivered(fulfillment_id=0, at=NOON)
