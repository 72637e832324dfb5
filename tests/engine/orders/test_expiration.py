"""Expiration of unpaid orders."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from store.engine.checkout import complete
from store.engine.errors import NotFound
from store.engine.events.models import Event
from store.engine.orders import expiration, queries, staff_operations
from store.engine.orders.models import Order
from store.engine.payments.models import TransactionItem
from store.engine.stock.models import Allocation
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db


def unpaid(minutes_ago: int, **rules: Any) -> Order:
    shop = checkout_flow.create_shop()
    rules = {"allow_unpaid_orders": True, "expire_orders_after": 30} | rules
    for name, value in rules.items():
        setattr(shop.channel, name, value)
    shop.channel.save()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 2))
    order = complete.complete(checkout_id=checkout.pk)
    Order.objects.filter(pk=order.pk).update(
        created_at=timezone.now() - timedelta(minutes=minutes_ago), status="UNCONFIRMED"
    )
    order.refresh_from_db()
    return order


def test_an_order_that_is_not_paid_in_time_expires_and_its_stock_is_released() -> None:
    order = unpaid(31)
    assert Allocation.objects.get().quantity == 2
    assert expiration.expire() == 1
    order.refresh_from_db()
    assert (order.status, order.expired_at is None) == ("EXPIRED", False)
    assert not Allocation.objects.filter(quantity__gt=0).exists()
    assert Event.objects.filter(type="ORDER_EXPIRED", object_pk=str(order.pk)).count() == 1
    assert expiration.expire() == 0


@pytest.mark.parametrize("rules", [{"expire_orders_after": None}, {"expire_orders_after": 0}])
def test_where_the_channel_sets_no_time_an_order_waits(rules: dict[str, Any]) -> None:
    unpaid(10_000, **rules)
    assert expiration.expire() == 0


def test_an_order_that_is_young_confirmed_or_paid_stays() -> None:
    order = unpaid(29)
    assert expiration.expire() == 0
    staff_operations.mark_as_paid(order_id=order.pk)
    Order.objects.update(created_at=timezone.now() - timedelta(days=1), status="UNCONFIRMED")
    assert expiration.expire() == 0


def test_an_expired_order_is_deleted_after_the_channels_delay() -> None:
    order = unpaid(31, delete_expired_orders_after=3)
    expiration.expire()
    assert expiration.delete_expired() == 0
    Order.objects.update(expired_at=timezone.now() - timedelta(days=3, minutes=1))
    assert expiration.delete_expired() == 1
    assert not Order.objects.filter(pk=order.pk).exists()


def test_an_order_expires_at_its_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    order = unpaid(30)
    monkeypatch.setattr(timezone, "now", lambda: order.created_at + timedelta(minutes=30, seconds=-1))
    assert expiration.expire() == 0
    monkeypatch.setattr(timezone, "now", lambda: order.created_at + timedelta(minutes=30))
    assert expiration.expire() == 1


def test_an_expired_order_is_deleted_at_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    unpaid(31, delete_expired_orders_after=1)
    expiration.expire()
    expired_at = Order.objects.get().expired_at
    assert expired_at
    monkeypatch.setattr(timezone, "now", lambda: expired_at + timedelta(days=1, seconds=-1))
    assert expiration.delete_expired() == 0
    monkeypatch.setattr(timezone, "now", lambda: expired_at + timedelta(days=1))
    assert expiration.delete_expired() == 1


def test_who_pays_while_the_sweep_looks_keeps_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The order is looked at again under its lock."""
    order = unpaid(31)
    lock = queries.lock

    def pay_then_lock(pk: Any) -> Order:
        monkeypatch.setattr(queries, "lock", lock)
        TransactionItem.objects.create(order_id=pk, currency="USD")
        return lock(pk)

    monkeypatch.setattr(queries, "lock", pay_then_lock)
    assert expiration.expire() == 0
    order.refresh_from_db()
    assert (order.status, Allocation.objects.get().quantity) == ("UNCONFIRMED", 2)


def test_who_deletes_the_order_while_the_sweep_looks_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def deleted(pk: Any) -> Order:
        raise NotFound("gone", field="order")

    unpaid(31)
    monkeypatch.setattr(queries, "lock", deleted)
    assert expiration.expire() == 0


def test_an_expired_order_that_was_paid_after_all_is_kept() -> None:
    order = unpaid(31, delete_expired_orders_after=3)
    expiration.expire()
    TransactionItem.objects.create(order_id=order.pk, currency="USD")
    Order.objects.update(expired_at=timezone.now() - timedelta(days=30))
    assert expiration.delete_expired() == 0


def test_an_order_of_another_status_is_never_deleted_and_expiry_is_in_the_history() -> None:
    order = unpaid(31, delete_expired_orders_after=3)
    Order.objects.update(expired_at=timezone.now() - timedelta(days=30))
    assert expiration.delete_expired() == 0
    expiration.expire()
    assert order.events.filter(type="EXPIRED").count() == 1
    order.refresh_from_db()
    Order.objects.update(expired_at=None)
    assert expiration.delete_expired() == 0


def test_where_the_channel_sets_no_delay_expired_orders_stay() -> None:
    unpaid(31, delete_expired_orders_after=0)
    expiration.expire()
    Order.objects.update(expired_at=timezone.now() - timedelta(days=3000))
    assert expiration.delete_expired() == 0
