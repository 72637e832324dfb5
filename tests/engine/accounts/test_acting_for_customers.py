"""An app with the right to act for customers names one; nobody else can, and no app acts for staff."""

from typing import Any

import pytest

from store.engine.accounts.models import User
from store.engine.events.models import App
from tests.engine import checkout_flow
from tests.engine.api_client import GraphQLErrors, execute, execute_field, gid

pytestmark = pytest.mark.django_db(transaction=True)
UPDATE = """mutation($who: ID) { accountUpdate(customerId: $who, input: {firstName: "Eve"}) {
    user { email } errors { field code } } }"""
ADD = """mutation($who: ID, $address: AddressInput!) { accountAddressCreate(customerId: $who, input: $address) {
    user { email } errors { field code } } }"""
ATTACH = """mutation($id: ID!, $who: ID) { checkoutCustomerAttach(id: $id, customerId: $who) {
    checkout { user { email } } errors { field code } } }"""
ADDRESS = {
    "firstName": "Ada", "lastName": "Guest", "streetAddress1": "1600 Amphitheatre Pkwy", "city": "Mountain View",
    "countryArea": "CA", "postalCode": "94043", "country": "US",
}  # fmt: skip


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada@example.com", "a long way home")


@pytest.fixture
def agent() -> App:
    return App.objects.create(name="Telephone orders", permissions=["IMPERSONATE_USER", "MANAGE_USERS"])


@pytest.fixture
def cart() -> str:
    shop = checkout_flow.create_shop()
    return gid(checkout_flow.create_checkout(shop, (shop.variant("CUP"), 1)))


def ask(query: str, as_: User | App | None, cart: str = "", **given: Any) -> Any:
    """The answer, or the codes of what was refused."""
    values = {"id": cart, "address": ADDRESS} | given
    wanted = {name: value for name, value in values.items() if f"${name}:" in query}
    try:
        answer = execute_field(query, as_=as_, **wanted)
    except GraphQLErrors as refused:
        return refused.codes
    if errors := answer["errors"]:
        return [(error["field"], error["code"]) for error in errors]
    return (answer.get("user") or answer["checkout"]["user"])["email"]


def test_an_app_changes_the_customers_account_and_carts(ada: User, agent: App, cart: str) -> None:
    for query in (UPDATE, ADD, ATTACH):
        assert ask(query, agent, cart, who=gid(ada)) == "ada@example.com"
    ada.refresh_from_db()
    assert (ada.first_name, ada.addresses.count()) == ("Eve", 1)


def test_it_has_to_say_for_whom(agent: App, cart: str) -> None:
    for query in (UPDATE, ADD, ATTACH):
        assert ask(query, agent, cart) == [("customerId", "REQUIRED")]


def test_nobody_else_names_another(ada: User, cart: str) -> None:
    bob = User.objects.create_user("bob@example.com", "a long way home")
    shop_app = App.objects.create(name="Shop", permissions=["MANAGE_USERS", "MANAGE_CHECKOUTS"])
    assert ask(UPDATE, bob, who=gid(ada)) == ask(ADD, bob, who=gid(ada)) == [("customerId", "INVALID")]
    assert ask(ATTACH, bob, cart, who=gid(ada)) == ["PermissionDenied"]
    for query in (UPDATE, ADD, ATTACH):
        assert ask(query, shop_app, cart, who=gid(ada)) == ["PermissionDenied"]
        assert ask(query, None, cart, who=gid(ada)) == ["PermissionDenied"]
    ada.refresh_from_db()
    assert (ada.first_name, ada.addresses.count()) == ("", 0)


def test_no_app_acts_for_staff(agent: App, cart: str) -> None:
    owner = User.objects.create_user("owner@example.com", "a long way home", is_staff=True)
    for query in (UPDATE, ADD, ATTACH):
        assert ask(query, agent, cart, who=gid(owner)) == ["PermissionDenied"]


def test_who_names_themselves_attaches_their_cart(ada: User, cart: str) -> None:
    assert ask(ATTACH, ada, cart, who=gid(ada)) == "ada@example.com"
    assert execute("{ me { checkoutIds } }", as_=ada)["me"]["checkoutIds"] == [cart]
