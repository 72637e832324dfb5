"""Capturing, refunding and voiding the legacy payment of an order: amounts, states and what is recorded."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.checkout import complete
from store.engine.checkout import legacy_payments as checkout_payments
from store.engine.errors import NotFound, OperationError
from store.engine.orders import legacy_payments
from store.engine.orders.models import Order
from store.engine.payments.legacy_payments import GATEWAY
from store.engine.payments.models import Payment
from tests.engine import checkout_flow
from tests.engine.orders.order_flow import bought, event_types

pytestmark = pytest.mark.django_db


def order_with_payment(token: str = "not-charged") -> Order:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    checkout_payments.pay(checkout_id=checkout.pk, gateway=GATEWAY, token=token)
    return complete.complete(checkout_id=checkout.pk)


def new_events(order: Order, before: list[str]) -> list[str]:
    return event_types(order)[len(before) :]


def test_parts_are_captured_until_the_order_is_paid() -> None:
    order = order_with_payment()
    before = event_types(order)
    order = legacy_payments.capture(order_id=order.pk, amount=Decimal("0.79"))
    assert (order.charge_status, order.total_charged_amount) == ("PARTIAL", Decimal("0.79"))
    order = legacy_payments.capture(order_id=order.pk, amount=Decimal("36.00"))
    assert (order.charge_status, order.total_authorized_amount) == ("FULL", 0)
    assert new_events(order, before) == [
        *("ORDER_PAID", "ORDER_UPDATED"),
        *("ORDER_PAID", "ORDER_FULLY_PAID", "ORDER_UPDATED"),
    ]
    captured = order.events.filter(type="PAYMENT_CAPTURED").order_by("pk")
    assert [event.parameters["amount"] for event in captured] == ["0.79", "36.00"]


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_nothing_is_captured_by_an_amount_of_nothing(amount: str) -> None:
    order = order_with_payment()
    with pytest.raises(OperationError) as refused:
        legacy_payments.capture(order_id=order.pk, amount=Decimal(amount))
    assert (refused.value.field, refused.value.code) == ("amount", "ZERO_QUANTITY")
    assert Payment.objects.get().captured_amount == 0
    assert not order.events.filter(type="PAYMENT_CAPTURED").exists()


def test_parts_are_refunded_until_all_is_back() -> None:
    order = order_with_payment("charged")
    before = event_types(order)
    order = legacy_payments.refund(order_id=order.pk, amount=Decimal("6.79"))
    assert (order.charge_status, order.total_charged_amount) == ("PARTIAL", Decimal("30.00"))
    order = legacy_payments.refund(order_id=order.pk, amount=Decimal("30.00"))
    assert (order.charge_status, order.total_charged_amount) == ("NONE", 0)
    assert new_events(order, before) == [
        *("ORDER_REFUNDED", "ORDER_UPDATED"),
        *("ORDER_REFUNDED", "ORDER_FULLY_REFUNDED", "ORDER_UPDATED"),
    ]


def test_an_authorization_is_voided_and_the_order_says_so() -> None:
    order = order_with_payment()
    before = event_types(order)
    order = legacy_payments.void(order_id=order.pk)
    assert (order.authorize_status, order.total_authorized_amount) == ("NONE", 0)
    assert order.events.filter(type="PAYMENT_VOIDED").count() == 1
    assert new_events(order, before) == ["ORDER_UPDATED"]


def test_an_order_without_a_legacy_payment_has_none_to_change() -> None:
    _, order = bought(1)
    calls: list[Any] = [
        lambda: legacy_payments.capture(order_id=order.pk, amount=Decimal(1)),
        lambda: legacy_payments.refund(order_id=order.pk, amount=Decimal(1)),
        lambda: legacy_payments.void(order_id=order.pk),
    ]
    for call in calls:
        with pytest.raises(OperationError) as refused:
            call()
        assert (refused.value.field, refused.value.code) == ("payment", "PAYMENT_MISSING")
    order.refresh_from_db()
    assert order.total_charged_amount == Decimal("36.79")


def test_an_unknown_order_is_named() -> None:
    with pytest.raises(NotFound):
        legacy_payments.void(order_id="00000000-0000-0000-0000-000000000000")  # type: ignore[arg-type]
