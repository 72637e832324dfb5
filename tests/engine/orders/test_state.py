"""What the guards of orders ask of the state: a refund before sending, and approval."""

from decimal import Decimal

import pytest

from store.engine.channels import shop_settings
from store.engine.checkout import complete, payment
from store.engine.errors import OperationError
from store.engine.orders import fulfillments, granted_refunds, returns, staff_operations, state
from store.engine.orders.models import Fulfillment, Order
from store.engine.payments.models import TransactionItem
from store.saleor.order_state import Action
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop
from tests.engine.orders.order_flow import bought, refund, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paid_orders_only(db: None) -> None:
    shop_settings.update(changes={"fulfillment_allow_unpaid": False})


def unpaid() -> tuple[Shop, Order]:
    shop = checkout_flow.create_shop()
    shop.channel.allow_unpaid_orders = True
    shop.channel.save()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    return shop, complete.complete(checkout_id=checkout.pk)


def test_an_order_is_sent_after_a_goodwill_refund() -> None:
    shop, order = bought(2)
    refund(order, "5.00")
    assert list(state.waiting_for_parcel()) == [order]
    assert send(shop, order, 2).status == Fulfillment.Status.FULFILLED
    assert not state.waiting_for_parcel().exists()


def test_an_order_refunded_in_full_is_not_sent() -> None:
    shop, order = bought(2)
    refund(order, "68.25")
    with pytest.raises(OperationError) as refused:
        send(shop, order, 2)
    assert (refused.value.code, order.fulfillments.count()) == ("CANNOT_FULFILL_UNPAID_ORDER", 0)
    assert not state.waiting_for_parcel().exists()


def test_a_granted_refund_lowers_what_is_owed() -> None:
    _, order = unpaid()
    granted_refunds.grant(order_id=order.pk, amount=Decimal("36.79"))
    found = state.state_of(order)
    assert (found.settled, found.due) == (True, 0)


def test_what_was_granted_counts_in_the_queue_too() -> None:
    _, order = unpaid()
    payment.create(order_id=order.pk, charged=Decimal("20.00"))
    granted_refunds.grant(order_id=order.pk, amount=Decimal("16.78"))
    assert not state.waiting_for_parcel().exists()
    granted_refunds.grant(order_id=order.pk, amount=Decimal("0.01"))
    assert list(state.waiting_for_parcel()) == [order]
    order.refresh_from_db()
    assert state.state_of(order).waits_for_parcel


def test_a_parcel_of_an_unpaid_order_is_not_approved() -> None:
    shop, order = unpaid()
    shop_settings.update(changes={"fulfillment_auto_approve": False})
    parcel = send(shop, order, 1)
    with pytest.raises(OperationError) as refused:
        fulfillments.approve(fulfillment_id=parcel.pk)
    assert (refused.value.code, checkout_flow.stock_quantities(shop.variants["CUP"])[0]) == (
        "CANNOT_FULFILL_UNPAID_ORDER",
        10,
    )
    staff_operations.mark_as_paid(order_id=order.pk)
    assert fulfillments.approve(fulfillment_id=parcel.pk).status == Fulfillment.Status.FULFILLED


def test_the_shop_may_send_unpaid_orders() -> None:
    _, order = unpaid()
    staff_operations.confirm(order_id=order.pk)
    assert not state.waiting_for_parcel().exists()
    shop_settings.update(changes={"fulfillment_allow_unpaid": True})
    assert list(state.waiting_for_parcel()) == [order]


def test_an_arrival_that_is_no_time_counts_as_none() -> None:
    shop, order = bought(1)
    parcel = send(shop, order, 1)
    for written, arrived in (("yesterday", False), ("2026-13-01", False), ("2026-11-28T10:00:00", True)):
        Fulfillment.objects.filter(pk=parcel.pk).update(metadata={"delivered_at": written})
        order.refresh_from_db()
        assert bool(state.state_of(order).parcels[0].delivered_at) is arrived


def test_orders_that_wait_for_payment_are_those_that_may_be_marked_as_paid() -> None:
    shop, open_order = unpaid()
    paid = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    goodwill = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    refund(goodwill, "5.00")
    granted = complete.complete(
        checkout_id=checkout_flow.checkout_ready_to_pay(shop, (shop.variants["CUP"], 1)).pk
    )
    granted_refunds.grant(order_id=granted.pk, amount=granted.total_gross_amount)
    canceled = complete.complete(
        checkout_id=checkout_flow.checkout_ready_to_pay(shop, (shop.variants["CUP"], 1)).pk
    )
    staff_operations.cancel(order_id=canceled.pk)
    assert list(state.waiting_for_payment()) == [open_order]
    for order in Order.objects.all():
        may_be_paid = Action.MARK_AS_PAID in state.state_of(order).actions
        assert may_be_paid is (order == open_order), order.number
    assert paid not in state.waiting_for_payment()


def test_an_order_that_lacks_half_a_dollar_waits_for_it() -> None:
    _, order = bought(1)
    shop_settings.update(changes={"fulfillment_allow_unpaid": False})
    assert list(state.waiting_for_parcel()) == [order]
    Order.objects.update(total_charged_amount=order.total_gross_amount - Decimal("0.50"))
    assert list(state.waiting_for_parcel()) == []


def test_an_order_without_pieces_waits_for_no_parcel() -> None:
    _, order = bought(1)
    order.lines.all().delete()
    assert list(state.waiting_for_parcel()) == []


def test_what_was_refunded_to_the_last_cent_waits_for_no_parcel_whatever_the_shop_sends_unpaid() -> None:
    _, order = bought(1)
    shop_settings.update(changes={"fulfillment_allow_unpaid": True})
    TransactionItem.objects.update(charged_value=0, refunded_value=Decimal("0.50"))
    Order.objects.update(total_charged_amount=0)
    assert list(state.waiting_for_parcel()) == []
    TransactionItem.objects.update(charged_value=Decimal("0.50"))
    Order.objects.update(total_charged_amount=Decimal("0.50"))
    assert list(state.waiting_for_parcel()) == [order]


def test_money_is_due_only_when_all_of_the_order_has_come_back() -> None:
    shop, order = bought(3)
    assert list(state.refund_due()) == []
    parcel = send(shop, order, 1)
    returns.return_products(
        order_id=order.pk, fulfillment_lines=[returns.ReturnLine(parcel.lines.get().pk, 1)]
    )
    assert list(state.refund_due()) == []
    returns.return_products(order_id=order.pk, order_lines=[returns.ReturnLine(order.lines.get().pk, 2)])
    assert list(state.refund_due()) == [order]
