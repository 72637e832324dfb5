"""Shipping methods by weight and by postal code, and click and collect."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, ShopSetup

OPTIONS = "mutation($id:ID!){deliveryOptionsCalculate(id:$id){deliveries{id shippingMethod{name}} errors{field message code}}}"
CHOOSE = "mutation($id:ID!,$m:ID!){checkoutDeliveryMethodUpdate(id:$id,deliveryMethodId:$m){checkout{isShippingRequired deliveryMethod{__typename ...on Warehouse{id name}} totalPrice{gross{amount currency}} shippingPrice{gross{amount}}} errors{field message code}}}"
CREATE_METHOD = "mutation($i:ShippingPriceInput!){shippingPriceCreate(input:$i){shippingMethod{id} errors{field message code}}}"
LIST_IN_CHANNEL = "mutation($id:ID!,$c:ID!){shippingMethodChannelListingUpdate(id:$id,input:{addChannels:[{channelId:$c,price:3}]}){shippingMethod{id} errors{field message code}}}"
ALLOW_COLLECTION = "mutation($id:ID!){updateWarehouse(id:$id,input:{clickAndCollectOption:LOCAL,isPrivate:false}){warehouse{clickAndCollectOption} errors{field message code}}}"


@pytest.fixture(scope="module")
def isolated_shop(shop: ShopSetup) -> ShopSetup:
    """A separate channel with a light and a heavy product, a method by weight and two by postal code."""
    made = ShopSetup(shop.api).set_up()
    for name, weight in (("light", 0.5), ("heavy", 5)):
        product, teal, _ = made.create_product(name, price="10.00", stock=50)
        made.ids[name] = teal
        made.mutate(
            "mutation($id:ID!,$w:WeightScalar!){productUpdate(id:$id,input:{weight:$w}){product{id} errors{field message code}}}",
            id=product, w=weight,
        )  # fmt: skip
    create_priced_method(made, "By weight", type="WEIGHT", minimumOrderWeight=2, maximumOrderWeight=10)
    create_priced_method(
        made,
        "Only here",
        type="PRICE",
        addPostalCodeRules=[{"start": "94000", "end": "94099"}],
        inclusionType="INCLUDE",
    )
    create_priced_method(
        made,
        "Not here",
        type="PRICE",
        addPostalCodeRules=[{"start": "94000", "end": "94099"}],
        inclusionType="EXCLUDE",
    )
    return made


def create_priced_method(shop: ShopSetup, name: str, **given: Any) -> None:
    method = shop.mutate(CREATE_METHOD, i={"name": name, "shippingZone": shop.ids["zone"], **given})[
        "shippingMethod"
    ]["id"]
    shop.mutate(LIST_IN_CHANNEL, id=method, c=shop.ids["channel"])


def offered_methods(shop: ShopSetup, *lines: tuple[str, int], **address: str) -> set[str]:
    checkout = checkout_flow.create(shop, *lines, shippingAddress=ADDRESS | address)
    deliveries = shop.api.mutate(OPTIONS, {"id": checkout["id"]})["deliveries"]
    return {delivery["shippingMethod"]["name"] for delivery in deliveries}


@pytest.mark.parametrize(
    ("product", "quantity", "is_offered"),
    [("light", 1, False), ("light", 4, True), ("heavy", 2, True), ("heavy", 3, False)],
)
def test_a_method_by_weight_is_offered_within_its_limits(
    isolated_shop: ShopSetup, product: str, quantity: int, is_offered: bool
) -> None:
    assert (
        "By weight" in offered_methods(isolated_shop, (isolated_shop.ids[product], quantity))
    ) is is_offered


def test_postal_code_rules_include_one_method_and_exclude_another(isolated_shop: ShopSetup) -> None:
    here = offered_methods(isolated_shop, (isolated_shop.ids["light"], 1))
    there = offered_methods(
        isolated_shop, (isolated_shop.ids["light"], 1), postalCode="90001", city="Los Angeles"
    )
    assert (here, there) == ({"Standard", "Only here"}, {"Standard", "Not here"})


def test_click_and_collect_is_offered_where_the_warehouse_allows_it(isolated_shop: ShopSetup) -> None:
    query = "query($id:ID!){checkout(id:$id){availableCollectionPoints{id}}}"
    checkout = checkout_flow.create(
        isolated_shop, (isolated_shop.ids["light"], 1), email="ada@example.com", billingAddress=ADDRESS
    )
    if (
        not isolated_shop.api.is_embedded
    ):  # the engine does not serve the field; the refusal below tests the same
        assert (
            isolated_shop.api.execute(query, {"id": checkout["id"]})["checkout"]["availableCollectionPoints"]
            == []
        )
    assert isolated_shop.api.mutation_errors(
        CHOOSE, {"id": checkout["id"], "m": isolated_shop.ids["warehouse"]}
    ) == [("deliveryMethodId", "DELIVERY_METHOD_NOT_APPLICABLE")]
    isolated_shop.mutate(ALLOW_COLLECTION, id=isolated_shop.ids["warehouse"])
    chosen = isolated_shop.api.mutate(CHOOSE, {"id": checkout["id"], "m": isolated_shop.ids["warehouse"]})[
        "checkout"
    ]
    assert chosen["deliveryMethod"] == {
        "__typename": "Warehouse",
        "id": isolated_shop.ids["warehouse"],
        "name": f"Dock {isolated_shop.suffix}",
    }
    assert (chosen["totalPrice"]["gross"]["amount"], chosen["shippingPrice"]["gross"]["amount"]) == (
        10.85,
        0.0,
    )
    checkout_flow.pay(isolated_shop, {"id": checkout["id"], "totalPrice": chosen["totalPrice"]})
    order = checkout_flow.complete(isolated_shop, checkout["id"])
    query = "query($id:ID!){order(id:$id){deliveryMethod{__typename ...on Warehouse{id}} shippingAddress{city} collectionPointName isShippingRequired}}"
    assert isolated_shop.api.execute(query, {"id": order["id"]}, isolated_shop.app_token)["order"] == {
        "deliveryMethod": {"__typename": "Warehouse", "id": isolated_shop.ids["warehouse"]},
        "shippingAddress": {"city": "SAN FRANCISCO"},
        "collectionPointName": f"Dock {isolated_shop.suffix}",
        "isShippingRequired": True,
    }


AVAILABLE = "query($c:String!,$a:AddressInput){shop{availableShippingMethods(channel:$c,address:$a){name price{amount currency} minimumOrderPrice{amount} minimumDeliveryDays}}}"


def available_names(shop: ShopSetup, **variables: Any) -> set[str]:
    found = shop.api.execute(AVAILABLE, variables)["shop"]["availableShippingMethods"]
    return {method["name"] for method in found}


def test_a_guest_reads_all_methods_of_a_channel_whatever_an_order_weighs(isolated_shop: ShopSetup) -> None:
    names = available_names(isolated_shop, c=isolated_shop.channel)
    assert {"By weight", "Only here", "Not here"} <= names


def test_of_an_address_only_the_country_counts(isolated_shop: ShopSetup) -> None:
    here = available_names(isolated_shop, c=isolated_shop.channel, a={"country": ADDRESS["country"]})
    assert {"By weight", "Only here", "Not here"} <= here
    assert available_names(isolated_shop, c=isolated_shop.channel, a={"country": "JP"}) == set()
