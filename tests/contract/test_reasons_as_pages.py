"""Pages as the reasons of refunds and returns: which they are, where they are named, who must name one."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup
from tests.contract.test_dashboard_orders import CHANGE_GRANT, FULFILL, GRANT

TYPE = "mutation($i:PageTypeCreateInput!){pageTypeCreate(input:$i){pageType{id} errors{field message code}}}"
PAGE = "mutation($i:PageCreateInput!){pageCreate(input:$i){page{id} errors{field message code}}}"
SET_REFUND = "mutation($t:ID!){refundSettingsUpdate(input:{refundReasonReferenceType:$t}){refundSettings{reasonReferenceType{id}} errors{field message code}}}"
SET_RETURN = "mutation($t:ID!){returnSettingsUpdate(input:{returnReasonReferenceType:$t}){returnSettings{reasonReferenceType{id}} errors{field message code}}}"
CLEAR_REFUND = (
    "mutation{refundReasonReferenceClear{refundSettings{reasonReferenceType{id}} errors{field message code}}}"
)
CLEAR_RETURN = (
    "mutation{returnReasonReferenceClear{returnSettings{reasonReferenceType{id}} errors{field message code}}}"
)
SETTINGS = "{refundSettings{reasonReferenceType{id}} returnSettings{reasonReferenceType{id}}}"
RETURN = "mutation($o:ID!,$i:OrderReturnProductsInput!){orderFulfillmentReturnProducts(order:$o,input:$i){returnFulfillment{reason reasonReference{id} lines{quantity reason reasonReference{id}}} errors{field message code}}}"
REFUND = 'mutation($t:ID!,$r:ID){transactionRequestAction(id:$t,actionType:REFUND,amount:1,refundReason:"late",refundReasonReference:$r){transaction{reason reasonReference{id}} errors{field message code}}}'
GRANTED = "query($id:ID!){order(id:$id){grantedRefunds{id}}}"
ORDER = "query($id:ID!){order(id:$id){lines{id} transactions{id} fulfillments{lines{id}} grantedRefunds{reasonReference{id} lines{reason reasonReference{id}}}}}"


@pytest.fixture(scope="module")
def reasons(shop: ShopSetup) -> Iterator[dict[str, str]]:
    """The ids of a page that is a reason, and of one that is not."""
    ids = {}
    for name in ("reason", "other"):
        given = {"name": f"{name} {shop.suffix}", "slug": f"{name}-{shop.suffix}"}
        ids[f"{name} type"] = shop.mutate(TYPE, i=given)["pageType"]["id"]
        page = {"title": name, "slug": f"{name}-page-{shop.suffix}", "pageType": ids[f"{name} type"]}
        ids[name] = shop.mutate(PAGE, i=page)["page"]["id"]
    kind = {"reasonReferenceType": {"id": ids["reason type"]}}
    assert shop.mutate(SET_REFUND, t=ids["reason type"])["refundSettings"] == kind
    assert shop.mutate(SET_RETURN, t=ids["reason type"])["returnSettings"] == kind
    yield ids
    shop.mutate(CLEAR_REFUND)
    shop.mutate(CLEAR_RETURN)
    none = {"reasonReferenceType": None}
    assert shop.api.execute(SETTINGS, {}, shop.app_token) == {"refundSettings": none, "returnSettings": none}


def found(shop: ShopSetup, order: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = shop.api.execute(ORDER, {"id": order["id"]}, shop.app_token)["order"]
    return answer


def test_a_granted_refund_and_its_lines_name_their_reasons(shop: ShopSetup, reasons: dict[str, str]) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 2))
    before = found(shop, order)
    line = {
        "id": before["lines"][0]["id"],
        "quantity": 1,
        "reason": "torn",
        "reasonReference": reasons["reason"],
    }
    given = {"lines": [line], "transactionId": before["transactions"][0]["id"], "reason": "torn"}
    shop.mutate(GRANT, id=order["id"], i=given | {"reasonReference": reasons["reason"]})
    page = {"id": reasons["reason"]}
    assert found(shop, order)["grantedRefunds"] == [
        {"reasonReference": page, "lines": [{"reason": "torn", "reasonReference": page}]}
    ]
    wrong = {"id": order["id"], "i": given | {"reasonReference": reasons["other"]}}
    assert shop.api.mutation_errors(GRANT, wrong, shop.app_token) == [("reasonReference", "INVALID")]


def test_staff_must_choose_a_reason_and_an_app_need_not(shop: ShopSetup, reasons: dict[str, str]) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1))
    given = {
        "id": order["id"],
        "i": {"amount": 1, "transactionId": found(shop, order)["transactions"][0]["id"]},
    }
    assert shop.api.mutation_errors(GRANT, given, shop.staff_token) == [("reasonReference", "REQUIRED")]
    assert shop.api.mutation_errors(GRANT, given, shop.app_token) == []
    granted = shop.api.execute(GRANTED, {"id": order["id"]}, shop.app_token)["order"]["grantedRefunds"][0][
        "id"
    ]
    change = {"id": granted, "i": {"reason": "late"}}  # also to change one that has a reason page
    named = {"id": granted, "i": {"reason": "late", "reasonReference": reasons["reason"]}}
    assert shop.api.mutation_errors(CHANGE_GRANT, change, shop.staff_token) == [
        ("reasonReference", "REQUIRED")
    ]
    assert shop.api.mutation_errors(CHANGE_GRANT, named, shop.staff_token) == []
    assert shop.api.mutation_errors(CHANGE_GRANT, change, shop.staff_token) == [
        ("reasonReference", "REQUIRED")
    ]
    assert shop.api.mutation_errors(CHANGE_GRANT, change, shop.app_token) == []


def test_what_came_back_says_why(shop: ShopSetup, reasons: dict[str, str]) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 2))
    line = found(shop, order)["lines"][0]["id"]
    stocks = [{"warehouse": shop.ids["warehouse"], "quantity": 2}]
    shop.mutate(FULFILL, o=order["id"], i={"lines": [{"orderLineId": line, "stocks": stocks}]})
    sent = found(shop, order)["fulfillments"][0]["lines"][0]["id"]
    page = {"id": reasons["reason"]}
    piece = {"fulfillmentLineId": sent, "quantity": 1, "reason": "torn", "reasonReference": page["id"]}
    given = {"fulfillmentLines": [piece], "reason": "a bad day", "reasonReference": page["id"]}
    assert shop.mutate(RETURN, o=order["id"], i=given)["returnFulfillment"] == {
        "reason": "a bad day",
        "reasonReference": page,
        "lines": [{"quantity": 1, "reason": "torn", "reasonReference": page}],
    }


def test_where_no_pages_are_reasons_none_can_be_named(shop: ShopSetup, reasons: dict[str, str]) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1))
    amount = {"amount": 1, "transactionId": found(shop, order)["transactions"][0]["id"]}
    shop.mutate(CLEAR_REFUND)
    try:
        named = {"id": order["id"], "i": amount | {"reasonReference": reasons["reason"]}}
        assert shop.api.mutation_errors(GRANT, named, shop.app_token) == [("reasonReference", "INVALID")]
        assert shop.api.mutation_errors(GRANT, {"id": order["id"], "i": amount}, shop.staff_token) == []
    finally:
        shop.mutate(SET_REFUND, t=reasons["reason type"])


def test_staff_that_sends_money_back_must_choose_a_reason(shop: ShopSetup, reasons: dict[str, str]) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1))
    item = found(shop, order)["transactions"][0]["id"]
    assert shop.api.mutation_errors(REFUND, {"t": item}, shop.staff_token) == [
        ("refundReasonReference", "REQUIRED")
    ]
    other = {"t": item, "r": reasons["other"]}
    assert shop.api.mutation_errors(REFUND, other, shop.staff_token) == [("refundReasonReference", "INVALID")]
