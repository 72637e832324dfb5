"""Assigns orders that were placed as a guest to the customer who confirms their email address."""

from store.engine.accounts.models import User
from store.engine.orders.models import Order


def claim_orders(user: User) -> None:
    """Runs in the transaction that confirms the account (see `customer_accounts.when_confirmed`)."""
    Order.objects.filter(user=None, user_email__iexact=user.email).update(user=user)
