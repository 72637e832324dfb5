"""Assignment of guest orders to accounts; here because the shop fixture of this package has orders."""

import pytest

from store.engine.accounts import customer_accounts, email_tokens
from store.engine.accounts.models import User
from tests.engine.api_client import execute_field

pytestmark = pytest.mark.django_db(transaction=True)


def test_orders_bought_as_a_guest_appear_in_the_account_once_the_address_is_confirmed(shop):
    shop.order(17)
    user = User.objects.create_user("ada@example.com", "a long way home", is_confirmed=False)
    mine = "{ me { orders(first: 5) { edges { node { number } } } } }"
    assert execute_field(mine, as_=user)["orders"]["edges"] == []
    customer_accounts.confirm(email="ADA@example.com", token=email_tokens.confirmation.make_token(user))
    assert execute_field(mine, as_=user)["orders"]["edges"] == [{"node": {"number": "17"}}]


def test_an_unconfirmed_address_gets_no_orders(shop):
    order = shop.order(17)
    User.objects.create_user("ada@example.com", "a long way home", is_confirmed=False)
    order.refresh_from_db()
    assert order.user is None
