"""Returns: what comes back, into stock or not, and for how much."""

from decimal import Decimal
from uuid import uuid4

import pytest

from store.engine.checkout import complete, legacy_payments
from store.engine.errors import NotFound, OperationError
from store.engine.orders import cancellation, fulfillments, granted_refunds, returns, state
from store.engine.orders.errors import OrderLineError
from store.engine.orders.models import Fulfillment, Order, OrderLine
from store.engine.orders.returns import ReturnLine
from store.engine.payments.legacy_payments import GATEWAY
from store.engine.payments.models import Payment, TransactionItem
from store.engine.stock.models import StockMovement
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop, stock_quantities
from tests.engine.orders.order_flow import bought, event_types, refund, send

pytestmark = pytest.mark.django_db


def sent(quantity: int = 3, *, price: str = "29.00") -> tuple[Shop, Order, Fulfillment]:
    shop, order = bought(quantity, price=price)
    return shop, order, send(shop, order, quantity)


def back(order: Order, parcel: Fulfillment, quantity: int, **options: object) -> Fulfillment:
    line = ReturnLine(parcel.lines.get().pk, quantity)
    return returns.return_products(order_id=order.pk, fulfillment_lines=[line], **options)[1]  # type: ignore[arg-type]


def test_a_return_with_restock_puts_the_pieces_back_with_a_movement() -> None:
    shop, order, parcel = sent(3)
    back(order, parcel, 2, restock_to=shop.warehouse.pk)
    assert stock_quantities(shop.variants["CUP"]) == (9, 0, 0)
    moved = StockMovement.objects.order_by("-pk")[0]
    assert (moved.reason, moved.quantity_change, moved.allocated_change) == ("returned", 2, 0)
    assert order.events.get(type="FULFILLMENT_RESTOCKED_ITEMS").parameters["quantity"] == 2


def test_a_return_without_restock_leaves_stock_as_it_is() -> None:
    shop, order, parcel = sent(3)
    back(order, parcel, 2)
    assert stock_quantities(shop.variants["CUP"]) == (7, 0, 0)
    assert not order.events.filter(type="FULFILLMENT_RESTOCKED_ITEMS").exists()


def test_a_return_sent_twice_is_stored_once() -> None:
    shop, order, parcel = sent(3)
    line = ReturnLine(parcel.lines.get().pk, 1)
    made = [
        returns.return_products(
            order_id=order.pk,
            fulfillment_lines=[line],
            refund=True,
            restock_to=shop.warehouse.pk,
            request_key="form 1",
        )[1]
        for _ in range(2)
    ]
    assert (made[0], stock_quantities(shop.variants["CUP"])[0]) == (made[1], 8)
    assert TransactionItem.objects.get().refunded_value == Decimal("31.47")


def test_an_unknown_warehouse_is_refused_and_nothing_comes_back() -> None:
    _, order, parcel = sent(3)
    with pytest.raises(NotFound):
        back(order, parcel, 1, restock_to=uuid4())
    assert (parcel.lines.get().quantity, order.fulfillments.count()) == (3, 1)


def test_pieces_that_never_left_are_free_again_and_not_counted_twice() -> None:
    shop, order = bought(3)
    line = ReturnLine(order.lines.get().pk, 2)
    order, _ = returns.return_products(order_id=order.pk, order_lines=[line], restock_to=shop.warehouse.pk)
    assert stock_quantities(shop.variants["CUP"]) == (10, 1, 1)
    assert order.lines.get().quantity_fulfilled == 2


def test_all_that_never_left_may_come_back() -> None:
    shop, order = bought(3)
    order, _ = returns.return_products(order_id=order.pk, order_lines=[ReturnLine(order.lines.get().pk, 3)])
    assert (order.status, stock_quantities(shop.variants["CUP"])) == ("RETURNED", (10, 0, 0))


def test_of_a_canceled_parcel_nothing_comes_back() -> None:
    shop, order, parcel = sent(3)
    fulfillments.cancel(fulfillment_id=parcel.pk, warehouse_id=shop.warehouse.pk)
    with pytest.raises(OperationError, match="greater than the quantity that was sent"):
        back(order, parcel, 1, restock_to=shop.warehouse.pk)
    assert stock_quantities(shop.variants["CUP"]) == (10, 3, 3)


def test_a_parcel_canceled_after_a_return_brings_back_only_the_rest() -> None:
    shop, order, parcel = sent(3)
    back(order, parcel, 1, restock_to=shop.warehouse.pk)
    fulfillments.cancel(fulfillment_id=parcel.pk, warehouse_id=shop.warehouse.pk)
    assert stock_quantities(shop.variants["CUP"]) == (10, 2, 2)


@pytest.mark.parametrize("quantity", [0, -1, 4])
def test_a_wrong_quantity_is_refused(quantity: int) -> None:
    shop, order, parcel = sent(3)
    with pytest.raises(OperationError):
        back(order, parcel, quantity, restock_to=shop.warehouse.pk)
    unsent = checkout_flow.place_order(shop, (shop.variants["CUP"], 3))
    with pytest.raises(OrderLineError):
        returns.return_products(order_id=unsent.pk, order_lines=[ReturnLine(unsent.lines.get().pk, quantity)])
    assert (parcel.lines.get().quantity, unsent.lines.get().quantity_fulfilled) == (3, 0)


def test_the_same_piece_twice_in_one_return_is_refused() -> None:
    _, order, parcel = sent(1)
    line = ReturnLine(parcel.lines.get().pk, 1)
    with pytest.raises(OperationError):
        returns.return_products(order_id=order.pk, fulfillment_lines=[line, line])
    assert parcel.lines.get().quantity == 1


def test_a_parcel_of_another_order_is_refused() -> None:
    shop, order, _ = sent(1)
    other = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    with pytest.raises(OperationError):
        back(order, send(shop, other, 1), 1)


def test_nothing_and_a_replacement_are_refused() -> None:
    _, order, parcel = sent(1)
    with pytest.raises(OperationError, match="Say what comes back"):
        returns.return_products(order_id=order.pk)
    with pytest.raises(OperationError, match="Replacement"):
        returns.return_products(
            order_id=order.pk, fulfillment_lines=[ReturnLine(parcel.lines.get().pk, 1, replace=True)]
        )
    assert order.fulfillments.get() == parcel


def test_of_a_canceled_order_nothing_comes_back() -> None:
    _, order = bought(3)
    cancellation.cancel(order_id=order.pk)
    with pytest.raises(OperationError, match="Canceled"):
        returns.return_products(order_id=order.pk, order_lines=[ReturnLine(order.lines.get().pk, 1)])
    order.refresh_from_db()
    assert (order.status, order.lines.get().quantity_fulfilled) == ("CANCELED", 0)


def test_returns_one_by_one_give_back_what_was_paid_to_the_cent() -> None:
    _, order, parcel = sent(3, price="3.33")
    line = order.lines.get()
    amounts = [back(order, parcel, 1, refund=True).total_refund_amount for _ in range(3)]
    assert (amounts, line.total_price_gross_amount) == (
        [Decimal("3.61"), Decimal("3.62"), Decimal("3.61")],
        Decimal("10.84"),
    )


def test_shipping_is_given_back_once() -> None:
    _, order, parcel = sent(3)
    first = back(order, parcel, 1, refund=True, include_shipping=True)
    assert (first.total_refund_amount, first.shipping_refund_amount) == (Decimal("36.79"), Decimal("5.32"))
    with pytest.raises(OperationError, match="delivery cost was given back"):
        back(order, parcel, 1, refund=True, include_shipping=True)
    with pytest.raises(OperationError) as refused:
        granted_refunds.grant(order_id=order.pk, include_shipping=True)
    assert refused.value.code == "SHIPPING_COSTS_ALREADY_GRANTED"
    assert back(order, parcel, 1, refund=True).shipping_refund_amount == 0


def test_more_than_is_left_is_refused_and_the_return_is_not_stored() -> None:
    _, order, parcel = sent(1)
    refund(order, "10.00")
    with pytest.raises(OperationError, match="without a refund"):
        back(order, parcel, 1, refund=True, include_shipping=True)
    assert (TransactionItem.objects.get().refunded_value, order.fulfillments.count()) == (10, 1)


def test_a_refund_that_the_gateway_refuses_is_no_refund() -> None:
    _, order, parcel = sent(1)
    TransactionItem.objects.update(app_identifier="gone")
    with pytest.raises(OperationError) as refused:
        back(order, parcel, 1, refund=True)
    assert (refused.value.code, order.fulfillments.get().status) == ("CANNOT_REFUND", "FULFILLED")


def test_a_return_is_refunded_from_a_legacy_payment() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), 1))
    legacy_payments.pay(checkout_id=checkout.pk, gateway=GATEWAY, token="")
    order = complete.complete(checkout_id=checkout.pk)
    back(order, send(shop, order, 1), 1, refund=True, include_shipping=True)
    assert (Payment.objects.get().captured_amount, event_types(order).count("ORDER_FULLY_REFUNDED")) == (0, 1)


def test_money_of_returned_pieces_is_due_until_it_is_refunded() -> None:
    _, order, parcel = sent(1)
    back(order, parcel, 1)
    assert list(state.refund_due()) == [order]
    refund(order, "36.79")
    assert not state.refund_due().exists()


def test_a_return_with_refund_closes_the_order() -> None:
    _, order, parcel = sent(2)
    returned = back(order, parcel, 2, refund=True, include_shipping=True)
    order.refresh_from_db()
    item = TransactionItem.objects.get()
    assert (order.status, returned.status) == ("RETURNED", "REFUNDED_AND_RETURNED")
    assert (str(item.charged_value), str(item.refunded_value)) == ("0.000", "68.250")


def test_a_return_of_a_part() -> None:
    _, order, parcel = sent(3)
    assert back(order, parcel, 1).status == "RETURNED"
    order.refresh_from_db()
    assert order.status == "PARTIALLY_RETURNED"


def test_what_left_the_catalog_comes_back_without_stock() -> None:
    shop, order = bought(3)
    parcel = send(shop, order, 2)
    OrderLine.objects.update(variant=None)
    before = stock_quantities(shop.variants["CUP"])
    back(order, parcel, 1, restock_to=shop.warehouse.pk)
    returns.return_products(order_id=order.pk, order_lines=[ReturnLine(order.lines.get().pk, 1)])
    assert stock_quantities(shop.variants["CUP"]) == before
    assert OrderLine.objects.get().quantity_fulfilled == 3
