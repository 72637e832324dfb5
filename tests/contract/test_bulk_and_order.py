"""Mutations of many rows at once, and those that move rows within their order, one test for all kinds."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.fixture_data import ShopSetup


def _name(shop: ShopSetup) -> str:
    return f"{uuid.uuid4().hex[:8]} {shop.suffix}"


def _create(mutation: str, payload: str, input_type: str, **given: Any) -> Callable[[ShopSetup], str]:
    """Creates a row by `mutation(input:)`; values that are functions get the shop."""

    def create(shop: ShopSetup) -> str:
        query = f"mutation($i:{input_type}!){{{mutation}(input:$i){{{payload}{{id}} errors{{field message code}}}}}}"
        values = {name: value(shop) if callable(value) else value for name, value in given.items()}
        return str(shop.mutate(query, i=values)[payload]["id"])

    return create


CREATE: dict[str, Callable[[ShopSetup], str]] = {
    "category": _create("categoryCreate", "category", "CategoryInput", name=_name),
    "collection": _create("collectionCreate", "collection", "CollectionCreateInput", name=_name),
    "menu": _create("menuCreate", "menu", "MenuCreateInput", name=_name),
    "pageType": _create("pageTypeCreate", "pageType", "PageTypeCreateInput", name=_name),
    "productType": _create("productTypeCreate", "productType", "ProductTypeInput", name=_name),
    "attribute": _create(
        "attributeCreate", "attribute", "AttributeCreateInput", name=_name, type="PRODUCT_TYPE"
    ),
    "giftCard": _create(
        "giftCardCreate",
        "giftCard",
        "GiftCardCreateInput",
        isActive=True,
        balance={"amount": "5", "currency": "USD"},
    ),
    "shippingZone": _create(
        "shippingZoneCreate", "shippingZone", "ShippingZoneCreateInput", name=_name, countries=["NO"]
    ),
    "draftOrder": _create(
        "draftOrderCreate", "order", "DraftOrderCreateInput", channelId=lambda shop: shop.ids["channel"]
    ),
    "customer": _create(
        "customerCreate",
        "user",
        "UserCreateInput",
        email=lambda shop: f"{uuid.uuid4().hex[:8]}@example.com",
    ),
}
NODE = {"draftOrder": "order", "customer": "user"}


@pytest.mark.parametrize("kind", sorted(CREATE))
def test_several_are_deleted_at_once(shop: ShopSetup, kind: str) -> None:
    pks = [CREATE[kind](shop) for _ in range(2)]
    mutation = f"{kind}BulkDelete"
    query = f"mutation($ids:[ID!]!){{{mutation}(ids:$ids){{count errors{{field message code}}}}}}"
    assert shop.mutate(query, ids=pks)["count"] == 2
    node = NODE.get(kind, kind)
    for pk in pks:
        found = shop.api.execute(f"query($id:ID!){{{node}(id:$id){{id}}}}", {"id": pk}, shop.app_token)
        assert found == {node: None}


def test_gift_cards_are_deactivated_and_activated_at_once(shop: ShopSetup) -> None:
    pks = [CREATE["giftCard"](shop) for _ in range(2)]
    for mutation, is_active in (("giftCardBulkDeactivate", False), ("giftCardBulkActivate", True)):
        query = f"mutation($ids:[ID!]!){{{mutation}(ids:$ids){{count errors{{field message code}}}}}}"
        assert shop.mutate(query, ids=pks)["count"] == 2
        for pk in pks:
            found = shop.api.execute("query($id:ID!){giftCard(id:$id){isActive}}", {"id": pk}, shop.app_token)
            assert found["giftCard"] == {"isActive": is_active}


def test_the_choices_of_an_attribute_change_places(shop: ShopSetup) -> None:
    query = (
        "mutation($i:AttributeCreateInput!){attributeCreate(input:$i)"
        "{attribute{id choices(first:9){edges{node{id name}}}} errors{field message code}}}"
    )
    values = [{"name": name} for name in "abc"]
    made = shop.mutate(query, i={"name": _name(shop), "type": "PRODUCT_TYPE", "values": values})["attribute"]
    choices = {edge["node"]["name"]: edge["node"]["id"] for edge in made["choices"]["edges"]}
    move = (
        "mutation($a:ID!,$m:[ReorderInput!]!){attributeReorderValues(attributeId:$a,moves:$m)"
        "{attribute{choices(first:9){edges{node{name}}}} errors{field message code}}}"
    )
    moved = shop.mutate(move, a=made["id"], m=[{"id": choices["c"], "sortOrder": -2}])["attribute"]
    assert [edge["node"]["name"] for edge in moved["choices"]["edges"]] == ["c", "a", "b"]
    moved = shop.mutate(move, a=made["id"], m=[{"id": choices["c"], "sortOrder": 1}])["attribute"]
    assert [edge["node"]["name"] for edge in moved["choices"]["edges"]] == ["a", "c", "b"]
    other = shop.mutate(query, i={"name": _name(shop), "type": "PRODUCT_TYPE", "values": values})["attribute"]
    foreign = {"a": other["id"], "m": [{"id": choices["a"], "sortOrder": 1}]}
    assert shop.api.mutation_errors(move, foreign, shop.app_token) == [("moves", "NOT_FOUND")]


def test_variants_and_products_of_a_collection_change_places(shop: ShopSetup) -> None:
    product, first, second = shop.create_product(f"order-{uuid.uuid4().hex[:6]}", price="10.00", stock=1)
    reorder = (
        "mutation($p:ID!,$m:[ReorderInput!]!){productVariantReorder(productId:$p,moves:$m)"
        "{product{variants{id}} errors{field message code}}}"
    )
    moved = shop.mutate(reorder, p=product, m=[{"id": second, "sortOrder": -1}])["product"]
    assert [variant["id"] for variant in moved["variants"]] == [second, first]
    collection = CREATE["collection"](shop)
    add = "mutation($c:ID!,$p:[ID!]!){collectionAddProducts(collectionId:$c,products:$p){errors{field message code}}}"
    shop.mutate(add, c=collection, p=[shop.ids["product"], product])
    move = (
        "mutation($c:ID!,$m:[MoveProductInput!]!){collectionReorderProducts(collectionId:$c,moves:$m)"
        "{collection{products(first:5,sortBy:{field:COLLECTION,direction:ASC}){edges{node{id}}}} errors{field message code}}}"
    )
    shown = shop.mutate(move, c=collection, m=[{"productId": product, "sortOrder": -1}])["collection"]
    assert [edge["node"]["id"] for edge in shown["products"]["edges"]] == [product, shop.ids["product"]]


def test_menu_items_are_changed_moved_and_deleted(shop: ShopSetup) -> None:
    given = {
        "name": _name(shop),
        "items": [
            {"name": "Sets", "url": "https://example.com/sets"},
            {"name": "Help", "url": "https://example.com/help"},
        ],
    }
    query = "mutation($i:MenuCreateInput!){menuCreate(input:$i){menu{id items{id name}} errors{field message code}}}"
    menu = shop.mutate(query, i=given)["menu"]
    sets, help_ = (item["id"] for item in menu["items"])
    update = (
        "mutation($id:ID!,$i:MenuItemInput!){menuItemUpdate(id:$id,input:$i)"
        "{menuItem{name url category{id}} errors{field message code}}}"
    )
    changed = shop.mutate(update, id=help_, i={"name": "Advice", "category": shop.ids["category"]})
    assert changed["menuItem"] == {"name": "Advice", "url": None, "category": {"id": shop.ids["category"]}}
    move = (
        "mutation($m:ID!,$v:[MenuItemMoveInput!]!){menuItemMove(menu:$m,moves:$v)"
        "{menu{items{name children{name level}}} errors{field message code}}}"
    )
    moved = shop.mutate(move, m=menu["id"], v=[{"itemId": help_, "parentId": sets}])["menu"]
    assert moved["items"] == [{"name": "Sets", "children": [{"name": "Advice", "level": 1}]}]
    below_itself = {"m": menu["id"], "v": [{"itemId": sets, "parentId": help_}]}
    assert shop.api.mutation_errors(move, below_itself, shop.app_token) == [
        ("parentId", "CANNOT_ASSIGN_NODE")
    ]
    delete = "mutation($id:ID!){menuItemDelete(id:$id){menuItem{name} errors{field message code}}}"
    assert shop.mutate(delete, id=sets)["menuItem"] == {"name": "Sets"}
    rename = 'mutation($id:ID!){menuUpdate(id:$id,input:{name:"Foot"}){menu{name items{id}} errors{field message code}}}'
    assert shop.mutate(rename, id=menu["id"])["menu"] == {"name": "Foot", "items": []}
