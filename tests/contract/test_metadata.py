"""Writing and deleting metadata of the types that carry it; private metadata needs a permission."""

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup

UPDATE = "mutation($id:ID!,$k:String!,$v:String!){updateMetadata(id:$id,input:[{key:$k,value:$v}]){item{metadata{key value}} errors{field message code}}}"
DELETE = "mutation($id:ID!,$k:String!){deleteMetadata(id:$id,keys:[$k]){item{metadata{key value}} errors{field message code}}}"


@pytest.mark.parametrize(
    "kind",
    ["product", "variant", "category", "channel", "warehouse", "zone", "method", "tax_class", "material"],
)
def test_staff_write_metadata_on_what_they_manage(shop: ShopSetup, kind: str) -> None:
    done = shop.mutate(UPDATE, id=shop.ids[kind], k="colour", v="teal")
    assert {"key": "colour", "value": "teal"} in done["item"]["metadata"]
    done = shop.mutate(DELETE, id=shop.ids[kind], k="colour")
    assert "colour" not in {entry["key"] for entry in done["item"]["metadata"]}


def test_a_guest_writes_metadata_on_the_own_checkout(shop: ShopSetup) -> None:
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 1))
    done = shop.api.mutate(UPDATE, {"id": checkout["id"], "k": "a", "v": "b"})
    assert done["item"]["metadata"] == [{"key": "a", "value": "b"}]
    line = shop.api.mutate(UPDATE, {"id": checkout["lines"][0]["id"], "k": "a", "v": "b"})
    assert line["item"]["metadata"] == [{"key": "a", "value": "b"}]


def test_an_empty_key_is_refused(shop: ShopSetup) -> None:
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 1))
    assert shop.api.mutation_errors(UPDATE, {"id": checkout["id"], "k": " ", "v": "b"}) == [
        ("input", "REQUIRED")
    ]


def test_a_guest_may_not_write_on_a_product(shop: ShopSetup) -> None:
    assert shop.api.post(UPDATE, {"id": shop.ids["product"], "k": "a", "v": "b"}).codes == [
        "PermissionDenied"
    ]


def test_metadata_of_an_unknown_row_is_not_found(shop: ShopSetup) -> None:
    unknown = "UHJvZHVjdDo5OTk5OTk5OQ=="
    assert shop.api.mutation_errors(UPDATE, {"id": unknown, "k": "a", "v": "b"}, shop.app_token) == [
        ("id", "NOT_FOUND")
    ]


def test_private_metadata_needs_a_permission(shop: ShopSetup) -> None:
    query = 'mutation($id:ID!){updatePrivateMetadata(id:$id,input:[{key:"a",value:"b"}]){item{privateMetadata{key value}} errors{field message code}}}'
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 1))
    assert shop.api.post(query, {"id": checkout["id"]}).codes == ["PermissionDenied"]
    done = shop.mutate(query, id=checkout["id"])
    assert done["item"]["privateMetadata"] == [{"key": "a", "value": "b"}]
