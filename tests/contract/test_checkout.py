"""Checkouts from creation to the paid order: prices, tax, quantities, addresses, metadata."""

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, ShopSetup

ADD = "mutation($id:ID!,$l:[CheckoutLineInput!]!){checkoutLinesAdd(id:$id,lines:$l){checkout{lines{quantity}} errors{field message code variants}}}"  # fmt: skip


def test_a_checkout_has_net_prices_and_flat_tax(shop: ShopSetup) -> None:
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 2), shippingAddress=ADDRESS)
    (line,) = checkout["lines"]
    assert line["totalPrice"] == {"gross": {"amount": 65.10}, "net": {"amount": 60.0}}


def test_delivery_is_chosen_by_delivery_id_and_taxed(shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    assert checkout["delivery"]["shippingMethod"]["name"] == "Standard"
    assert checkout["shippingPrice"] == {"gross": {"amount": 5.32}, "net": {"amount": 4.9}}
    assert checkout["totalPrice"]["gross"] == {"amount": 37.87, "currency": "USD"}


def test_a_paid_checkout_becomes_one_order(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1), (shop.ids["other"], 2))
    assert (order["status"], order["chargeStatus"], order["isPaid"]) == ("UNFULFILLED", "FULL", True)
    assert [line["quantity"] for line in order["lines"]] == [1, 2]


def test_an_order_allocates_stock_and_the_quantity_stays(shop: ShopSetup) -> None:
    _, variant, _ = shop.create_product("allocates", price="10.00", stock=9)
    checkout_flow.buy(shop, (variant, 2))
    assert checkout_flow.stock_of(shop, variant) == (9, 2)


def test_completing_an_unpaid_checkout_is_refused_and_it_stays(shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    errors = shop.api.mutation_errors(checkout_flow.COMPLETE, {"id": checkout["id"]})
    assert errors == [(None, "CHECKOUT_NOT_FULLY_PAID")]
    unchanged = shop.api.execute("query($id:ID!){checkout(id:$id){id}}", {"id": checkout["id"]})
    assert unchanged["checkout"]["id"] == checkout["id"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "SHIPPING_METHOD_NOT_SET"),
        ({"shippingAddress": ADDRESS}, "SHIPPING_METHOD_NOT_SET"),
    ],
)
def test_completion_names_what_the_checkout_lacks(
    shop: ShopSetup, given: dict[str, object], code: str
) -> None:
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 1), email="ada@example.com", **given)
    assert code in {c for _, c in shop.api.mutation_errors(checkout_flow.COMPLETE, {"id": checkout["id"]})}


def test_more_than_the_stock_is_refused(shop: ShopSetup) -> None:
    _, variant, _ = shop.create_product("scarce", price="10.00", stock=2)
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 1))
    lines = [{"variantId": variant, "quantity": 3}]
    assert shop.api.mutation_errors(ADD, {"id": checkout["id"], "l": lines}) == [
        ("quantity", "INSUFFICIENT_STOCK")
    ]


def test_more_than_the_shops_limit_is_refused(shop: ShopSetup) -> None:
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 1))
    lines = [{"variantId": shop.ids["variant"], "quantity": 51}]
    assert shop.api.mutation_errors(ADD, {"id": checkout["id"], "l": lines}) == [
        ("quantity", "QUANTITY_GREATER_THAN_LIMIT")
    ]


def test_an_unknown_variant_is_refused(shop: ShopSetup) -> None:
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 1))
    lines = [{"variantId": "UHJvZHVjdFZhcmlhbnQ6OTk5OTk5OTk=", "quantity": 1}]
    assert shop.api.mutation_errors(ADD, {"id": checkout["id"], "l": lines})[0][1] in (
        "NOT_FOUND",
        "GRAPHQL_ERROR",
    )


def test_a_quantity_of_zero_removes_the_line(shop: ShopSetup) -> None:
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 2))
    done = shop.api.mutate(
        "mutation($id:ID!,$l:[CheckoutLineUpdateInput!]!){checkoutLinesUpdate(id:$id,lines:$l){checkout{lines{id}} errors{field message code}}}",
        {"id": checkout["id"], "l": [{"lineId": checkout["lines"][0]["id"], "quantity": 0}]},
    )
    assert done["checkout"]["lines"] == []


def test_an_address_is_validated_by_the_rules_of_its_country(shop: ShopSetup) -> None:
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 1))
    broken = ADDRESS | {"postalCode": "no", "countryArea": ""}
    errors = shop.api.mutation_errors(
        "mutation($id:ID!,$a:AddressInput!){checkoutShippingAddressUpdate(id:$id,shippingAddress:$a){checkout{id} errors{field message code}}}",
        {"id": checkout["id"], "a": broken},
    )
    assert sorted(set(errors)) == [("countryArea", "REQUIRED"), ("postalCode", "INVALID")]


def test_an_invalid_email_is_refused(shop: ShopSetup) -> None:
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 1))
    query = "mutation($id:ID!,$e:String!){checkoutEmailUpdate(id:$id,email:$e){checkout{id} errors{field message code}}}"  # fmt: skip
    assert shop.api.mutation_errors(query, {"id": checkout["id"], "e": "nobody"}) == [("email", "INVALID")]


def test_metadata_of_a_checkout_line_is_copied_to_the_order_line(shop: ShopSetup) -> None:
    line = {
        "variantId": shop.ids["variant"],
        "quantity": 1,
        "metadata": [{"key": "insert", "value": "glass@1.0"}],
    }
    made = checkout_flow.create(
        shop, email="ada@example.com", shippingAddress=ADDRESS, billingAddress=ADDRESS, lines=[line]
    )
    checkout = checkout_flow.choose_delivery(shop, made["id"])
    checkout_flow.pay(shop, checkout)
    order = checkout_flow.complete(shop, checkout["id"])
    assert order["lines"][0]["metadata"] == [{"key": "insert", "value": "glass@1.0"}]


def test_order_lines_are_rounded_on_the_line_total(shop: ShopSetup) -> None:
    _, variant, _ = shop.create_product("rounding", price="29.00", stock=9)
    order = checkout_flow.buy(shop, (variant, 2))
    (line,) = order["lines"]
    assert (line["totalPrice"]["gross"]["amount"], line["unitPrice"]["gross"]["amount"]) == (62.93, 31.47)
