"""One-time keys: what is requested twice happens once."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from store.engine.errors import OperationError
from store.engine.orders import fulfillments, request_keys, staff_operations
from store.engine.orders.models import RequestKey
from store.engine.payments.models import TransactionItem
from tests.engine import checkout_flow
from tests.engine.orders.order_flow import bought, event_types, refund, send

pytestmark = pytest.mark.django_db


def test_a_parcel_requested_twice_leaves_once() -> None:
    shop, order = bought(3)
    first = send(shop, order, 1, request_key="form 1", lots={"LOT-A": 1})
    again = send(shop, order, 1, request_key="form 1", lots={"LOT-A": 1})
    assert (again.pk, order.fulfillments.count()) == (first.pk, 1)
    assert checkout_flow.stock_quantities(shop.variants["CUP"]) == (9, 2, 2)
    assert order.lines.get().metadata["lot:LOT-A"] == "1"


def test_another_key_sends_another_parcel() -> None:
    shop, order = bought(3)
    numbers = [send(shop, order, 1, request_key=key).fulfillment_order for key in ("form 1", "form 2")]
    assert numbers == [1, 2]


def test_without_a_key_each_request_counts() -> None:
    shop, order = bought(3)
    assert [send(shop, order, 1, request_key=key).fulfillment_order for key in (None, "", None)] == [1, 2, 3]


def test_a_refund_requested_twice_is_sent_back_once() -> None:
    _, order = bought(3)
    for _ in range(2):
        item = refund(order, "5.00", request_key="form 1")
    item.refresh_from_db()
    assert (item.refunded_value, event_types(order).count("ORDER_REFUNDED")) == (Decimal("5.00"), 1)


def test_a_refund_that_no_gateway_took_may_be_requested_again_with_its_key() -> None:
    _, order = bought(3)
    TransactionItem.objects.update(app_identifier="gone")
    with pytest.raises(OperationError):
        refund(order, "5.00", request_key="form 1")
    TransactionItem.objects.update(app_identifier=checkout_flow.DUMMY)
    assert refund(order, "5.00", request_key="form 1").refunded_value == Decimal("5.00")


def test_a_note_requested_twice_is_written_once() -> None:
    _, order = bought()
    notes = [
        staff_operations.add_note(order_id=order.pk, message="Called", request_key="form 1")[1]
        for _ in range(2)
    ]
    assert (notes[0], order.events.filter(type="NOTE_ADDED").count()) == (notes[1], 1)


def test_a_refused_request_may_be_corrected_with_the_same_key() -> None:
    shop, order = bought(2)
    with pytest.raises(OperationError):
        send(shop, order, 3, request_key="form 1")
    assert send(shop, order, 2, request_key="form 1").lines.get().quantity == 2


def test_a_key_is_good_for_one_operation_on_one_order() -> None:
    shop, order = bought(2)
    send(shop, order, 1, request_key="form 1")
    with pytest.raises(OperationError, match="used for something else"):
        staff_operations.add_note(order_id=order.pk, message="Called", request_key="form 1")
    other = checkout_flow.place_order(shop, (shop.variants["CUP"], 2))
    with pytest.raises(OperationError, match="used for something else"):
        send(shop, other, 1, request_key="form 1")
    assert (other.fulfillments.count(), order.events.filter(type="NOTE_ADDED").count()) == (0, 0)


def test_the_database_refuses_a_second_use_for_another_row() -> None:
    request_keys.record("form 1", operation="fulfill", target=1)
    with pytest.raises(OperationError, match="used for something else"):
        request_keys.record("form 1", operation="fulfill", target=2)
    assert RequestKey.objects.count() == 1


def test_a_key_that_is_too_long_is_refused() -> None:
    _, order = bought()
    with pytest.raises(OperationError, match="128"):
        staff_operations.add_note(order_id=order.pk, message="Called", request_key="x" * 129)
    assert staff_operations.add_note(order_id=order.pk, message="Called", request_key="x" * 128)


@pytest.mark.django_db(transaction=True)
def test_keys_are_deleted_after_thirty_days() -> None:
    for name, days in (("old", 31), ("new", 29)):
        RequestKey.objects.create(
            key=name, operation="fulfill", created_at=timezone.now() - timedelta(days=days)
        )
    assert (request_keys.prune(), RequestKey.objects.get().key) == (1, "new")


def test_a_parcel_canceled_twice_goes_back_once() -> None:
    shop, order = bought(3)
    parcel = send(shop, order, 2)
    for _ in range(2):
        fulfillments.cancel(fulfillment_id=parcel.pk, warehouse_id=shop.warehouse.pk, request_key="form 1")
    assert checkout_flow.stock_quantities(shop.variants["CUP"])[0] == 10
    assert order.events.filter(type="FULFILLMENT_CANCELED").count() == 1


def test_a_parcel_is_delivered_once_and_stands_in_the_history() -> None:
    shop, order = bought(3)
    parcel = send(shop, order, 3)
    noon, later = datetime(2026, 11, 27, 12, tzinfo=UTC), datetime(2026, 11, 28, 12, tzinfo=UTC)
    fulfillments.mark_delivered(fulfillment_id=parcel.pk, at=noon, request_key="form 1")
    fulfillments.mark_delivered(fulfillment_id=parcel.pk, at=later, request_key="form 1")
    with pytest.raises(OperationError, match="not on its way"):
        fulfillments.mark_delivered(fulfillment_id=parcel.pk, at=later, request_key="form 2")
    parcel.refresh_from_db()
    assert parcel.metadata["delivered_at"] == "2026-11-27T12:00:00+00:00"
    [event] = order.events.filter(type="OTHER")
    assert event.parameters["message"] == f"Parcel {order.number}-1 was delivered."


def test_an_order_is_marked_as_paid_once_with_one_form() -> None:
    _, order = bought(1)
    TransactionItem.objects.all().delete()
    for _ in range(2):
        staff_operations.mark_as_paid(order_id=order.pk, request_key="form 1")
    assert TransactionItem.objects.filter(order_id=order.pk).count() == 1
    with pytest.raises(OperationError):
        staff_operations.mark_as_paid(order_id=order.pk, request_key="form 2")


def test_an_order_is_confirmed_once_with_one_form() -> None:
    _, order = bought(1)
    order.events.all().delete()
    type(order).objects.update(status="UNCONFIRMED")
    for _ in range(2):
        staff_operations.confirm(order_id=order.pk, request_key="form 1")
    assert order.events.filter(type="CONFIRMED").count() == 1


def test_a_used_key_is_known() -> None:
    _, order = bought(1)
    staff_operations.add_note(order_id=order.pk, message="Called", request_key="form 1")
    assert [request_keys.was_used(key) for key in ("form 1", "form 2", "")] == [True, False, False]
