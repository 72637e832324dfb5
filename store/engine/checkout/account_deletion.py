"""The rows that refer to an account, locked before it is deleted."""

from django.db.models import Q

from store.engine.accounts.models import User
from store.engine.checkout import retention
from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard
from store.engine.orders.models import Order


def lock_what_refers_to(user: User) -> None:
    """Lock the account's carts, orders and gift cards, each in primary-key order, inside the caller's transaction."""
    retention.lock_carts_of(user.email)
    orders = Order.objects.filter(user=user).order_by("pk").select_for_update(of=("self",))
    list(orders.values_list("pk", flat=True))
    cards = GiftCard.objects.filter(Q(created_by=user) | Q(used_by=user) | Q(assigned_to=user))
    gift_cards.lock_all(cards.values_list("pk", flat=True))
