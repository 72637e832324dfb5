"""Metadata is readable with its object; private metadata needs a permission."""

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup

SET_METADATA = 'mutation($id:ID!){updateMetadata(id:$id,input:[{key:"care",value:"cold"}]){item{__typename} errors{field message code}}}'
SET_PRIVATE_METADATA = 'mutation($id:ID!){updatePrivateMetadata(id:$id,input:[{key:"cost",value:"3"}]){item{__typename} errors{field message code}}}'
QUERIES = {
    "product": "query($c:String!,$id:ID!){object:product(id:$id,channel:$c){%s}}",
    "variant": "query($c:String!,$id:ID!){object:productVariant(id:$id,channel:$c){%s}}",
    "category": "query($c:String,$id:ID!){object:category(id:$id){%s} channel(slug:$c){id}}",
    "order": "query($c:String,$id:ID!){object:order(id:$id){%s} channel(slug:$c){id}}",
    "checkout": "query($c:String,$id:ID!){object:checkout(id:$id){%s} channel(slug:$c){id}}",
}


@pytest.fixture(scope="module")
def object_ids(shop: ShopSetup) -> dict[str, str]:
    ids_by_kind = {
        **shop.ids,
        "order": checkout_flow.buy(shop, (shop.ids["variant"], 1))["id"],
        "checkout": checkout_flow.create(shop, (shop.ids["variant"], 1))["id"],
    }
    for kind in QUERIES:
        shop.mutate(SET_METADATA, id=ids_by_kind[kind])
        shop.mutate(SET_PRIVATE_METADATA, id=ids_by_kind[kind])
    return ids_by_kind


@pytest.mark.parametrize("kind", QUERIES)
def test_a_guest_reads_metadata(shop: ShopSetup, object_ids: dict[str, str], kind: str) -> None:
    query = QUERIES[kind] % 'metafield(key:"care") metadata{key value}'
    found = shop.api.execute(query, {"c": shop.channel, "id": object_ids[kind]})["object"]
    assert {"key": "care", "value": "cold"} in found["metadata"]
    assert found["metafield"] == "cold"


@pytest.mark.parametrize("kind", QUERIES)
def test_a_guest_is_denied_private_metadata(shop: ShopSetup, object_ids: dict[str, str], kind: str) -> None:
    response = shop.api.post(
        QUERIES[kind] % "privateMetadata{key value}", {"c": shop.channel, "id": object_ids[kind]}
    )
    assert response.codes == ["PermissionDenied"]


@pytest.mark.parametrize("kind", QUERIES)
def test_an_app_with_the_permission_reads_private_metadata(
    shop: ShopSetup, object_ids: dict[str, str], kind: str
) -> None:
    query = QUERIES[kind] % "privateMetadata{key value}"
    found = shop.api.execute(query, {"c": shop.channel, "id": object_ids[kind]}, shop.app_token)["object"]
    assert {"key": "cost", "value": "3"} in found["privateMetadata"]
