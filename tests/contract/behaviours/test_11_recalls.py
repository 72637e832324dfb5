"""11. Lots and inserts live in metadata of lines; the recall question is a filter on them."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import World

SET = "mutation($id:ID!,$m:[MetadataInput!]!){updateMetadata(id:$id,input:$m){item{metadata{key value}} errors{field message code}}}"
ASK = "query($w:OrderWhereInput!){orders(first:10,where:$w){edges{node{id}}}}"
FULFILL = "mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){fulfillments{id} errors{field message code}}}"


@pytest.fixture(scope="module")
def order(world: World) -> dict[str, Any]:
    """Its first line carries a lot, and so does its parcel; its second line carries none."""
    made = checkout_flow.buy(world, (world.ids["variant"], 1), (world.ids["other"], 1))
    world.do(SET, id=made["lines"][0]["id"], m=[{"key": f"lot:A{world.mark}", "value": "1"}])
    lines = [
        {
            "orderLineId": made["lines"][0]["id"],
            "stocks": [{"warehouse": world.ids["warehouse"], "quantity": 1}],
        }
    ]
    parcel = world.do(FULFILL, o=made["id"], i={"lines": lines})["fulfillments"][0]
    world.do(SET, id=parcel["id"], m=[{"key": f"parcel:{world.mark}", "value": "L1"}])
    return made


def found(world: World, where: dict[str, Any]) -> list[str]:
    edges = world.api.ask(ASK, {"w": where}, world.app)["orders"]["edges"]
    return [edge["node"]["id"] for edge in edges]


def test_a_lot_leads_to_its_orders(world: World, order: dict[str, Any]) -> None:
    assert found(world, {"lines": [{"metadata": {"key": f"lot:A{world.mark}"}}]}) == [order["id"]]


def test_a_value_narrows_it(world: World, order: dict[str, Any]) -> None:
    key = f"lot:A{world.mark}"
    assert found(world, {"lines": [{"metadata": {"key": key, "value": {"eq": "1"}}}]}) == [order["id"]]
    assert found(world, {"lines": [{"metadata": {"key": key, "value": {"oneOf": ["2", "1"]}}}]}) == [
        order["id"]
    ]
    assert found(world, {"lines": [{"metadata": {"key": key, "value": {"eq": "2"}}}]}) == []


def test_another_lot_leads_nowhere(world: World, order: dict[str, Any]) -> None:
    assert found(world, {"lines": [{"metadata": {"key": f"lot:B{world.mark}"}}]}) == []


def test_a_parcels_metadata_leads_to_its_order(world: World, order: dict[str, Any]) -> None:
    key = f"parcel:{world.mark}"
    assert found(world, {"fulfillments": [{"metadata": {"key": key}}]}) == [order["id"]]
    assert found(world, {"fulfillments": [{"metadata": {"key": key, "value": {"eq": "L2"}}}]}) == []


def test_wishes_can_be_joined(world: World, order: dict[str, Any]) -> None:
    lot = {"lines": [{"metadata": {"key": f"lot:A{world.mark}"}}]}
    number = {"number": {"eq": int(order["number"])}}
    none = {"number": {"eq": 0}}
    assert found(world, {"AND": [lot, number]}) == found(world, {"OR": [lot, none]}) == [order["id"]]
    assert found(world, {"AND": [lot, none]}) == []
