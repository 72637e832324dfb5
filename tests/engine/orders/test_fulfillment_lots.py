"""Lots of an order line: counted with the parcel, over all parcels, and taken back with a canceled one."""

from collections.abc import Mapping

import pytest

from store.engine.channels import shop_settings
from store.engine.errors import OperationError
from store.engine.orders import fulfillment_lots, fulfillments, returns
from store.engine.orders.models import Order, OrderLine
from store.engine.orders.returns import ReturnLine
from tests.engine.orders.order_flow import bought, send

pytestmark = pytest.mark.django_db


def lots_of(order: Order) -> dict[str, str]:
    metadata = order.lines.get().metadata
    return {key: value for key, value in metadata.items() if key.startswith("lot:")}


def test_lots_are_summed_over_parcels() -> None:
    shop, order = bought(5)
    send(shop, order, 1, lots={"LOT-A": 1})
    send(shop, order, 3, lots={"LOT-A": 1, "LOT-B": 2})
    assert lots_of(order) == {"lot:LOT-A": "2", "lot:LOT-B": "2"}


def test_other_metadata_of_the_line_stays() -> None:
    shop, order = bought(2)
    line = order.lines.get()
    line.metadata = {"insert": "glass@3", "lot:OLD": "4"}
    line.save()
    send(shop, order, 1, lots={"LOT-A": 1})
    assert order.lines.get().metadata == {"insert": "glass@3", "lot:OLD": "4", "lot:LOT-A": "1"}


def test_a_canceled_parcel_takes_its_lots_back() -> None:
    shop, order = bought(4)
    first = send(shop, order, 2, lots={"LOT-A": 1, "LOT-B": 1})
    send(shop, order, 2, lots={"LOT-A": 2})
    fulfillments.cancel(fulfillment_id=first.pk, warehouse_id=shop.warehouse.pk)
    assert lots_of(order) == {"lot:LOT-A": "2"}


def test_lots_count_once_the_parcel_is_approved() -> None:
    shop, order = bought(4)
    shop_settings.update(changes={"fulfillment_auto_approve": False})
    approved, canceled = (send(shop, order, 2, lots={"LOT-A": 2}) for _ in range(2))
    assert lots_of(order) == {}
    fulfillments.approve(fulfillment_id=approved.pk)
    fulfillments.cancel(fulfillment_id=canceled.pk, warehouse_id=None)
    assert lots_of(order) == {"lot:LOT-A": "2"}


def test_a_returned_piece_stays_counted_and_is_not_taken_back_with_the_rest() -> None:
    shop, order = bought(3)
    parcel = send(shop, order, 3, lots={"LOT-A": 2, "LOT-B": 1})
    returns.return_products(order_id=order.pk, fulfillment_lines=[ReturnLine(parcel.lines.get().pk, 1)])
    fulfillments.cancel(fulfillment_id=parcel.pk, warehouse_id=shop.warehouse.pk)
    assert lots_of(order) == {"lot:LOT-A": "1"}


@pytest.mark.parametrize("wrong", [{"LOT A": 1}, {"": 1}, {"x" * 41: 1}, {"LOT-A": 0}, {"A": 1, "B": 2}])
def test_a_wrong_lot_is_refused_and_nothing_leaves(wrong: Mapping[str, int]) -> None:
    shop, order = bought(3)
    with pytest.raises(OperationError) as refused:
        send(shop, order, 2, lots=wrong)
    assert (refused.value.field, order.fulfillments.count(), lots_of(order)) == ("lots", 0, {})


def test_a_lot_whose_count_is_no_number_is_not_overwritten() -> None:
    shop, order = bought(3)
    order.lines.update(metadata={"lot:LOT-A": "two"})
    with pytest.raises(OperationError, match="'two'"):
        send(shop, order, 1, lots={"LOT-A": 1})
    assert (order.fulfillments.count(), lots_of(order)) == (0, {"lot:LOT-A": "two"})


def test_lots_are_split_in_their_order() -> None:
    assert fulfillment_lots.split({"A": 2, "B": 3}, 3) == ({"A": 2, "B": 1}, {"B": 2})
    assert fulfillment_lots.split({"A": 1}, 3) == ({"A": 1}, {})
    assert fulfillment_lots.split({"A": 1, "B": 1}, 1) == ({"A": 1}, {"B": 1})


def test_a_count_that_is_none_is_refused_whatever_stands_there() -> None:
    shop, order = bought(2)
    for count in ("٣", "9" * 4301, "two"):
        OrderLine.objects.update(metadata={"lot:A": count})
        with pytest.raises(OperationError) as refused:
            send(shop, order, 1, lots={"A": 1})
        assert "which is no quantity" in refused.value.message
        assert len(refused.value.message) < 200
    assert order.fulfillments.count() == 0


def test_numbers_of_parcels_are_not_used_twice_after_a_return() -> None:
    shop, order = bought(3)
    parcel = send(shop, order, 1)
    returns.return_products(order_id=order.pk, fulfillment_lines=[ReturnLine(parcel.lines.get().pk, 1)])
    send(shop, order, 1)
    assert list(order.fulfillments.values_list("fulfillment_order", flat=True)) == [2, 3]
