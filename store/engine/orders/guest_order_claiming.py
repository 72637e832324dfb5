"""Assigns orders that were placed as a guest to the customer who confirms their email address."""

from django.db.models import QuerySet

from store.engine.accounts.models import User
from store.engine.orders.models import Order


def lock_orders(email: str) -> None:
    """Lock the guest orders of the address, before the account is locked (see `email_confirmation.lock_account`)."""
    list(_orders_of(email).order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def claim_orders(user: User) -> None:
    """Runs in the transaction that confirms the address (see `email_confirmation.confirmed_callbacks`)."""
    _orders_of(user.email).update(user=user)


def _orders_of(email: str) -> QuerySet[Order]:
    return Order.objects.filter(user=None, user_email__iexact=email)
