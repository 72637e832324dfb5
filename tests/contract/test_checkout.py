"""Baskets, money and orders: the behaviour that the names do not tell."""

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, World

ADD = "mutation($id:ID!,$l:[CheckoutLineInput!]!){checkoutLinesAdd(id:$id,lines:$l){checkout{lines{quantity}} errors{field message code variants}}}"  # fmt: skip


def test_a_basket_shows_net_prices_with_flat_tax(world: World) -> None:
    checkout = checkout_flow.create(world, (world.ids["variant"], 2), shippingAddress=ADDRESS)
    (line,) = checkout["lines"]
    assert line["totalPrice"] == {"gross": {"amount": 65.10}, "net": {"amount": 60.0}}


def test_delivery_is_chosen_by_delivery_id_and_taxed(world: World) -> None:
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    assert checkout["delivery"]["shippingMethod"]["name"] == "Standard"
    assert checkout["shippingPrice"] == {"gross": {"amount": 5.32}, "net": {"amount": 4.9}}
    assert checkout["totalPrice"]["gross"] == {"amount": 37.87, "currency": "USD"}


def test_a_paid_checkout_becomes_one_order(world: World) -> None:
    order = checkout_flow.buy(world, (world.ids["variant"], 1), (world.ids["other"], 2))
    assert (order["status"], order["chargeStatus"], order["isPaid"]) == ("UNFULFILLED", "FULL", True)
    assert [line["quantity"] for line in order["lines"]] == [1, 2]


def test_an_order_allocates_stock_and_the_quantity_stays(world: World) -> None:
    _, variant, _ = world.product("allocates", price="10.00", stock=9)
    checkout_flow.buy(world, (variant, 2))
    assert checkout_flow.stock_of(world, variant) == (9, 2)


def test_an_unpaid_checkout_is_refused_and_stays(world: World) -> None:
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    refused = world.api.refused(checkout_flow.COMPLETE, {"id": checkout["id"]})
    assert refused == [(None, "CHECKOUT_NOT_FULLY_PAID")]
    again = world.api.ask("query($id:ID!){checkout(id:$id){id}}", {"id": checkout["id"]})
    assert again["checkout"]["id"] == checkout["id"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "SHIPPING_METHOD_NOT_SET"),
        ({"shippingAddress": ADDRESS}, "SHIPPING_METHOD_NOT_SET"),
    ],
)
def test_what_a_checkout_lacks_is_named(world: World, given: dict[str, object], code: str) -> None:
    checkout = checkout_flow.create(world, (world.ids["variant"], 1), email="ada@example.com", **given)
    assert code in {c for _, c in world.api.refused(checkout_flow.COMPLETE, {"id": checkout["id"]})}


def test_more_than_the_stock_is_refused(world: World) -> None:
    _, variant, _ = world.product("scarce", price="10.00", stock=2)
    checkout = checkout_flow.create(world, (world.ids["variant"], 1))
    lines = [{"variantId": variant, "quantity": 3}]
    assert world.api.refused(ADD, {"id": checkout["id"], "l": lines}) == [("quantity", "INSUFFICIENT_STOCK")]


def test_more_than_the_shops_limit_is_refused(world: World) -> None:
    checkout = checkout_flow.create(world, (world.ids["variant"], 1))
    lines = [{"variantId": world.ids["variant"], "quantity": 51}]
    assert world.api.refused(ADD, {"id": checkout["id"], "l": lines}) == [
        ("quantity", "QUANTITY_GREATER_THAN_LIMIT")
    ]


def test_an_unknown_variant_is_refused(world: World) -> None:
    checkout = checkout_flow.create(world, (world.ids["variant"], 1))
    lines = [{"variantId": "UHJvZHVjdFZhcmlhbnQ6OTk5OTk5OTk=", "quantity": 1}]
    assert world.api.refused(ADD, {"id": checkout["id"], "l": lines})[0][1] in ("NOT_FOUND", "GRAPHQL_ERROR")


def test_zero_takes_a_line_out(world: World) -> None:
    checkout = checkout_flow.create(world, (world.ids["variant"], 2))
    done = world.api.do(
        "mutation($id:ID!,$l:[CheckoutLineUpdateInput!]!){checkoutLinesUpdate(id:$id,lines:$l){checkout{lines{id}} errors{field message code}}}",
        {"id": checkout["id"], "l": [{"lineId": checkout["lines"][0]["id"], "quantity": 0}]},
    )
    assert done["checkout"]["lines"] == []


def test_an_address_is_checked_by_the_rules_of_its_country(world: World) -> None:
    checkout = checkout_flow.create(world, (world.ids["variant"], 1))
    broken = ADDRESS | {"postalCode": "no", "countryArea": ""}
    refused = world.api.refused(
        "mutation($id:ID!,$a:AddressInput!){checkoutShippingAddressUpdate(id:$id,shippingAddress:$a){checkout{id} errors{field message code}}}",
        {"id": checkout["id"], "a": broken},
    )
    assert sorted(set(refused)) == [("countryArea", "REQUIRED"), ("postalCode", "INVALID")]


def test_a_broken_email_is_refused(world: World) -> None:
    checkout = checkout_flow.create(world, (world.ids["variant"], 1))
    query = "mutation($id:ID!,$e:String!){checkoutEmailUpdate(id:$id,email:$e){checkout{id} errors{field message code}}}"  # fmt: skip
    assert world.api.refused(query, {"id": checkout["id"], "e": "nobody"}) == [("email", "INVALID")]


def test_metadata_of_a_checkout_line_reaches_the_order_line(world: World) -> None:
    line = {
        "variantId": world.ids["variant"],
        "quantity": 1,
        "metadata": [{"key": "insert", "value": "glass@1.0"}],
    }
    made = checkout_flow.create(
        world, email="ada@example.com", shippingAddress=ADDRESS, billingAddress=ADDRESS, lines=[line]
    )
    checkout = checkout_flow.choose_delivery(world, made["id"])
    checkout_flow.pay(world, checkout)
    order = checkout_flow.complete(world, checkout["id"])
    assert order["lines"][0]["metadata"] == [{"key": "insert", "value": "glass@1.0"}]


def test_order_lines_round_on_the_line_total(world: World) -> None:
    _, variant, _ = world.product("rounding", price="29.00", stock=9)
    order = checkout_flow.buy(world, (variant, 2))
    (line,) = order["lines"]
    assert (line["totalPrice"]["gross"]["amount"], line["unitPrice"]["gross"]["amount"]) == (62.93, 31.47)
