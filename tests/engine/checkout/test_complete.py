"""Completion of a checkout, exactly once."""

from decimal import Decimal

import pytest

from store.engine.checkout import complete
from store.engine.checkout.models import Checkout
from store.engine.errors import NotFound, OperationError
from store.engine.events.models import Event
from store.engine.orders.models import Order
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db


def test_a_paid_checkout_becomes_an_order_and_is_deleted() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP-A"), 2))
    checkout_flow.pay(checkout)
    order = complete.complete(checkout_id=checkout.pk)
    assert (order.status, order.charge_status) == ("UNFULFILLED", "FULL")
    assert not Checkout.objects.exists()


def test_order_lines_round_on_the_line_total() -> None:
    shop = checkout_flow.create_shop()
    order = checkout_flow.place_order(
        shop, (shop.variant("CUP-A", price="29.00"), 2), (shop.variant("CUP-B", price="59.00"), 1)
    )
    first, second = order.lines.all()
    assert (first.unit_price_gross_amount, first.total_price_gross_amount) == (
        Decimal("31.47"),
        Decimal("62.93"),
    )
    assert second.total_price_gross_amount == Decimal("64.02")
    assert (order.total_gross_amount, order.total_net_amount) == (Decimal("132.27"), Decimal("121.90"))
    assert order.shipping_price_gross_amount == Decimal("5.32")


def test_a_second_complete_returns_the_same_order() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP-A"), 1))
    checkout_flow.pay(checkout)
    first = complete.complete(checkout_id=checkout.pk)
    assert complete.complete(checkout_id=checkout.pk).pk == first.pk
    assert Order.objects.count() == 1


def test_completion_allocates_stock_without_decreasing_it() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP-A", stock=10)
    checkout_flow.place_order(shop, (variant, 3))
    assert checkout_flow.stock_quantities(variant) == (10, 3, 3)


def test_completion_records_events_in_its_transaction() -> None:
    shop = checkout_flow.create_shop()
    order = checkout_flow.place_order(shop, (shop.variant("CUP-A"), 1))
    event_types = Event.objects.filter(object_pk=str(order.pk)).values_list("type", flat=True)
    assert list(event_types) == ["ORDER_CREATED", "ORDER_PAID", "ORDER_FULLY_PAID", "ORDER_CONFIRMED"]


def test_an_unpaid_checkout_is_refused_and_nothing_changes() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP-A")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (variant, 1))
    with pytest.raises(OperationError) as refused:
        complete.complete(checkout_id=checkout.pk)
    assert refused.value.code == "CHECKOUT_NOT_FULLY_PAID"
    assert (Checkout.objects.count(), Order.objects.count(), checkout_flow.stock_quantities(variant)) == (
        1,
        0,
        (10, 0, 0),
    )


def test_an_unknown_checkout_is_not_found() -> None:
    with pytest.raises(NotFound):
        complete.complete(checkout_id=Checkout().pk)
