"""Metadata hangs on everything; private metadata needs a right."""

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import World

UPDATE = "mutation($id:ID!,$k:String!,$v:String!){updateMetadata(id:$id,input:[{key:$k,value:$v}]){item{metadata{key value}} errors{field message code}}}"
DELETE = "mutation($id:ID!,$k:String!){deleteMetadata(id:$id,keys:[$k]){item{metadata{key value}} errors{field message code}}}"


@pytest.mark.parametrize(
    "kind",
    ["product", "variant", "category", "channel", "warehouse", "zone", "method", "tax_class", "material"],
)
def test_staff_hang_metadata_on_what_they_manage(world: World, kind: str) -> None:
    done = world.do(UPDATE, id=world.ids[kind], k="colour", v="teal")
    assert {"key": "colour", "value": "teal"} in done["item"]["metadata"]
    done = world.do(DELETE, id=world.ids[kind], k="colour")
    assert "colour" not in {one["key"] for one in done["item"]["metadata"]}


def test_a_guest_hangs_metadata_on_the_own_basket(world: World) -> None:
    checkout = checkout_flow.create(world, (world.ids["variant"], 1))
    done = world.api.do(UPDATE, {"id": checkout["id"], "k": "a", "v": "b"})
    assert done["item"]["metadata"] == [{"key": "a", "value": "b"}]
    line = world.api.do(UPDATE, {"id": checkout["lines"][0]["id"], "k": "a", "v": "b"})
    assert line["item"]["metadata"] == [{"key": "a", "value": "b"}]


def test_an_empty_key_is_refused(world: World) -> None:
    checkout = checkout_flow.create(world, (world.ids["variant"], 1))
    assert world.api.refused(UPDATE, {"id": checkout["id"], "k": " ", "v": "b"}) == [("input", "REQUIRED")]


def test_a_guest_may_not_write_on_a_product(world: World) -> None:
    assert world.api.post(UPDATE, {"id": world.ids["product"], "k": "a", "v": "b"}).codes == [
        "PermissionDenied"
    ]


def test_metadata_of_an_unknown_row_is_not_found(world: World) -> None:
    unknown = "UHJvZHVjdDo5OTk5OTk5OQ=="
    assert world.api.refused(UPDATE, {"id": unknown, "k": "a", "v": "b"}, world.app) == [("id", "NOT_FOUND")]


def test_private_metadata_needs_a_right(world: World) -> None:
    query = 'mutation($id:ID!){updatePrivateMetadata(id:$id,input:[{key:"a",value:"b"}]){item{privateMetadata{key value}} errors{field message code}}}'
    checkout = checkout_flow.create(world, (world.ids["variant"], 1))
    assert world.api.post(query, {"id": checkout["id"]}).codes == ["PermissionDenied"]
    done = world.do(query, id=checkout["id"])
    assert done["item"]["privateMetadata"] == [{"key": "a", "value": "b"}]
