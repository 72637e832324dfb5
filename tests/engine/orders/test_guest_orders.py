"""A customer who confirms an email address gets the orders that were placed with it as a guest, and no others."""

import pytest

from store.engine.accounts.models import User
from store.engine.orders.guest_order_claiming import claim_orders
from store.engine.orders.models import Order
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db


def test_orders_of_a_guest_belong_to_who_confirms_the_address() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=10)
    first, second, third = (checkout_flow.place_order(shop, (variant, 1)) for _ in range(3))
    owner = User.objects.create(email="eve@example.com")
    Order.objects.filter(pk=first.pk).update(user_email="ADA@example.com")
    Order.objects.filter(pk=second.pk).update(user=owner)
    Order.objects.filter(pk=third.pk).update(user_email="bob@example.com")
    ada = User.objects.create(email="ada@example.com")
    claim_orders(ada)
    assert [Order.objects.get(pk=one.pk).user for one in (first, second, third)] == [ada, owner, None]
