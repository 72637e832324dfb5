"""Recalls: lots are stored in the metadata of order lines and fulfillments, and orders are found by filtering on them."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup

SET_METADATA = "mutation($id:ID!,$m:[MetadataInput!]!){updateMetadata(id:$id,input:$m){item{metadata{key value}} errors{field message code}}}"
FIND_ORDERS = "query($w:OrderWhereInput!){orders(first:10,where:$w){edges{node{id}}}}"
FULFILL = "mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){fulfillments{id} errors{field message code}}}"


@pytest.fixture(scope="module")
def order(shop: ShopSetup) -> dict[str, Any]:
    """An order with a lot on its first line and on its fulfillment; its second line has none."""
    made = checkout_flow.buy(shop, (shop.ids["variant"], 1), (shop.ids["other"], 1))
    shop.mutate(SET_METADATA, id=made["lines"][0]["id"], m=[{"key": f"lot:A{shop.suffix}", "value": "1"}])
    lines = [
        {
            "orderLineId": made["lines"][0]["id"],
            "stocks": [{"warehouse": shop.ids["warehouse"], "quantity": 1}],
        }
    ]
    fulfillment = shop.mutate(FULFILL, o=made["id"], i={"lines": lines})["fulfillments"][0]
    shop.mutate(SET_METADATA, id=fulfillment["id"], m=[{"key": f"fulfillment:{shop.suffix}", "value": "L1"}])
    return made


def find_order_ids(shop: ShopSetup, where: dict[str, Any]) -> list[str]:
    edges = shop.api.execute(FIND_ORDERS, {"w": where}, shop.app_token)["orders"]["edges"]
    return [edge["node"]["id"] for edge in edges]


def test_a_lot_finds_its_orders(shop: ShopSetup, order: dict[str, Any]) -> None:
    assert find_order_ids(shop, {"lines": [{"metadata": {"key": f"lot:A{shop.suffix}"}}]}) == [order["id"]]


def test_a_value_narrows_the_search(shop: ShopSetup, order: dict[str, Any]) -> None:
    key = f"lot:A{shop.suffix}"
    assert find_order_ids(shop, {"lines": [{"metadata": {"key": key, "value": {"eq": "1"}}}]}) == [
        order["id"]
    ]
    assert find_order_ids(shop, {"lines": [{"metadata": {"key": key, "value": {"oneOf": ["2", "1"]}}}]}) == [
        order["id"]
    ]
    assert find_order_ids(shop, {"lines": [{"metadata": {"key": key, "value": {"eq": "2"}}}]}) == []


def test_another_lot_finds_nothing(shop: ShopSetup, order: dict[str, Any]) -> None:
    assert find_order_ids(shop, {"lines": [{"metadata": {"key": f"lot:B{shop.suffix}"}}]}) == []


def test_the_metadata_of_a_fulfillment_finds_its_order(shop: ShopSetup, order: dict[str, Any]) -> None:
    key = f"fulfillment:{shop.suffix}"
    assert find_order_ids(shop, {"fulfillments": [{"metadata": {"key": key}}]}) == [order["id"]]
    assert find_order_ids(shop, {"fulfillments": [{"metadata": {"key": key, "value": {"eq": "L2"}}}]}) == []


def test_filters_can_be_combined(shop: ShopSetup, order: dict[str, Any]) -> None:
    lot = {"lines": [{"metadata": {"key": f"lot:A{shop.suffix}"}}]}
    number = {"number": {"eq": int(order["number"])}}
    none = {"number": {"eq": 0}}
    assert (
        find_order_ids(shop, {"AND": [lot, number]})
        == find_order_ids(shop, {"OR": [lot, none]})
        == [order["id"]]
    )
    assert find_order_ids(shop, {"AND": [lot, none]}) == []
