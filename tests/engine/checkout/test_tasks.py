"""The tasks that beat starts do what they are named after, and say how much they did."""

from datetime import timedelta

import pytest
from django.utils import timezone

from store.engine.catalog.models import ProductVariant
from store.engine.checkout import complete, tasks
from store.engine.checkout.models import Checkout
from store.engine.orders import request_keys
from store.engine.orders.models import Order, RequestKey
from store.engine.stock.models import Reservation
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=400)


@pytest.fixture
def checkout(shop: Shop) -> Checkout:
    return checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", weight=0.5), 3))


def test_paid_checkouts_become_orders(shop: Shop, checkout: Checkout) -> None:
    shop.channel.automatically_complete_fully_paid_checkouts = True
    shop.channel.save()
    checkout_flow.pay(checkout)
    Checkout.objects.update(last_change=timezone.now() - LONG_AGO)
    assert (tasks.complete_paid(), Order.objects.count()) == (1, 1)


def test_reservations_end_and_carts_and_keys_grow_old(shop: Shop, checkout: Checkout) -> None:
    Reservation.objects.create(
        checkout_line_id=checkout.lines.get().pk,
        stock=shop.variants["CUP"].stocks.get(),
        quantity_reserved=3,
        reserved_until=timezone.now(),
    )
    request_keys.record("form 1", operation="x", target=1)
    RequestKey.objects.update(created_at=timezone.now() - LONG_AGO)
    Checkout.objects.update(last_change=timezone.now() - LONG_AGO)
    assert (tasks.release_reservations(), tasks.prune_request_keys(), tasks.delete_abandoned()) == (1, 1, 1)
    assert [rows.objects.count() for rows in (Reservation, RequestKey, Checkout)] == [0, 0, 0]


def test_unpaid_orders_expire_and_are_deleted_later(shop: Shop) -> None:
    shop.channel.expire_orders_after = 1
    shop.channel.delete_expired_orders_after = 1
    shop.channel.allow_unpaid_orders = True
    shop.channel.save()
    variant = shop.variant("CUP")
    first, second = (_unpaid(shop, variant) for _ in range(2))
    Order.objects.filter(pk=first.pk).update(status="EXPIRED", expired_at=timezone.now() - LONG_AGO)
    Order.objects.filter(pk=second.pk).update(created_at=timezone.now() - LONG_AGO)
    assert tasks.expire_orders() == 2
    assert [(order.pk, order.status) for order in Order.objects.all()] == [(second.pk, "EXPIRED")]


def _unpaid(shop: Shop, variant: ProductVariant) -> Order:
    return complete.complete(checkout_id=checkout_flow.checkout_ready_to_pay(shop, (variant, 1)).pk)
