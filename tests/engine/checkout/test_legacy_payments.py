"""Paying in Saleor's older way, orders that apps make of baskets, and buying the same again."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.catalog.models import ProductChannelListing
from store.engine.checkout import complete, legacy_payments, reorder
from store.engine.checkout.complete import Wish, fulfil_wish
from store.engine.checkout.models import Checkout
from store.engine.errors import Refusal
from store.engine.orders import legacy_payments as order_classic
from store.engine.orders.models import Order
from store.engine.payments.legacy_payments import GATEWAY
from store.engine.payments.models import Payment
from store.engine.stock.models import Stock
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db


def basket() -> Any:
    shop = checkout_flow.open_shop()
    return checkout_flow.ready(shop, (shop.variant("CUP", price="29.00"), 1))


def paid_order(token: str = "") -> Order:
    checkout = basket()
    legacy_payments.pay(checkout_id=checkout.pk, gateway=GATEWAY, token=token)
    return complete.complete(checkout_id=checkout.pk)


def test_an_older_payment_is_carried_out_at_completion() -> None:
    order = paid_order()
    payment = Payment.objects.get()
    assert (order.charge_status, order.status) == ("FULL", "UNFULFILLED")
    assert (payment.order_id, payment.charge_status) == (order.pk, "FULLY_CHARGED")
    assert [step.kind for step in payment.steps.all()] == ["AUTH", "CAPTURE"]


def test_a_payment_that_was_only_authorized_can_be_captured() -> None:
    order = paid_order("not-charged")
    assert (order.charge_status, order.authorize_status) == ("NONE", "FULL")
    assert order_classic.capture(order_id=order.pk, amount=Decimal("36.79")).charge_status == "FULL"


def test_or_voided_once() -> None:
    order = paid_order("not-charged")
    assert order_classic.void(order_id=order.pk).authorize_status == "NONE"
    with pytest.raises(Refusal) as refused:
        order_classic.void(order_id=order.pk)
    assert refused.value.code == "VOID_INACTIVE_PAYMENT"


def test_no_more_than_was_captured_is_refunded() -> None:
    order = paid_order()
    with pytest.raises(Refusal) as refused:
        order_classic.refund(order_id=order.pk, amount=Decimal("99.00"))
    assert (refused.value.code, Payment.objects.get().captured_amount) == ("CANNOT_REFUND", Decimal("36.79"))


def test_a_part_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        legacy_payments.pay(checkout_id=basket().pk, gateway=GATEWAY, amount=Decimal(1))
    assert (refused.value.code, Payment.objects.count()) == ("PARTIAL_PAYMENT_NOT_ALLOWED", 0)


def test_the_older_gateway_is_shut_in_production(settings: Any) -> None:
    settings.DUMMY_PAYMENTS = False
    with pytest.raises(Refusal) as refused:
        legacy_payments.pay(checkout_id=basket().pk, gateway=GATEWAY)
    assert refused.value.code == "NOT_SUPPORTED_GATEWAY"


def test_an_app_makes_an_order_of_an_unpaid_basket() -> None:
    order = fulfil_wish(basket().pk, Wish(metadata={"from": "market"}, unpaid=True))
    assert (order.charge_status, order.metadata) == ("NONE", {"from": "market"})
    assert not Checkout.objects.exists()


def test_a_basket_that_is_kept_still_makes_but_one_order() -> None:
    checkout = basket()
    first = fulfil_wish(checkout.pk, Wish(unpaid=True, keep_basket=True))
    second = fulfil_wish(checkout.pk, Wish(unpaid=True, keep_basket=True))
    kept = Checkout.objects.get()
    assert (first.pk, Order.objects.count()) == (second.pk, 1)
    assert kept.shipping_address_id != first.shipping_address_id


def test_the_same_goods_make_a_new_basket() -> None:
    order = paid_order()
    made, unavailable = reorder.from_order(order_id=order.pk, user=None)
    assert ([line.quantity for line in made.lines.all()], unavailable) == ([1], [])


def test_what_can_not_be_had_again_is_named() -> None:
    order = paid_order()
    Stock.objects.update(quantity=0)
    made, (gone,) = reorder.from_order(order_id=order.pk, user=None)
    assert (gone.code, made.lines.count()) == ("INSUFFICIENT_STOCK", 0)
    ProductChannelListing.objects.update(is_published=False)
    assert reorder.from_order(order_id=order.pk, user=None)[1][0].code == "PRODUCT_NOT_PUBLISHED"
