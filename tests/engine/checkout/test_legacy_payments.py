"""Legacy payments, orders that apps create from checkouts, and reordering."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.catalog.models import ProductChannelListing
from store.engine.checkout import complete, legacy_payments, reorder
from store.engine.checkout.complete import CompletionOptions, complete_with_options
from store.engine.checkout.models import Checkout
from store.engine.errors import OperationError
from store.engine.orders import legacy_payments as order_legacy_payments
from store.engine.orders.models import Order
from store.engine.payments.legacy_payments import GATEWAY
from store.engine.payments.models import Payment
from store.engine.stock.models import Stock
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db


def ready_checkout() -> Any:
    shop = checkout_flow.create_shop()
    return checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), 1))


def paid_order(token: str = "") -> Order:
    checkout = ready_checkout()
    legacy_payments.pay(checkout_id=checkout.pk, gateway=GATEWAY, token=token)
    return complete.complete(checkout_id=checkout.pk)


def test_a_legacy_payment_is_processed_at_completion() -> None:
    order = paid_order()
    payment = Payment.objects.get()
    assert (order.charge_status, order.status) == ("FULL", "UNFULFILLED")
    assert (payment.order_id, payment.charge_status) == (order.pk, "FULLY_CHARGED")
    assert [step.kind for step in payment.steps.all()] == ["AUTH", "CAPTURE"]


def test_a_payment_that_was_only_authorized_can_be_captured() -> None:
    order = paid_order("not-charged")
    assert (order.charge_status, order.authorize_status) == ("NONE", "FULL")
    assert order_legacy_payments.capture(order_id=order.pk, amount=Decimal("36.79")).charge_status == "FULL"


def test_or_voided_once() -> None:
    order = paid_order("not-charged")
    assert order_legacy_payments.void(order_id=order.pk).authorize_status == "NONE"
    with pytest.raises(OperationError) as refused:
        order_legacy_payments.void(order_id=order.pk)
    assert refused.value.code == "VOID_INACTIVE_PAYMENT"


def test_no_more_than_was_captured_is_refunded() -> None:
    order = paid_order()
    with pytest.raises(OperationError) as refused:
        order_legacy_payments.refund(order_id=order.pk, amount=Decimal("99.00"))
    assert (refused.value.code, Payment.objects.get().captured_amount) == ("CANNOT_REFUND", Decimal("36.79"))


def test_a_part_is_refused() -> None:
    with pytest.raises(OperationError) as refused:
        legacy_payments.pay(checkout_id=ready_checkout().pk, gateway=GATEWAY, amount=Decimal(1))
    assert (refused.value.code, Payment.objects.count()) == ("PARTIAL_PAYMENT_NOT_ALLOWED", 0)


def test_the_legacy_gateway_is_disabled_in_production(settings: Any) -> None:
    settings.DUMMY_PAYMENTS = False
    with pytest.raises(OperationError) as refused:
        legacy_payments.pay(checkout_id=ready_checkout().pk, gateway=GATEWAY)
    assert refused.value.code == "NOT_SUPPORTED_GATEWAY"


def test_an_app_creates_an_order_from_an_unpaid_checkout() -> None:
    order = complete_with_options(
        ready_checkout().pk, CompletionOptions(metadata={"from": "market"}, allow_unpaid=True)
    )
    assert (order.charge_status, order.metadata) == ("NONE", {"from": "market"})
    assert not Checkout.objects.exists()


def test_a_checkout_kept_after_completion_makes_only_one_order() -> None:
    checkout = ready_checkout()
    first = complete_with_options(checkout.pk, CompletionOptions(allow_unpaid=True, keep_checkout=True))
    second = complete_with_options(checkout.pk, CompletionOptions(allow_unpaid=True, keep_checkout=True))
    remaining = Checkout.objects.get()
    assert (first.pk, Order.objects.count()) == (second.pk, 1)
    assert remaining.shipping_address_id != first.shipping_address_id


def test_reordering_creates_a_new_checkout() -> None:
    order = paid_order()
    loaded, unavailable = reorder.from_order(order_id=order.pk, user=None)
    assert ([line.quantity for line in loaded.lines], unavailable) == ([1], [])


def test_reordering_names_unavailable_lines() -> None:
    order = paid_order()
    Stock.objects.update(quantity=0)
    loaded, (unavailable,) = reorder.from_order(order_id=order.pk, user=None)
    assert (unavailable.code, loaded.lines) == ("INSUFFICIENT_STOCK", [])
    ProductChannelListing.objects.update(is_published=False)
    assert reorder.from_order(order_id=order.pk, user=None)[1][0].code == "PRODUCT_NOT_PUBLISHED"


def test_a_checkout_paid_by_a_transaction_takes_no_older_payment() -> None:
    checkout = ready_checkout()
    checkout_flow.pay(checkout, amount=Decimal(1))
    with pytest.raises(OperationError) as refused:
        legacy_payments.pay(checkout_id=checkout.pk, gateway=GATEWAY)
    assert (refused.value.code, Payment.objects.count()) == ("CHECKOUT_HAS_TRANSACTION", 0)


def test_a_payment_of_the_whole_total_is_stored_with_what_was_given() -> None:
    checkout = ready_checkout()
    loaded, payment = legacy_payments.pay(
        checkout_id=checkout.pk,
        gateway=GATEWAY,
        token="t",
        amount=Decimal("36.790"),
        return_url="https://shop.example",
        metadata={"a": "1"},
    )
    assert (loaded.checkout, Payment.objects.get()) == (checkout, payment)
    assert (payment.total, payment.currency, payment.token) == (Decimal("36.79"), "USD", "t")
    assert (payment.return_url, payment.metadata) == ("https://shop.example", {"a": "1"})
