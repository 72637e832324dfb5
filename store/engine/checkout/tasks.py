"""Celery tasks for checkouts and expiring orders. The database rows are the queue; beat only starts the tasks."""

from celery import shared_task
from django.conf import settings

from store.engine.checkout import auto_complete, fund_release, retention
from store.engine.orders import expiration, gift_card_fulfillment, request_keys
from store.engine.stock import reservations


@shared_task(name="checkout.complete_paid")  # type: ignore[untyped-decorator]
def complete_paid() -> int:
    """Complete paid checkouts whose browser was closed."""
    return auto_complete.sweep()


@shared_task(name="checkout.release_funds")  # type: ignore[untyped-decorator]
def release_funds() -> int:
    """Give the money of expired checkouts back, in channels that say so."""
    return fund_release.sweep()


@shared_task(name="checkout.release_reservations")  # type: ignore[untyped-decorator]
def release_reservations() -> int:
    """Delete expired stock reservations."""
    return reservations.release_expired()


@shared_task(name="orders.expire")  # type: ignore[untyped-decorator]
def expire_orders() -> int:
    """Expire orders that were not paid in time, and delete those that expired long ago."""
    return expiration.expire() + expiration.delete_expired()


@shared_task(name="orders.send_gift_cards")  # type: ignore[untyped-decorator]
def send_gift_cards() -> int:
    """Send the gift cards of paid orders, in channels that say so."""
    return gift_card_fulfillment.sweep()


@shared_task(name="orders.prune_request_keys")  # type: ignore[untyped-decorator]
def prune_request_keys() -> int:
    """Delete one-time keys whose form nobody can have open any more."""
    return request_keys.prune()


@shared_task(name="checkout.delete_abandoned")  # type: ignore[untyped-decorator]
def delete_abandoned() -> int:
    """Delete carts without money that nobody has touched for CHECKOUT_RETENTION_DAYS."""
    return retention.delete_abandoned()


BEAT = {
    "delete abandoned checkouts": {"task": "checkout.delete_abandoned", "schedule": 24 * 3600.0},
    "complete paid baskets": {"task": "checkout.complete_paid", "schedule": settings.SWEEP_SECONDS},
    "release funds of expired checkouts": {"task": "checkout.release_funds", "schedule": 600.0},
    "release old reservations": {"task": "checkout.release_reservations", "schedule": 300.0},
    "send gift cards": {"task": "orders.send_gift_cards", "schedule": settings.SWEEP_SECONDS},
    "expire unpaid orders": {"task": "orders.expire", "schedule": 60.0},
    "prune request keys": {"task": "orders.prune_request_keys", "schedule": 24 * 3600.0},
}
