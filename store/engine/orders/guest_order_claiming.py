"""Whose order is it? One that was placed as a guest finds its owner once the address is proven."""

from store.engine.accounts.models import User
from store.engine.orders.models import Order


def adopt(user: User) -> None:
    """Runs in the transaction that confirms the account (see `people.accounts.when_confirmed`)."""
    Order.objects.filter(user=None, user_email__iexact=user.email).update(user=user)
