"""Money without an order: the merchant's list, with what can be done."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from store.engine.checkout import complete, paid_checkouts
from store.engine.checkout.models import Checkout
from store.engine.errors import NotFound, OperationError
from store.engine.orders.models import Order
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.engine.stock.errors import InsufficientStock
from store.engine.stock.models import Stock
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db
TOTAL = Decimal("36.79")


@pytest.fixture
def paid(shop: Shop) -> Checkout:
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    checkout_flow.pay(checkout)
    return checkout


def refuse(paid: Checkout) -> None:
    Stock.objects.update(quantity=0)
    with pytest.raises(InsufficientStock):
        complete.complete(checkout_id=paid.pk)


def test_a_paid_checkout_that_was_refused_is_listed_with_amount_reason_and_time(paid: Checkout) -> None:
    refuse(paid)
    [listed] = paid_checkouts.paid_checkouts_without_order()
    assert (listed.checkout_id, listed.email, listed.currency) == (paid.pk, "ada@example.com", "USD")
    assert (listed.charged, listed.authorized) == (TOTAL, 0)
    assert listed.reason == "Paid, but no order: Insufficient stock: CUP (0 of 1)"
    assert listed.since == TransactionItem.objects.get().created_at


def test_every_refusal_is_listed_not_only_of_stock(shop: Shop, paid: Checkout) -> None:
    shop.channel.is_active = False
    shop.channel.save()
    with pytest.raises(OperationError):
        complete.complete(checkout_id=paid.pk)
    [listed] = paid_checkouts.paid_checkouts_without_order()
    assert listed.reason == "Paid, but no order: Cannot complete checkout with inactive channel."


def test_a_checkout_whose_customer_left_after_paying_is_listed_after_a_while(paid: Checkout) -> None:
    assert paid_checkouts.paid_checkouts_without_order() == []
    Checkout.objects.update(last_change=timezone.now() - timedelta(minutes=16))
    [listed] = paid_checkouts.paid_checkouts_without_order()
    assert listed.reason == paid_checkouts.NOT_FINISHED


def test_unpaid_checkouts_and_completed_ones_are_not_listed(shop: Shop, paid: Checkout) -> None:
    checkout_flow.checkout_ready_to_pay(shop, (shop.variants["CUP"], 1))
    complete.complete(checkout_id=paid.pk)
    Checkout.objects.update(last_change=timezone.now() - timedelta(days=1), completion_problem="x")
    assert paid_checkouts.paid_checkouts_without_order() == []


def test_a_refused_checkout_without_money_is_not_marked(shop: Shop) -> None:
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    with pytest.raises(OperationError):
        complete.complete(checkout_id=checkout.pk)
    assert Checkout.objects.get().completion_problem == ""


def test_the_merchant_completes_it_when_stock_has_come_in(paid: Checkout) -> None:
    refuse(paid)
    Stock.objects.update(quantity=1)
    order = paid_checkouts.complete(checkout_id=paid.pk)
    assert (order.is_paid, Checkout.objects.count()) == (True, 0)
    assert paid_checkouts.paid_checkouts_without_order() == []


def test_the_merchant_sends_the_money_back(paid: Checkout) -> None:
    refuse(paid)
    paid_checkouts.refund(checkout_id=paid.pk)
    item = TransactionItem.objects.get()
    assert (item.charged_value, item.refunded_value) == (0, TOTAL)
    assert paid_checkouts.paid_checkouts_without_order() == []
    assert Checkout.objects.get().completion_problem == paid_checkouts.REFUND_REQUESTED
    Stock.objects.update(quantity=1)
    with pytest.raises(OperationError) as refused:
        complete.complete(checkout_id=paid.pk)
    assert (refused.value.code, Order.objects.count()) == ("CHECKOUT_NOT_FULLY_PAID", 0)


def test_an_authorization_is_canceled(shop: Shop) -> None:
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    checkout_flow.payment.initialize(
        gateway_id=checkout_flow.DUMMY,
        data={"event": {"type": "AUTHORIZATION_SUCCESS"}},
        checkout_id=checkout.pk,
    )
    paid_checkouts.refund(checkout_id=checkout.pk)
    item = TransactionItem.objects.get()
    assert (item.authorized_value, item.canceled_value) == (0, TOTAL)


def test_a_checkout_that_became_an_order_meanwhile_is_not_refunded(paid: Checkout) -> None:
    complete.complete(checkout_id=paid.pk)
    with pytest.raises(NotFound):
        paid_checkouts.refund(checkout_id=paid.pk)
    assert TransactionItem.objects.get().refunded_value == 0


def test_one_payment_that_is_refused_does_not_keep_the_others(paid: Checkout) -> None:
    kept = TransactionItem.objects.get()
    TransactionItem.objects.update(app_identifier="gone")
    other = TransactionItem.objects.create(
        checkout_id=paid.pk, currency="USD", charged_value=5, app_identifier=checkout_flow.DUMMY
    )
    TransactionEvent.objects.create(
        transaction=other, type="CHARGE_SUCCESS", psp_reference="c", amount_value=5, currency="USD"
    )
    with pytest.raises(OperationError) as refused:
        paid_checkouts.refund(checkout_id=paid.pk)
    assert refused.value.code == "MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK"
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.charged_value, other.charged_value, other.refunded_value) == (TOTAL, 0, 5)
    assert [one.charged for one in paid_checkouts.paid_checkouts_without_order()] == [TOTAL]


@pytest.mark.parametrize("column", ["charged_value", "authorized_value"])
def test_a_refund_returns_what_was_asked_and_counts_cents(paid: Checkout, column: str) -> None:
    TransactionItem.objects.update(
        **({"charged_value": 0, "authorized_value": 0} | {column: Decimal("0.50")})
    )
    (item,) = paid_checkouts.refund(checkout_id=paid.pk)
    item.refresh_from_db()
    sent = item.refunded_value if column == "charged_value" else item.canceled_value
    assert sent == Decimal("0.50")
    assert Checkout.objects.get().completion_problem == paid_checkouts.REFUND_REQUESTED


def test_a_refund_marks_the_checkout_also_when_nothing_is_there_to_send_back(paid: Checkout) -> None:
    TransactionItem.objects.update(charged_value=0)
    assert paid_checkouts.refund(checkout_id=paid.pk) == []
    assert Checkout.objects.get().completion_problem == paid_checkouts.REFUND_REQUESTED


def test_a_form_sent_twice_asks_once_and_a_form_without_a_key_may_be_sent_again(paid: Checkout) -> None:
    for _ in range(2):
        paid_checkouts.refund(checkout_id=paid.pk, request_key="form 1")
    assert TransactionEvent.objects.filter(type="REFUND_REQUEST").count() == 1
    TransactionItem.objects.update(charged_value=Decimal(1))
    for _ in range(2):
        TransactionItem.objects.update(charged_value=Decimal(1))
        paid_checkouts.refund(checkout_id=paid.pk)
    assert TransactionEvent.objects.filter(type="REFUND_REQUEST").count() == 3
