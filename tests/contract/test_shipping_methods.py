"""Delivery by weight and by postal code, and fetching at a warehouse."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, World

OPTIONS = "mutation($id:ID!){deliveryOptionsCalculate(id:$id){deliveries{id shippingMethod{name}} errors{field message code}}}"
CHOOSE = "mutation($id:ID!,$m:ID!){checkoutDeliveryMethodUpdate(id:$id,deliveryMethodId:$m){checkout{isShippingRequired deliveryMethod{__typename ...on Warehouse{id name}} totalPrice{gross{amount currency}} shippingPrice{gross{amount}}} errors{field message code}}}"
PRICE = "mutation($i:ShippingPriceInput!){shippingPriceCreate(input:$i){shippingMethod{id} errors{field message code}}}"
LIST = "mutation($id:ID!,$c:ID!){shippingMethodChannelListingUpdate(id:$id,input:{addChannels:[{channelId:$c,price:3}]}){shippingMethod{id} errors{field message code}}}"
COLLECT = "mutation($id:ID!){updateWarehouse(id:$id,input:{clickAndCollectOption:LOCAL,isPrivate:false}){warehouse{clickAndCollectOption} errors{field message code}}}"


@pytest.fixture(scope="module")
def fresh(world: World) -> World:
    """A world of its own, with a heavy and a light product, a method by weight and two by postal code."""
    made = World(world.api).set_up()
    for name, weight in (("light", 0.5), ("heavy", 5)):
        product, teal, _ = made.product(name, price="10.00", stock=50)
        made.ids[name] = teal
        made.do(
            "mutation($id:ID!,$w:WeightScalar!){productUpdate(id:$id,input:{weight:$w}){product{id} errors{field message code}}}",
            id=product, w=weight,
        )  # fmt: skip
    priced(made, "By weight", type="WEIGHT", minimumOrderWeight=2, maximumOrderWeight=10)
    priced(
        made,
        "Only here",
        type="PRICE",
        addPostalCodeRules=[{"start": "94000", "end": "94099"}],
        inclusionType="INCLUDE",
    )
    priced(
        made,
        "Not here",
        type="PRICE",
        addPostalCodeRules=[{"start": "94000", "end": "94099"}],
        inclusionType="EXCLUDE",
    )
    return made


def priced(world: World, name: str, **given: Any) -> None:
    method = world.do(PRICE, i={"name": name, "shippingZone": world.ids["zone"], **given})["shippingMethod"][
        "id"
    ]
    world.do(LIST, id=method, c=world.ids["channel"])


def offered(world: World, *lines: tuple[str, int], **address: str) -> set[str]:
    checkout = checkout_flow.create(world, *lines, shippingAddress=ADDRESS | address)
    deliveries = world.api.do(OPTIONS, {"id": checkout["id"]})["deliveries"]
    return {one["shippingMethod"]["name"] for one in deliveries}


@pytest.mark.parametrize(
    ("product", "quantity", "is_offered"),
    [("light", 1, False), ("light", 4, True), ("heavy", 2, True), ("heavy", 3, False)],
)
def test_a_method_by_weight_is_offered_between_its_limits(
    fresh: World, product: str, quantity: int, is_offered: bool
) -> None:
    assert ("By weight" in offered(fresh, (fresh.ids[product], quantity))) is is_offered


def test_a_postal_code_brings_one_method_in_and_keeps_another_out(fresh: World) -> None:
    here = offered(fresh, (fresh.ids["light"], 1))
    there = offered(fresh, (fresh.ids["light"], 1), postalCode="90001", city="Los Angeles")
    assert (here, there) == ({"Standard", "Only here"}, {"Standard", "Not here"})


def test_a_shopper_may_fetch_the_order_where_the_merchant_allows_it(fresh: World) -> None:
    points = "query($id:ID!){checkout(id:$id){availableCollectionPoints{id}}}"
    checkout = checkout_flow.create(
        fresh, (fresh.ids["light"], 1), email="ada@example.com", billingAddress=ADDRESS
    )
    if not fresh.api.is_ours:  # ours does not serve the field; the refusal below is the same question
        assert fresh.api.ask(points, {"id": checkout["id"]})["checkout"]["availableCollectionPoints"] == []
    assert fresh.api.refused(CHOOSE, {"id": checkout["id"], "m": fresh.ids["warehouse"]}) == [
        ("deliveryMethodId", "DELIVERY_METHOD_NOT_APPLICABLE")
    ]
    fresh.do(COLLECT, id=fresh.ids["warehouse"])
    chosen = fresh.api.do(CHOOSE, {"id": checkout["id"], "m": fresh.ids["warehouse"]})["checkout"]
    assert chosen["deliveryMethod"] == {
        "__typename": "Warehouse",
        "id": fresh.ids["warehouse"],
        "name": f"Dock {fresh.mark}",
    }
    assert (chosen["totalPrice"]["gross"]["amount"], chosen["shippingPrice"]["gross"]["amount"]) == (
        10.85,
        0.0,
    )
    checkout_flow.pay(fresh, {"id": checkout["id"], "totalPrice": chosen["totalPrice"]})
    order = checkout_flow.complete(fresh, checkout["id"])
    query = "query($id:ID!){order(id:$id){deliveryMethod{__typename ...on Warehouse{id}} shippingAddress{city} collectionPointName isShippingRequired}}"
    assert fresh.api.ask(query, {"id": order["id"]})["order"] == {
        "deliveryMethod": {"__typename": "Warehouse", "id": fresh.ids["warehouse"]},
        "shippingAddress": {"city": "SAN FRANCISCO"},
        "collectionPointName": f"Dock {fresh.mark}",
        "isShippingRequired": True,
    }
