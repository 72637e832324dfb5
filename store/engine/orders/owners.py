"""Whose order is it? One that was placed as a guest finds its owner once the address is proven."""

from store.engine.orders.models import Order
from store.engine.people.models import User


def adopt(user: User) -> None:
    """Runs in the transaction that confirms the account (see `people.accounts.when_confirmed`)."""
    Order.objects.filter(user=None, user_email__iexact=user.email).update(user=user)
