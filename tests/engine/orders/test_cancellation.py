"""Canceling an order, and sending its money back in the same walk."""

from decimal import Decimal

import pytest

from store.engine.errors import OperationError
from store.engine.orders import cancellation, state
from store.engine.orders.models import Order, RequestKey
from store.engine.payments.models import TransactionItem
from tests.engine.checkout_flow import DUMMY, stock_quantities
from tests.engine.orders.order_flow import bought, event_types, refund, send

pytestmark = pytest.mark.django_db
TOTAL = Decimal("68.25")


def refunded(order: Order) -> Decimal:
    return state.state_of(order).refunded


def test_canceling_refunds_in_the_same_walk() -> None:
    shop, order = bought(2)
    done = cancellation.cancel(order_id=order.pk, refund=TOTAL, reason="Changed her mind")
    assert (done.order.status, done.refunded, done.problem) == ("CANCELED", TOTAL, None)
    assert (refunded(order), stock_quantities(shop.variants["CUP"])) == (TOTAL, (10, 0, 0))
    assert event_types(order).count("ORDER_FULLY_REFUNDED") == 1
    assert order.events.get(type="TRANSACTION_REFUND_REQUESTED").parameters["amount"] == "68.25"
    assert not state.refund_due().exists()


def test_canceling_without_a_refund_leaves_the_money_on_the_list() -> None:
    _, order = bought(2)
    done = cancellation.cancel(order_id=order.pk)
    assert (done.refunded, refunded(order), list(state.refund_due())) == (0, 0, [order])


def test_a_part_may_be_refunded() -> None:
    _, order = bought(2)
    cancellation.cancel(order_id=order.pk, refund=Decimal("60.00"))
    order.refresh_from_db()
    assert (refunded(order), state.state_of(order).refund_due) == (Decimal("60.00"), Decimal("8.25"))
    assert list(state.refund_due()) == [order]


def test_a_refund_that_fails_leaves_the_order_canceled_and_the_money_due() -> None:
    _, order = bought(2)
    TransactionItem.objects.update(app_identifier="gone")
    done = cancellation.cancel(order_id=order.pk, refund=TOTAL, request_key="form 1")
    assert done.problem is not None
    assert "68.25 USD could not be sent back" in done.problem.message
    assert (done.order.status, done.refunded, list(state.refund_due())) == ("CANCELED", 0, [order])
    assert not order.events.filter(type="TRANSACTION_REFUND_REQUESTED").exists()
    TransactionItem.objects.update(app_identifier=DUMMY)
    again = cancellation.cancel(order_id=order.pk, refund=TOTAL, request_key="form 1")
    assert (again.problem, again.refunded, refunded(order)) == (None, TOTAL, TOTAL)


@pytest.mark.parametrize("amount", ["0", "-1", "68.26"])
def test_a_wrong_amount_is_refused_and_nothing_is_canceled(amount: str) -> None:
    _, order = bought(2)
    with pytest.raises(OperationError) as refused:
        cancellation.cancel(order_id=order.pk, refund=Decimal(amount), request_key="form 1")
    order.refresh_from_db()
    assert (refused.value.field, order.status, refunded(order)) == ("amount", "UNFULFILLED", 0)


def test_what_went_back_before_is_not_refunded_again() -> None:
    _, order = bought(2)
    refund(order, "8.25")
    with pytest.raises(OperationError, match=r"at most 60\.00 USD"):
        cancellation.cancel(order_id=order.pk, refund=TOTAL)
    assert cancellation.cancel(order_id=order.pk, refund=Decimal(60)).problem is None
    assert refunded(order) == TOTAL


def test_a_form_sent_twice_cancels_and_refunds_once() -> None:
    _, order = bought(2)
    for _ in range(2):
        done = cancellation.cancel(order_id=order.pk, refund=Decimal("60.00"), request_key="form 1")
        assert (done.refunded, done.problem) == (Decimal("60.00"), None)
    assert (refunded(order), event_types(order).count("ORDER_CANCELLED")) == (Decimal("60.00"), 1)


def test_the_second_press_does_the_refund_that_the_first_did_not_get_to() -> None:
    _, order = bought(2)
    cancellation.cancel(order_id=order.pk, refund=TOTAL, request_key="form 1")
    TransactionItem.objects.get().events.filter(type="REFUND_SUCCESS").delete()
    TransactionItem.objects.update(charged_value=TOTAL, refunded_value=0)
    RequestKey.objects.filter(operation="cancel_refund").delete()  # as if the process had died in between
    assert cancellation.cancel(order_id=order.pk, refund=TOTAL, request_key="form 1").refunded == TOTAL


def test_an_order_that_can_not_be_canceled_keeps_its_money() -> None:
    shop, order = bought(2)
    send(shop, order, 1)
    with pytest.raises(OperationError) as refused:
        cancellation.cancel(order_id=order.pk, refund=TOTAL)
    assert (refused.value.code, refunded(order)) == ("CANNOT_CANCEL_ORDER", 0)
