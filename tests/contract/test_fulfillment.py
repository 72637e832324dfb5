"""Fulfilling and cancelling orders, and what that does to the stock."""

from typing import Any

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup

FULFILL = "mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){fulfillments{id status trackingNumber} order{status} errors{field message code orderLines}}}"  # fmt: skip
CANCEL = "mutation($id:ID!){orderCancel(id:$id){order{status} errors{field message code}}}"


def fulfillment_lines(
    shop: ShopSetup, order: dict[str, Any], quantity: int | None = None
) -> list[dict[str, Any]]:
    return [
        {"orderLineId": line["id"], "stocks": [{"warehouse": shop.ids["warehouse"], "quantity": quantity or line["quantity"]}]}
        for line in order["lines"]
    ]  # fmt: skip


def test_fulfilling_removes_stock_and_allocation(shop: ShopSetup) -> None:
    _, variant, _ = shop.create_product("fulfils", price="10.00", stock=9)
    order = checkout_flow.buy(shop, (variant, 2))
    done = shop.mutate(
        FULFILL, o=order["id"], i={"lines": fulfillment_lines(shop, order), "trackingNumber": "TRK1"}
    )
    assert done["order"]["status"] == "FULFILLED"
    assert (done["fulfillments"][0]["status"], done["fulfillments"][0]["trackingNumber"]) == (
        "FULFILLED",
        "TRK1",
    )
    assert checkout_flow.stock_of(shop, variant) == (7, 0)


def test_an_order_can_be_fulfilled_in_part(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 2))
    done = shop.mutate(FULFILL, o=order["id"], i={"lines": fulfillment_lines(shop, order, 1)})
    assert done["order"]["status"] == "PARTIALLY_FULFILLED"


def test_more_than_was_ordered_can_not_be_fulfilled(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1))
    variables = {"o": order["id"], "i": {"lines": fulfillment_lines(shop, order, 2)}}
    errors = shop.api.mutation_errors(FULFILL, variables, shop.app_token)
    assert errors == [("orderLineId", "FULFILL_ORDER_LINE")]


def test_cancelling_an_order_releases_its_stock(shop: ShopSetup) -> None:
    _, variant, _ = shop.create_product("cancels", price="10.00", stock=9)
    order = checkout_flow.buy(shop, (variant, 2))
    assert shop.mutate(CANCEL, id=order["id"])["order"]["status"] == "CANCELED"
    assert checkout_flow.stock_of(shop, variant) == (9, 0)


def test_a_fulfilled_order_can_not_be_cancelled(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1))
    shop.mutate(FULFILL, o=order["id"], i={"lines": fulfillment_lines(shop, order)})
    assert shop.api.mutation_errors(CANCEL, {"id": order["id"]}, shop.app_token) == [
        ("order", "CANNOT_CANCEL_ORDER")
    ]


def test_orders_are_found_by_the_metadata_of_their_lines(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1))
    key = f"lot:{shop.suffix}"
    shop.mutate(
        "mutation($id:ID!,$k:String!){updateMetadata(id:$id,input:[{key:$k,value:\"1\"}]){item{__typename} errors{field message code}}}",
        id=order["lines"][0]["id"], k=key,
    )  # fmt: skip
    query = "query($k:String!){orders(first:5,where:{lines:[{metadata:{key:$k}}]}){edges{node{id}}}}"
    found = shop.api.execute(query, {"k": key}, shop.app_token)["orders"]["edges"]
    assert [edge["node"]["id"] for edge in found] == [order["id"]]


def test_a_tracking_number_can_be_changed(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1))
    done = shop.mutate(
        FULFILL, o=order["id"], i={"lines": fulfillment_lines(shop, order), "trackingNumber": "A"}
    )
    query = "mutation($id:ID!){orderFulfillmentUpdateTracking(id:$id,input:{trackingNumber:\"B\"}){fulfillment{trackingNumber} errors{field message code}}}"  # fmt: skip
    assert shop.mutate(query, id=done["fulfillments"][0]["id"])["fulfillment"]["trackingNumber"] == "B"
