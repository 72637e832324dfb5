"""Draft orders, marking as paid, cancelled fulfillments, reordering, and orders created from a checkout by an app."""

import base64
from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, ShopSetup

CREATE_DRAFT = "mutation($i:DraftOrderCreateInput!){draftOrderCreate(input:$i){order{id status lines{id quantity variant{id}} total{gross{amount}} userEmail} errors{field message code}}}"
UPDATE_DRAFT = "mutation($id:ID!,$i:DraftOrderInput!){draftOrderUpdate(id:$id,input:$i){order{id customerNote userEmail shippingMethodName total{gross{amount}}} errors{field message code}}}"
COMPLETE_DRAFT = f"mutation($id:ID!){{draftOrderComplete(id:$id){{order{{...O origin}} errors{{field message code}}}}}} {checkout_flow.ORDER}"
MARK_AS_PAID = 'mutation($id:ID!){orderMarkAsPaid(id:$id,transactionReference:"cash 1"){order{isPaid chargeStatus} errors{field message code}}}'
CREATE_LINES = "mutation($id:ID!,$l:[OrderLineCreateInput!]!){orderLinesCreate(id:$id,input:$l){orderLines{quantity productSku} errors{field message code}}}"
UPDATE_SHIPPING = "mutation($o:ID!,$m:ID){orderUpdateShipping(order:$o,input:{shippingMethod:$m}){order{shippingMethodName total{gross{amount}}} errors{field message code}}}"
FULFILL = "mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){fulfillments{id} errors{field message code}}}"
CANCEL_FULFILLMENT = "mutation($id:ID!,$w:ID){orderFulfillmentCancel(id:$id,input:{warehouseId:$w}){fulfillment{status} order{status} errors{field message code}}}"
REORDER = "mutation($id:ID!){checkoutCreateFromOrder(id:$id){checkout{lines{quantity variant{id}} email} unavailableVariants{code variantId} errors{field message code}}}"
ORDER_FROM_CHECKOUT = f"mutation($id:ID!){{orderCreateFromCheckout(id:$id){{order{{...O origin}} errors{{field message code}}}}}} {checkout_flow.ORDER}"


def create_draft(shop: ShopSetup, **given: Any) -> dict[str, Any]:
    input_data = {
        "channelId": shop.ids["channel"], "userEmail": "ada@example.com", "shippingAddress": ADDRESS, "billingAddress": ADDRESS,
        "lines": [{"variantId": shop.ids["variant"], "quantity": 2}], **given,
    }  # fmt: skip
    made: dict[str, Any] = shop.mutate(CREATE_DRAFT, i=input_data)["order"]
    return made


def complete_draft(shop: ShopSetup) -> dict[str, Any]:
    order: dict[str, Any] = shop.mutate(
        COMPLETE_DRAFT, id=create_draft(shop, shippingMethod=shop.ids["method"])["id"]
    )["order"]
    return order


def test_a_draft_is_priced_like_a_checkout(shop: ShopSetup) -> None:
    made = create_draft(shop)
    assert (made["status"], made["total"]["gross"]["amount"], made["userEmail"]) == (
        "DRAFT",
        65.1,
        "ada@example.com",
    )


def test_a_draft_takes_a_shipping_method_and_a_note(shop: ShopSetup) -> None:
    changed = shop.mutate(
        UPDATE_DRAFT,
        id=create_draft(shop)["id"],
        i={"shippingMethod": shop.ids["method"], "customerNote": "ring twice"},
    )
    assert changed["order"]["customerNote"] == "ring twice"
    assert (changed["order"]["shippingMethodName"], changed["order"]["total"]["gross"]["amount"]) == (
        "Standard",
        70.42,
    )


def test_a_completed_draft_is_an_unfulfilled_order(shop: ShopSetup) -> None:
    order = complete_draft(shop)
    assert (order["status"], order["origin"], order["chargeStatus"]) == ("UNFULFILLED", "DRAFT", "NONE")


def test_a_draft_without_delivery_is_not_completed(shop: ShopSetup) -> None:
    assert shop.api.mutation_errors(COMPLETE_DRAFT, {"id": create_draft(shop)["id"]}, shop.app_token) == [
        ("shipping", "SHIPPING_METHOD_REQUIRED")
    ]


def test_an_empty_draft_is_not_completed(shop: ShopSetup) -> None:
    made = create_draft(shop, lines=[])
    assert ("lines", "REQUIRED") in shop.api.mutation_errors(
        COMPLETE_DRAFT, {"id": made["id"]}, shop.app_token
    )


def test_a_draft_of_more_than_the_stock_is_not_completed(shop: ShopSetup) -> None:
    _, scarce, _ = shop.create_product("draft-scarce", price="5.00", stock=1)
    made = create_draft(shop, lines=[{"variantId": scarce, "quantity": 2}], shippingMethod=shop.ids["method"])
    assert shop.api.mutation_errors(COMPLETE_DRAFT, {"id": made["id"]}, shop.app_token) == [
        ("lines", "INSUFFICIENT_STOCK")
    ]


def test_lines_are_added_to_a_draft_and_never_to_an_order(shop: ShopSetup) -> None:
    made = create_draft(shop)
    done = shop.mutate(CREATE_LINES, id=made["id"], l=[{"variantId": shop.ids["other"], "quantity": 1}])
    assert [(line["quantity"], line["productSku"]) for line in done["orderLines"]] == [
        (1, f"glass-Plum-{shop.suffix}")
    ]
    order = complete_draft(shop)
    variables = {"id": order["id"], "l": [{"variantId": shop.ids["other"], "quantity": 1}]}
    assert shop.api.mutation_errors(CREATE_LINES, variables, shop.app_token) == [("id", "NOT_EDITABLE")]


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_line_quantity_below_one_is_refused(shop: ShopSetup, quantity: int) -> None:
    variables = {
        "id": create_draft(shop)["id"],
        "l": [{"variantId": shop.ids["other"], "quantity": quantity}],
    }
    assert shop.api.mutation_errors(CREATE_LINES, variables, shop.app_token) == [
        ("quantity", "ZERO_QUANTITY")
    ]


def test_an_unpaid_order_is_marked_as_paid_once(shop: ShopSetup) -> None:
    order = complete_draft(shop)
    assert shop.mutate(MARK_AS_PAID, id=order["id"])["order"] == {"isPaid": True, "chargeStatus": "FULL"}
    assert shop.api.mutation_errors(MARK_AS_PAID, {"id": order["id"]}, shop.app_token) == [
        ("transaction", "TRANSACTION_ERROR")
    ]


def shipping_method_id(shop: ShopSetup) -> str:
    """The method's id as orders use it: type ShippingMethod, where the settings use ShippingMethodType."""
    key = base64.b64decode(shop.ids["method"]).decode().split(":")[1]
    return base64.b64encode(f"ShippingMethod:{key}".encode()).decode()


def test_the_shipping_method_of_a_draft_can_be_set_and_removed(shop: ShopSetup) -> None:
    made = create_draft(shop)
    assert (
        shop.mutate(UPDATE_SHIPPING, o=made["id"], m=shipping_method_id(shop))["order"]["shippingMethodName"]
        == "Standard"
    )
    assert shop.mutate(UPDATE_SHIPPING, o=made["id"], m=None)["order"] == {
        "shippingMethodName": None,
        "total": {"gross": {"amount": 65.1}},
    }


def test_the_shipping_method_of_an_order_can_not_be_changed(shop: ShopSetup) -> None:
    order = complete_draft(shop)
    errors = shop.api.mutation_errors(
        UPDATE_SHIPPING, {"o": order["id"], "m": shipping_method_id(shop)}, shop.app_token
    )
    assert errors == [("id", "NOT_EDITABLE")]


def test_a_cancelled_fulfillment_restocks_its_items(shop: ShopSetup) -> None:
    _, variant, _ = shop.create_product("restocked", price="10.00", stock=9)
    order = checkout_flow.buy(shop, (variant, 2))
    lines = [
        {
            "orderLineId": order["lines"][0]["id"],
            "stocks": [{"warehouse": shop.ids["warehouse"], "quantity": 2}],
        }
    ]
    fulfillment = shop.mutate(FULFILL, o=order["id"], i={"lines": lines})["fulfillments"][0]["id"]
    done = shop.mutate(CANCEL_FULFILLMENT, id=fulfillment, w=shop.ids["warehouse"])
    assert (done["fulfillment"]["status"], done["order"]["status"]) == ("CANCELED", "UNFULFILLED")
    assert checkout_flow.stock_of(shop, variant) == (9, 2)
    assert shop.api.mutation_errors(
        CANCEL_FULFILLMENT, {"id": fulfillment, "w": shop.ids["warehouse"]}, shop.app_token
    ) == [("fulfillment", "CANNOT_CANCEL_FULFILLMENT")]


def test_an_order_can_be_reordered(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 2))
    made = shop.api.mutate(REORDER, {"id": order["id"]})
    assert made["checkout"]["lines"] == [{"quantity": 2, "variant": {"id": shop.ids["variant"]}}]
    assert (made["checkout"]["email"], made["unavailableVariants"]) == (None, [])


def test_an_app_creates_an_order_from_an_unpaid_checkout(shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    made = shop.mutate(ORDER_FROM_CHECKOUT, id=checkout["id"])["order"]
    assert (made["origin"], made["chargeStatus"], made["status"]) == ("CHECKOUT", "NONE", "UNCONFIRMED")
    assert shop.api.execute("query($id:ID!){checkout(id:$id){id}}", {"id": checkout["id"]}) == {
        "checkout": None
    }


def test_an_app_can_not_create_an_order_without_a_billing_address(shop: ShopSetup) -> None:
    checkout = checkout_flow.create(
        shop, (shop.ids["variant"], 1), email="ada@example.com", shippingAddress=ADDRESS
    )
    checkout_flow.choose_delivery(shop, checkout["id"])
    errors = shop.api.mutation_errors(ORDER_FROM_CHECKOUT, {"id": checkout["id"]}, shop.app_token)
    assert errors == [("billingAddress", "BILLING_ADDRESS_NOT_SET")]


def test_a_draft_is_not_completed_to_a_country_that_its_method_does_not_serve(shop: ShopSetup) -> None:
    draft = create_draft(shop, shippingMethod=shop.ids["method"])
    abroad = {
        "firstName": "Ada", "lastName": "Guest", "streetAddress1": "Karl Johans gate 1", "city": "Oslo",
        "postalCode": "0154", "country": "NO",
    }  # fmt: skip
    shop.mutate(UPDATE_DRAFT, id=draft["id"], i={"shippingAddress": abroad})
    assert shop.api.mutation_errors(COMPLETE_DRAFT, {"id": draft["id"]}, shop.app_token) == [
        ("shipping", "SHIPPING_METHOD_NOT_APPLICABLE")
    ]
