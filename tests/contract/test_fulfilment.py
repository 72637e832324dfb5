"""What a merchant does with an order."""

from typing import Any

from tests.contract import checkout_flow
from tests.contract.fixture_data import World

FULFILL = "mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){fulfillments{id status trackingNumber} order{status} errors{field message code orderLines}}}"  # fmt: skip
CANCEL = "mutation($id:ID!){orderCancel(id:$id){order{status} errors{field message code}}}"


def lines_of(world: World, order: dict[str, Any], quantity: int | None = None) -> list[dict[str, Any]]:
    return [
        {"orderLineId": line["id"], "stocks": [{"warehouse": world.ids["warehouse"], "quantity": quantity or line["quantity"]}]}
        for line in order["lines"]
    ]  # fmt: skip


def test_fulfilling_takes_the_stock_and_its_allocation(world: World) -> None:
    _, variant, _ = world.product("fulfils", price="10.00", stock=9)
    order = checkout_flow.buy(world, (variant, 2))
    done = world.do(FULFILL, o=order["id"], i={"lines": lines_of(world, order), "trackingNumber": "TRK1"})
    assert done["order"]["status"] == "FULFILLED"
    assert (done["fulfillments"][0]["status"], done["fulfillments"][0]["trackingNumber"]) == (
        "FULFILLED",
        "TRK1",
    )
    assert checkout_flow.stock_of(world, variant) == (7, 0)


def test_a_part_can_go_first(world: World) -> None:
    order = checkout_flow.buy(world, (world.ids["variant"], 2))
    done = world.do(FULFILL, o=order["id"], i={"lines": lines_of(world, order, 1)})
    assert done["order"]["status"] == "PARTIALLY_FULFILLED"


def test_more_than_was_ordered_cannot_go(world: World) -> None:
    order = checkout_flow.buy(world, (world.ids["variant"], 1))
    variables = {"o": order["id"], "i": {"lines": lines_of(world, order, 2)}}
    refused = world.api.refused(FULFILL, variables, world.app)
    assert refused == [("orderLineId", "FULFILL_ORDER_LINE")]


def test_a_cancelled_order_gives_its_stock_back(world: World) -> None:
    _, variant, _ = world.product("cancels", price="10.00", stock=9)
    order = checkout_flow.buy(world, (variant, 2))
    assert world.do(CANCEL, id=order["id"])["order"]["status"] == "CANCELED"
    assert checkout_flow.stock_of(world, variant) == (9, 0)


def test_a_fulfilled_order_cannot_be_cancelled(world: World) -> None:
    order = checkout_flow.buy(world, (world.ids["variant"], 1))
    world.do(FULFILL, o=order["id"], i={"lines": lines_of(world, order)})
    assert world.api.refused(CANCEL, {"id": order["id"]}, world.app) == [("order", "CANNOT_CANCEL_ORDER")]


def test_orders_are_found_by_the_metadata_of_their_lines(world: World) -> None:
    order = checkout_flow.buy(world, (world.ids["variant"], 1))
    key = f"lot:{world.mark}"
    world.do(
        "mutation($id:ID!,$k:String!){updateMetadata(id:$id,input:[{key:$k,value:\"1\"}]){item{__typename} errors{field message code}}}",
        id=order["lines"][0]["id"], k=key,
    )  # fmt: skip
    query = "query($k:String!){orders(first:5,where:{lines:[{metadata:{key:$k}}]}){edges{node{id}}}}"
    found = world.api.ask(query, {"k": key}, world.app)["orders"]["edges"]
    assert [edge["node"]["id"] for edge in found] == [order["id"]]


def test_a_tracking_number_can_be_changed(world: World) -> None:
    order = checkout_flow.buy(world, (world.ids["variant"], 1))
    done = world.do(FULFILL, o=order["id"], i={"lines": lines_of(world, order), "trackingNumber": "A"})
    query = "mutation($id:ID!){orderFulfillmentUpdateTracking(id:$id,input:{trackingNumber:\"B\"}){fulfillment{trackingNumber} errors{field message code}}}"  # fmt: skip
    assert world.do(query, id=done["fulfillments"][0]["id"])["fulfillment"]["trackingNumber"] == "B"
