"""Every operation that takes an email address refuses one that mail can't be sent to, and stores nothing."""

import pytest

from store.engine.accounts.models import User, account_email
from store.engine.checkout.models import Checkout
from store.engine.discounts.models import GiftCard
from store.engine.orders.models import Order
from store.engine.stock.models import Warehouse
from tests.engine.api_client import gid

WRONG = ("ada@example,com", "not an address", "ada@localhost", "a@b.example, c@d.example")
ADDRESS = {
    "streetAddress1": "1 Dock St",
    "city": "San Francisco",
    "country": "US",
    "countryArea": "CA",
    "postalCode": "94105",
}


def inputs(email, merchant):
    """By mutation the declared type of its input, a valid input but for the address, and the field the error names."""
    card = {
        "balance": {"amount": 5, "currency": "USD"},
        "isActive": True,
        "userEmail": email,
        "channel": "us",
    }
    order = {"channelId": merchant.ids["channel us"], "lines": [], "userEmail": email}
    account = {
        "email": email,
        "password": "a long enough word",
        "redirectUrl": "https://cupwell.example/confirm/",
        "channel": "us",
    }
    return {
        "checkoutCreate": ("CheckoutCreateInput!", {"channel": "us", "lines": [], "email": email}, "email"),
        "customerCreate": ("UserCreateInput!", {"email": email}, "email"),
        "staffCreate": ("StaffCreateInput!", {"email": email}, "email"),
        "accountRegister": ("AccountRegisterInput!", account, "email"),
        "giftCardCreate": ("GiftCardCreateInput!", card, "email"),
        "draftOrderCreate": ("DraftOrderCreateInput!", order, "userEmail"),
        "createWarehouse": (
            "WarehouseCreateInput!",
            {"name": "W", "slug": "w", "address": ADDRESS, "email": email},
            "email",
        ),
        "shopSettingsUpdate": (
            "ShopSettingsInput!",
            {"defaultMailSenderAddress": email},
            "defaultMailSenderAddress",
        ),
    }


MUTATIONS = (
    *(
        "checkoutCreate",
        "customerCreate",
        "staffCreate",
        "accountRegister",
        "giftCardCreate",
        "draftOrderCreate",
    ),
    *("createWarehouse", "shopSettingsUpdate"),
)


@pytest.fixture
def shop(merchant_with_shop):
    return merchant_with_shop


def counts():
    return {model.__name__: model.objects.count() for model in (User, Checkout, GiftCard, Order, Warehouse)}


@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize("email", WRONG)
def test_an_address_that_mail_can_not_reach_is_refused(shop, mutation, email):
    kind, given, field = inputs(email, shop)[mutation]
    before = counts()
    payload = shop.mutate(mutation, "__typename", errors="field code message", input=(kind, given))
    assert [(error["field"], error["code"]) for error in payload["errors"]] == [(field, "INVALID")]
    assert "valid email address" in payload["errors"][0]["message"]
    assert counts() == before


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_an_international_address_is_taken(shop, mutation):
    kind, given, _ = inputs("josé@straße.example", shop)[mutation]
    assert shop.mutate(mutation, "__typename", input=(kind, given))["errors"] == []


def test_the_address_of_a_basket_and_of_an_order_is_corrected_by_the_same_rule(shop):
    checkout = shop.execute(
        'mutation { checkoutCreate(input: {channel: "us", lines: []}) { checkout { id } errors { field } } }'
    )["checkout"]["id"]
    given = {"id": ("ID", checkout), "email": ("String!", "ada@example,com")}
    [error] = shop.mutate("checkoutEmailUpdate", "__typename", **given)["errors"]
    assert (error["field"], error["code"]) == ("email", "INVALID")
    order = Order.objects.create(
        channel_id=Checkout.objects.get().channel_id,
        user_email="ada@example.com",
        number=1,
        status="UNFULFILLED",
    )
    given = {"id": ("ID", gid(order)), "input": ("OrderUpdateInput!", {"userEmail": "ada@example,com"})}
    [error] = shop.mutate("orderUpdate", "__typename", **given)["errors"]
    assert (error["field"], error["code"]) == ("userEmail", "INVALID")
    order.refresh_from_db()
    assert order.user_email == "ada@example.com"


def test_a_customer_logs_in_however_the_domain_is_written():
    assert account_email(" Kunde@XN--STRAE-oqa.example ") == account_email("kunde@straße.example")
