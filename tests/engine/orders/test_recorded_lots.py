"""The parcels of a shop that records its lots: the pieces leave the lots and come back to them."""

import pytest
from django.db import transaction

from store.engine.catalog.models import ProductVariant
from store.engine.errors import OperationError
from store.engine.orders import fulfillment_lots, fulfillments, returns
from store.engine.orders.models import FulfillmentLine, Order, OrderEvent
from store.engine.orders.returns import ReturnLine
from store.engine.stock.models import StockMovement
from store.safety import lots as lot_record
from store.safety.models import LotMovement, LotQuantity
from tests.engine import checkout_flow
from tests.engine.orders.order_flow import bought, send

pytestmark = pytest.mark.django_db


def receive(code: str, quantity: int) -> None:
    with transaction.atomic():
        lot_record.receive(sku="CUP", warehouse="main", quantity=quantity, code=code)


def left() -> dict[str, int]:
    return {row.lot.code: row.quantity for row in LotQuantity.objects.select_related("lot")}


def lots_of(order: Order) -> dict[str, str]:
    metadata = order.lines.get().metadata
    return {key: value for key, value in metadata.items() if key.startswith("lot:")}


def test_a_parcel_takes_its_pieces_from_the_lots() -> None:
    shop, order = bought(3)
    receive("A", 2)
    receive("B", 5)
    send(shop, order, 3)
    assert (left(), lots_of(order)) == ({"A": 0, "B": 4}, {"lot:A": "2", "lot:B": "1"})
    sold = StockMovement.objects.filter(reason="fulfilled").values_list(
        "lot", "quantity_change", "quantity_after"
    )
    assert list(sold) == [("A", -2, 8), ("B", -1, 7)]


def test_pieces_without_a_lot_are_sent_without_one() -> None:
    shop, order = bought(3)
    receive("A", 2)
    send(shop, order, 3)
    assert (left(), lots_of(order)) == ({"A": 0}, {"lot:A": "2"})


def test_a_refused_parcel_takes_nothing() -> None:
    shop, order = bought(3)
    receive("A", 2)
    with pytest.raises(OperationError, match="3 wanted, 2 recorded"):
        send(shop, order, 3, lots={"A": 3})
    assert (left(), order.fulfillments.count(), LotMovement.objects.count()) == ({"A": 2}, 0, 1)


def test_a_canceled_parcel_puts_its_pieces_back() -> None:
    shop, order = bought(3)
    receive("A", 5)
    parcel = send(shop, order, 3)
    fulfillments.cancel(fulfillment_id=parcel.pk, warehouse_id=shop.warehouse.pk)
    assert (left(), lots_of(order)) == ({"A": 5}, {})
    assert lot_record.differences() == []


@pytest.mark.parametrize(("restock", "expected"), [(True, 4), (False, 2)])
def test_what_came_back_goes_into_its_lot_if_it_is_for_sale_again(restock: bool, expected: int) -> None:
    shop, order = bought(3)
    receive("A", 5)
    parcel = send(shop, order, 3)
    line = FulfillmentLine.objects.get(fulfillment=parcel)
    returns.return_products(
        order_id=order.pk,
        fulfillment_lines=[ReturnLine(line.pk, 2)],
        restock_to=shop.warehouse.pk if restock else None,
    )
    assert left() == {"A": expected}


def test_the_lots_of_a_parcel_are_corrected_with_a_reason() -> None:
    shop, order = bought(3)
    receive("A", 5)
    receive("B", 5)
    parcel = send(shop, order, 3)
    line = FulfillmentLine.objects.get(fulfillment=parcel)
    fulfillment_lots.correct(
        fulfillment_id=parcel.pk, lots={line.pk: {"B": 2, "A": 1}}, reason="read off the box"
    )
    assert (left(), lots_of(order)) == ({"A": 4, "B": 3}, {"lot:A": "1", "lot:B": "2"})
    message = OrderEvent.objects.filter(type="OTHER").latest("pk").parameters["message"]
    assert "CUP: A × 3 is now B × 2, A × 1. Reason: read off the box" in message
    with pytest.raises(OperationError, match="reason"):
        fulfillment_lots.correct(fulfillment_id=parcel.pk, lots={line.pk: {"A": 3}}, reason="")
    with pytest.raises(OperationError, match="Z of CUP was never received"):
        fulfillment_lots.correct(fulfillment_id=parcel.pk, lots={line.pk: {"Z": 1}}, reason="typo")
    assert (left(), lots_of(order)) == ({"A": 4, "B": 3}, {"lot:A": "1", "lot:B": "2"})


def test_of_a_parcel_of_two_lines_only_the_one_that_is_named_is_corrected() -> None:
    shop = checkout_flow.create_shop()
    order = checkout_flow.place_order(shop, (shop.variant("CUP"), 1), (shop.variant("OIL"), 1))
    receive("A", 5)
    receive("B", 5)
    parts = [fulfillments.FulfillLine(line.pk, shop.warehouse.pk, 1) for line in order.lines.all()]
    [parcel] = fulfillments.fulfill(order_id=order.pk, fulfill_lines=parts)[1]
    cup = parcel.lines.get(order_line__product_sku="CUP")
    fulfillment_lots.correct(fulfillment_id=parcel.pk, lots={cup.pk: {"B": 1}}, reason="read off the box")
    assert {line.order_line.product_sku: line.lots for line in parcel.lines.all()} == {
        "CUP": {"B": 1},
        "OIL": {},
    }
    assert left() == {"A": 5, "B": 4}


def test_the_lots_of_what_has_a_new_number_are_those_of_that_number() -> None:
    shop, order = bought(1)
    ProductVariant.objects.update(sku="CUP-2")
    with transaction.atomic():
        lot_record.receive(sku="CUP-2", warehouse="main", quantity=5, code="A")
    send(shop, order, 1)
    assert left() == {"A": 4}
