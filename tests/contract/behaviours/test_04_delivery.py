"""4. Delivery is calculated, chosen by its own id, and re-checked: stale warns, invalid blocks."""

import base64
from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, World

SEEN = "query($id:ID!){checkout(id:$id){delivery{id shippingMethod{id name}} problems{__typename}}}"
ADDRESSED = "mutation($id:ID!,$a:AddressInput!){checkoutShippingAddressUpdate(id:$id,shippingAddress:$a){checkout{id} errors{field message code}}}"


@pytest.fixture(scope="module")
def fresh(world: World) -> World:
    """A world of its own: its delivery methods change here."""
    return World(world.api).set_up()


def said(global_id: str) -> list[str]:
    return base64.b64decode(global_id).decode().split(":")


def seen(world: World, checkout: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = world.api.ask(SEEN, {"id": checkout["id"]})["checkout"]
    return found


def problems(world: World, checkout: dict[str, Any]) -> set[str]:
    return {problem["__typename"] for problem in seen(world, checkout)["problems"]}


def unlist(world: World, method: str) -> None:
    query = "mutation($id:ID!,$c:ID!){shippingMethodChannelListingUpdate(id:$id,input:{removeChannels:[$c]}){shippingMethod{id} errors{field message code}}}"
    world.do(query, id=method, c=world.ids["channel"])


def test_what_is_chosen_is_a_delivery_and_names_its_method(fresh: World) -> None:
    checkout = checkout_flow.ready(fresh, (fresh.ids["variant"], 1))
    found = seen(fresh, checkout)
    assert said(found["delivery"]["id"])[0] == "CheckoutDelivery"
    assert said(found["delivery"]["shippingMethod"]["id"]) == ["ShippingMethod", said(fresh.ids["method"])[1]]
    assert found["problems"] == []


def test_the_older_way_lists_methods_still(fresh: World) -> None:
    checkout = checkout_flow.create(fresh, (fresh.ids["variant"], 1), shippingAddress=ADDRESS)
    query = "query($id:ID!){checkout(id:$id){shippingMethods{name price{amount}}}}"
    found = fresh.api.ask(query, {"id": checkout["id"]})["checkout"]["shippingMethods"]
    assert found == [{"name": "Standard", "price": {"amount": 4.9}}]


def test_another_address_makes_the_delivery_stale_and_blocks_nothing(fresh: World) -> None:
    checkout = checkout_flow.ready(fresh, (fresh.ids["variant"], 1))
    fresh.api.do(
        ADDRESSED, {"id": checkout["id"], "a": ADDRESS | {"streetAddress1": "1601 Amphitheatre Pkwy"}}
    )
    assert problems(fresh, checkout) == {"CheckoutProblemDeliveryMethodStale"}
    checkout_flow.pay(fresh, checkout)
    assert checkout_flow.complete(fresh, checkout["id"])["status"] == "UNFULFILLED"


def test_calculating_again_takes_the_staleness_away(fresh: World) -> None:
    checkout = checkout_flow.ready(fresh, (fresh.ids["variant"], 1))
    fresh.api.do(ADDRESSED, {"id": checkout["id"], "a": ADDRESS | {"streetAddress1": "2 Elsewhere"}})
    checkout_flow.choose_delivery(fresh, checkout["id"])
    assert problems(fresh, checkout) == set()


def test_a_method_that_is_gone_makes_the_delivery_invalid_and_blocks(fresh: World) -> None:
    method = fresh.shipping_method("Aardvark express", price="1")
    checkout = checkout_flow.create(
        fresh,
        (fresh.ids["variant"], 1),
        email="ada@example.com",
        shippingAddress=ADDRESS,
        billingAddress=ADDRESS,
    )
    options = "mutation($id:ID!){deliveryOptionsCalculate(id:$id){deliveries{id shippingMethod{id}} errors{field message code}}}"
    deliveries = fresh.api.do(options, {"id": checkout["id"]})["deliveries"]
    (mine,) = [one["id"] for one in deliveries if said(one["shippingMethod"]["id"])[1] == said(method)[1]]
    choose = "mutation($id:ID!,$m:ID!){checkoutDeliveryMethodUpdate(id:$id,deliveryMethodId:$m){checkout{totalPrice{gross{amount currency}}} errors{field message code}}}"
    chosen = fresh.api.do(choose, {"id": checkout["id"], "m": mine})["checkout"]
    checkout_flow.pay(fresh, chosen | {"id": checkout["id"]})
    unlist(fresh, method)
    fresh.api.do(options, {"id": checkout["id"]})
    assert problems(fresh, checkout) == {"CheckoutProblemDeliveryMethodInvalid"}
    refused = fresh.api.refused(checkout_flow.COMPLETE, {"id": checkout["id"]})
    assert refused == [("shippingMethod", "INVALID_SHIPPING_METHOD")]
