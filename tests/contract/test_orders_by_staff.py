"""Orders that staff make, change and finish, and orders made again."""

import base64
from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, World

DRAFT = "mutation($i:DraftOrderCreateInput!){draftOrderCreate(input:$i){order{id status lines{id quantity variant{id}} total{gross{amount}} userEmail} errors{field message code}}}"
CHANGE = "mutation($id:ID!,$i:DraftOrderInput!){draftOrderUpdate(id:$id,input:$i){order{id customerNote userEmail shippingMethodName total{gross{amount}}} errors{field message code}}}"
FINISH = f"mutation($id:ID!){{draftOrderComplete(id:$id){{order{{...O origin}} errors{{field message code}}}}}} {checkout_flow.ORDER}"
PAID = 'mutation($id:ID!){orderMarkAsPaid(id:$id,transactionReference:"cash 1"){order{isPaid chargeStatus} errors{field message code}}}'
LINES = "mutation($id:ID!,$l:[OrderLineCreateInput!]!){orderLinesCreate(id:$id,input:$l){orderLines{quantity productSku} errors{field message code}}}"
SHIP = "mutation($o:ID!,$m:ID){orderUpdateShipping(order:$o,input:{shippingMethod:$m}){order{shippingMethodName total{gross{amount}}} errors{field message code}}}"
FULFILL = "mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){fulfillments{id} errors{field message code}}}"
UNFULFILL = "mutation($id:ID!,$w:ID){orderFulfillmentCancel(id:$id,input:{warehouseId:$w}){fulfillment{status} order{status} errors{field message code}}}"
AGAIN = "mutation($id:ID!){checkoutCreateFromOrder(id:$id){checkout{lines{quantity variant{id}} email} unavailableVariants{code variantId} errors{field message code}}}"
FROM = f"mutation($id:ID!){{orderCreateFromCheckout(id:$id){{order{{...O origin}} errors{{field message code}}}}}} {checkout_flow.ORDER}"


def draft(world: World, **given: Any) -> dict[str, Any]:
    wanted = {
        "channelId": world.ids["channel"], "userEmail": "ada@example.com", "shippingAddress": ADDRESS, "billingAddress": ADDRESS,
        "lines": [{"variantId": world.ids["variant"], "quantity": 2}], **given,
    }  # fmt: skip
    made: dict[str, Any] = world.do(DRAFT, i=wanted)["order"]
    return made


def finished(world: World) -> dict[str, Any]:
    order: dict[str, Any] = world.do(FINISH, id=draft(world, shippingMethod=world.ids["method"])["id"])[
        "order"
    ]
    return order


def test_a_draft_is_priced_like_a_basket(world: World) -> None:
    made = draft(world)
    assert (made["status"], made["total"]["gross"]["amount"], made["userEmail"]) == (
        "DRAFT",
        65.1,
        "ada@example.com",
    )


def test_a_draft_takes_a_way_of_delivery_and_a_note(world: World) -> None:
    changed = world.do(
        CHANGE, id=draft(world)["id"], i={"shippingMethod": world.ids["method"], "customerNote": "ring twice"}
    )
    assert changed["order"]["customerNote"] == "ring twice"
    assert (changed["order"]["shippingMethodName"], changed["order"]["total"]["gross"]["amount"]) == (
        "Standard",
        70.42,
    )


def test_a_finished_draft_is_an_order_that_allocates(world: World) -> None:
    order = finished(world)
    assert (order["status"], order["origin"], order["chargeStatus"]) == ("UNFULFILLED", "DRAFT", "NONE")


def test_a_draft_without_delivery_is_not_finished(world: World) -> None:
    assert world.api.refused(FINISH, {"id": draft(world)["id"]}, world.app) == [
        ("shipping", "SHIPPING_METHOD_REQUIRED")
    ]


def test_an_empty_draft_is_not_finished(world: World) -> None:
    made = draft(world, lines=[])
    assert ("lines", "REQUIRED") in world.api.refused(FINISH, {"id": made["id"]}, world.app)


def test_a_draft_of_more_than_the_stock_is_not_finished(world: World) -> None:
    _, scarce, _ = world.product("draft-scarce", price="5.00", stock=1)
    made = draft(world, lines=[{"variantId": scarce, "quantity": 2}], shippingMethod=world.ids["method"])
    assert world.api.refused(FINISH, {"id": made["id"]}, world.app) == [("lines", "INSUFFICIENT_STOCK")]


def test_lines_are_added_to_a_draft_and_never_to_an_order(world: World) -> None:
    made = draft(world)
    done = world.do(LINES, id=made["id"], l=[{"variantId": world.ids["other"], "quantity": 1}])
    assert [(one["quantity"], one["productSku"]) for one in done["orderLines"]] == [
        (1, f"glass-Plum-{world.mark}")
    ]
    order = finished(world)
    variables = {"id": order["id"], "l": [{"variantId": world.ids["other"], "quantity": 1}]}
    assert world.api.refused(LINES, variables, world.app) == [("id", "NOT_EDITABLE")]


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_line_of_nothing_is_refused(world: World, quantity: int) -> None:
    variables = {"id": draft(world)["id"], "l": [{"variantId": world.ids["other"], "quantity": quantity}]}
    assert world.api.refused(LINES, variables, world.app) == [("quantity", "ZERO_QUANTITY")]


def test_an_unpaid_order_is_marked_as_paid_once(world: World) -> None:
    order = finished(world)
    assert world.do(PAID, id=order["id"])["order"] == {"isPaid": True, "chargeStatus": "FULL"}
    assert world.api.refused(PAID, {"id": order["id"]}, world.app) == [("transaction", "TRANSACTION_ERROR")]


def offered(world: World) -> str:
    """The world's method as orders name it: ShippingMethod, where settings say ShippingMethodType."""
    number = base64.b64decode(world.ids["method"]).decode().split(":")[1]
    return base64.b64encode(f"ShippingMethod:{number}".encode()).decode()


def test_the_way_of_a_draft_changes_and_goes(world: World) -> None:
    made = draft(world)
    assert world.do(SHIP, o=made["id"], m=offered(world))["order"]["shippingMethodName"] == "Standard"
    assert world.do(SHIP, o=made["id"], m=None)["order"] == {
        "shippingMethodName": None,
        "total": {"gross": {"amount": 65.1}},
    }


def test_an_orders_way_is_fixed(world: World) -> None:
    order = finished(world)
    refused = world.api.refused(SHIP, {"o": order["id"], "m": offered(world)}, world.app)
    assert refused == [("id", "NOT_EDITABLE")]


def test_a_cancelled_parcel_puts_its_goods_back(world: World) -> None:
    _, variant, _ = world.product("parcel-back", price="10.00", stock=9)
    order = checkout_flow.buy(world, (variant, 2))
    lines = [
        {
            "orderLineId": order["lines"][0]["id"],
            "stocks": [{"warehouse": world.ids["warehouse"], "quantity": 2}],
        }
    ]
    parcel = world.do(FULFILL, o=order["id"], i={"lines": lines})["fulfillments"][0]["id"]
    done = world.do(UNFULFILL, id=parcel, w=world.ids["warehouse"])
    assert (done["fulfillment"]["status"], done["order"]["status"]) == ("CANCELED", "UNFULFILLED")
    assert checkout_flow.stock_of(world, variant) == (9, 2)
    assert world.api.refused(UNFULFILL, {"id": parcel, "w": world.ids["warehouse"]}, world.app) == [
        ("fulfillment", "CANNOT_CANCEL_FULFILLMENT")
    ]


def test_an_order_can_be_put_into_a_basket_again(world: World) -> None:
    order = checkout_flow.buy(world, (world.ids["variant"], 2))
    made = world.api.do(AGAIN, {"id": order["id"]})
    assert made["checkout"]["lines"] == [{"quantity": 2, "variant": {"id": world.ids["variant"]}}]
    assert (made["checkout"]["email"], made["unavailableVariants"]) == (None, [])


def test_an_app_makes_an_order_of_a_checkout_that_is_not_paid(world: World) -> None:
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    made = world.do(FROM, id=checkout["id"])["order"]
    assert (made["origin"], made["chargeStatus"], made["status"]) == ("CHECKOUT", "NONE", "UNCONFIRMED")
    assert world.api.ask("query($id:ID!){checkout(id:$id){id}}", {"id": checkout["id"]}) == {"checkout": None}


def test_an_app_makes_no_order_without_a_billing_address(world: World) -> None:
    checkout = checkout_flow.create(
        world, (world.ids["variant"], 1), email="ada@example.com", shippingAddress=ADDRESS
    )
    checkout_flow.choose_delivery(world, checkout["id"])
    refused = world.api.refused(FROM, {"id": checkout["id"]}, world.app)
    assert refused == [("billingAddress", "BILLING_ADDRESS_NOT_SET")]
