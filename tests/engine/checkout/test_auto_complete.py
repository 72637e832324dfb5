"""Automatic completion of paid checkouts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from store.engine.checkout import auto_complete
from store.engine.checkout.models import Checkout
from store.engine.orders.models import Order
from store.engine.stock.models import Stock
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db


def automatic_shop() -> Shop:
    shop = checkout_flow.create_shop()
    shop.channel.automatically_complete_fully_paid_checkouts = True
    shop.channel.automatic_completion_delay = 30
    shop.channel.save()
    return shop


def an_hour_passes() -> None:
    Checkout.objects.update(last_change=timezone.now() - timedelta(hours=1))


def test_a_paid_checkout_becomes_an_order_by_itself() -> None:
    shop = automatic_shop()
    checkout_flow.pay(checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1)))
    an_hour_passes()
    assert (auto_complete.sweep(), Order.objects.count()) == (1, 1)
    assert Order.objects.get().events.first().type == "PLACED_AUTOMATICALLY_FROM_PAID_CHECKOUT"  # type: ignore[union-attr]


def test_it_waits_for_the_channels_delay() -> None:
    shop = automatic_shop()
    checkout_flow.pay(checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1)))
    assert (auto_complete.sweep(), Checkout.objects.count()) == (0, 1)


def test_without_a_delay_it_does_not_wait() -> None:
    shop = automatic_shop()
    shop.channel.automatic_completion_delay = None
    shop.channel.save()
    checkout_flow.pay(checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1)))
    assert (auto_complete.sweep(), Order.objects.count()) == (1, 1)


def test_an_unpaid_checkout_stays() -> None:
    shop = automatic_shop()
    checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    an_hour_passes()
    assert (auto_complete.sweep(), Checkout.objects.count()) == (0, 1)


def test_a_channel_without_automatic_completion_is_left_alone() -> None:
    shop = checkout_flow.create_shop()
    checkout_flow.pay(checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1)))
    an_hour_passes()
    assert auto_complete.sweep() == 0


def test_paid_but_sold_out_is_marked_for_the_merchant_and_never_oversold() -> None:
    shop = automatic_shop()
    variant = shop.variant("CUP", stock=1)
    checkout_flow.pay(checkout_flow.checkout_ready_to_pay(shop, (variant, 1)))
    Stock.objects.update(quantity=0)
    an_hour_passes()
    assert (auto_complete.sweep(), Order.objects.count()) == (0, 0)
    assert Checkout.objects.get().completion_problem == "Paid, but no order: Insufficient stock: CUP (0 of 1)"
    assert checkout_flow.stock_quantities(variant) == (0, 0, 0)


def test_a_failed_checkout_is_retried_later() -> None:
    shop = automatic_shop()
    checkout_flow.pay(checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", stock=1), 1)))
    Stock.objects.update(quantity=0)
    an_hour_passes()
    auto_complete.sweep()
    Stock.objects.update(quantity=1)
    assert auto_complete.due() == []
    Checkout.objects.update(last_automatic_completion_attempt=timezone.now() - timedelta(minutes=6))
    assert (auto_complete.sweep(), Order.objects.count()) == (1, 1)
