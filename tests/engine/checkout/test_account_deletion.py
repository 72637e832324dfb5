"""Who deletes an account comes to it last, as who completes its cart: `tests/races` shows the two of them meet."""

from collections.abc import Callable

import pytest

from store.engine.accounts import customer_accounts, email_tokens, staff
from store.engine.accounts.models import User
from tests.engine.locks import recorded_locks

pytestmark = pytest.mark.django_db(transaction=True)


def by_the_customer(user: User) -> None:
    customer_accounts.delete(user=user, token=email_tokens.deletion.make_token(user))


def by_staff(user: User) -> None:
    staff.delete_customer(user=user)


def as_a_colleague(user: User) -> None:
    staff.delete_staff(user=user, requestor=None, requestor_permissions=frozenset())


@pytest.mark.parametrize("delete", [by_the_customer, by_staff, as_a_colleague], ids=lambda one: one.__name__)
def test_carts_orders_and_gift_cards_are_locked_before_the_account(delete: Callable[[User], None]) -> None:
    user = User.objects.create_user("ada@example.com", "a long way home")
    with recorded_locks() as locked:
        delete(user)
    assert locked[:4] == ["Checkout", "Order", "GiftCard", "User"]
    assert not User.objects.exists()
