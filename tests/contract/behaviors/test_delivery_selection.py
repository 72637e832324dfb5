"""Delivery options are calculated and chosen by their own id; a stale delivery is reported, an invalid one blocks completion."""

import base64
from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, ShopSetup

DELIVERY_STATE = "query($id:ID!){checkout(id:$id){delivery{id shippingMethod{id name}} problems{__typename}}}"
UPDATE_SHIPPING_ADDRESS = "mutation($id:ID!,$a:AddressInput!){checkoutShippingAddressUpdate(id:$id,shippingAddress:$a){checkout{id} errors{field message code}}}"


@pytest.fixture(scope="module")
def isolated_shop(shop: ShopSetup) -> ShopSetup:
    """A separate channel, since these tests change its shipping methods."""
    return ShopSetup(shop.api).set_up()


def decode_id(global_id: str) -> list[str]:
    return base64.b64decode(global_id).decode().split(":")


def delivery_state(shop: ShopSetup, checkout: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = shop.api.execute(DELIVERY_STATE, {"id": checkout["id"]})["checkout"]
    return found


def problem_types(shop: ShopSetup, checkout: dict[str, Any]) -> set[str]:
    return {problem["__typename"] for problem in delivery_state(shop, checkout)["problems"]}


def remove_channel_listing(shop: ShopSetup, method: str) -> None:
    query = "mutation($id:ID!,$c:ID!){shippingMethodChannelListingUpdate(id:$id,input:{removeChannels:[$c]}){shippingMethod{id} errors{field message code}}}"
    shop.mutate(query, id=method, c=shop.ids["channel"])


def test_the_chosen_delivery_refers_to_its_shipping_method(isolated_shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(isolated_shop, (isolated_shop.ids["variant"], 1))
    found = delivery_state(isolated_shop, checkout)
    assert decode_id(found["delivery"]["id"])[0] == "CheckoutDelivery"
    assert decode_id(found["delivery"]["shippingMethod"]["id"]) == [
        "ShippingMethod",
        decode_id(isolated_shop.ids["method"])[1],
    ]
    assert found["problems"] == []


def test_the_deprecated_field_still_lists_methods(isolated_shop: ShopSetup) -> None:
    checkout = checkout_flow.create(isolated_shop, (isolated_shop.ids["variant"], 1), shippingAddress=ADDRESS)
    query = "query($id:ID!){checkout(id:$id){shippingMethods{name price{amount}}}}"
    found = isolated_shop.api.execute(query, {"id": checkout["id"]})["checkout"]["shippingMethods"]
    assert found == [{"name": "Standard", "price": {"amount": 4.9}}]


def test_a_changed_address_makes_the_delivery_stale_without_blocking(isolated_shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(isolated_shop, (isolated_shop.ids["variant"], 1))
    isolated_shop.api.mutate(
        UPDATE_SHIPPING_ADDRESS,
        {"id": checkout["id"], "a": ADDRESS | {"streetAddress1": "1601 Amphitheatre Pkwy"}},
    )
    assert problem_types(isolated_shop, checkout) == {"CheckoutProblemDeliveryMethodStale"}
    checkout_flow.pay(isolated_shop, checkout)
    assert checkout_flow.complete(isolated_shop, checkout["id"])["status"] == "UNFULFILLED"


def test_recalculating_clears_the_stale_problem(isolated_shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(isolated_shop, (isolated_shop.ids["variant"], 1))
    isolated_shop.api.mutate(
        UPDATE_SHIPPING_ADDRESS, {"id": checkout["id"], "a": ADDRESS | {"streetAddress1": "2 Elsewhere"}}
    )
    checkout_flow.choose_delivery(isolated_shop, checkout["id"])
    assert problem_types(isolated_shop, checkout) == set()


def test_a_removed_method_makes_the_delivery_invalid_and_blocks(isolated_shop: ShopSetup) -> None:
    method = isolated_shop.create_shipping_method("Aardvark express", price="1")
    checkout = checkout_flow.create(
        isolated_shop,
        (isolated_shop.ids["variant"], 1),
        email="ada@example.com",
        shippingAddress=ADDRESS,
        billingAddress=ADDRESS,
    )
    options = "mutation($id:ID!){deliveryOptionsCalculate(id:$id){deliveries{id shippingMethod{id}} errors{field message code}}}"
    deliveries = isolated_shop.api.mutate(options, {"id": checkout["id"]})["deliveries"]
    (delivery_id,) = [
        delivery["id"]
        for delivery in deliveries
        if decode_id(delivery["shippingMethod"]["id"])[1] == decode_id(method)[1]
    ]
    choose = "mutation($id:ID!,$m:ID!){checkoutDeliveryMethodUpdate(id:$id,deliveryMethodId:$m){checkout{totalPrice{gross{amount currency}}} errors{field message code}}}"
    chosen = isolated_shop.api.mutate(choose, {"id": checkout["id"], "m": delivery_id})["checkout"]
    checkout_flow.pay(isolated_shop, chosen | {"id": checkout["id"]})
    remove_channel_listing(isolated_shop, method)
    isolated_shop.api.mutate(options, {"id": checkout["id"]})
    assert problem_types(isolated_shop, checkout) == {"CheckoutProblemDeliveryMethodInvalid"}
    errors = isolated_shop.api.mutation_errors(checkout_flow.COMPLETE, {"id": checkout["id"]})
    assert errors == [("shippingMethod", "INVALID_SHIPPING_METHOD")]
