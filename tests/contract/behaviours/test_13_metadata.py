"""13. Whoever may read an object reads its metadata; private metadata needs a right."""

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import World

SET = 'mutation($id:ID!){updateMetadata(id:$id,input:[{key:"care",value:"cold"}]){item{__typename} errors{field message code}}}'
HIDE = 'mutation($id:ID!){updatePrivateMetadata(id:$id,input:[{key:"cost",value:"3"}]){item{__typename} errors{field message code}}}'
READ = {
    "product": "query($c:String!,$id:ID!){one:product(id:$id,channel:$c){%s}}",
    "variant": "query($c:String!,$id:ID!){one:productVariant(id:$id,channel:$c){%s}}",
    "category": "query($c:String,$id:ID!){one:category(id:$id){%s} channel(slug:$c){id}}",
    "order": "query($c:String,$id:ID!){one:order(id:$id){%s} channel(slug:$c){id}}",
    "checkout": "query($c:String,$id:ID!){one:checkout(id:$id){%s} channel(slug:$c){id}}",
}


@pytest.fixture(scope="module")
def ids(world: World) -> dict[str, str]:
    given = {
        **world.ids,
        "order": checkout_flow.buy(world, (world.ids["variant"], 1))["id"],
        "checkout": checkout_flow.create(world, (world.ids["variant"], 1))["id"],
    }
    for kind in READ:
        world.do(SET, id=given[kind])
        world.do(HIDE, id=given[kind])
    return given


@pytest.mark.parametrize("kind", READ)
def test_anybody_reads_metadata(world: World, ids: dict[str, str], kind: str) -> None:
    query = READ[kind] % 'metafield(key:"care") metadata{key value}'
    found = world.api.ask(query, {"c": world.channel, "id": ids[kind]})["one"]
    assert {"key": "care", "value": "cold"} in found["metadata"]
    assert found["metafield"] == "cold"


@pytest.mark.parametrize("kind", READ)
def test_nobody_reads_private_metadata(world: World, ids: dict[str, str], kind: str) -> None:
    answer = world.api.post(READ[kind] % "privateMetadata{key value}", {"c": world.channel, "id": ids[kind]})
    assert answer.codes == ["PermissionDenied"]


@pytest.mark.parametrize("kind", READ)
def test_an_app_with_the_right_reads_it(world: World, ids: dict[str, str], kind: str) -> None:
    query = READ[kind] % "privateMetadata{key value}"
    found = world.api.ask(query, {"c": world.channel, "id": ids[kind]}, world.app)["one"]
    assert {"key": "cost", "value": "3"} in found["privateMetadata"]
