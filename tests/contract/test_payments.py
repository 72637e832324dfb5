"""The Transactions API: reported events determine what is charged, refunded and owed."""

import uuid
from typing import Any

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup

REPORT = 'mutation($t:ID!,$type:TransactionEventTypeEnum!,$a:PositiveDecimal,$p:String!){transactionEventReport(id:$t,type:$type,amount:$a,pspReference:$p,message:"done",availableActions:[REFUND]){alreadyProcessed transaction{actions chargedAmount{amount} refundedAmount{amount} authorizedAmount{amount}} transactionEvent{type} errors{field message code}}}'
PAYMENT_TOTALS = "query($id:ID!){order(id:$id){chargeStatus authorizeStatus isPaid totalCharged{amount} totalBalance{amount} totalRefunded{amount}}}"


def payment_totals(shop: ShopSetup, order: str) -> dict[str, Any]:
    found: dict[str, Any] = shop.api.execute(PAYMENT_TOTALS, {"id": order}, shop.app_token)["order"]
    return found


def report(
    shop: ShopSetup, transaction: str, kind: str, amount: float, psp_reference: str | None = None
) -> dict[str, Any]:
    return shop.mutate(REPORT, t=transaction, type=kind, a=amount, p=psp_reference or uuid.uuid4().hex)


def buy_one(shop: ShopSetup) -> tuple[str, str]:
    """(order, transaction) of one unit: 30.00 + 8.5 % + delivery = 37.87."""
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    transaction = checkout_flow.pay(shop, checkout)
    return checkout_flow.complete(shop, checkout["id"])["id"], transaction


def test_a_charge_pays_the_order(shop: ShopSetup) -> None:
    order, _ = buy_one(shop)
    assert payment_totals(shop, order) == {
        "chargeStatus": "FULL",
        "authorizeStatus": "FULL",
        "isPaid": True,
        "totalCharged": {"amount": 37.87},
        "totalBalance": {"amount": 0.0},
        "totalRefunded": {"amount": 0.0},
    }


def test_a_refund_reduces_the_charged_amount(shop: ShopSetup) -> None:
    order, transaction = buy_one(shop)
    done = report(shop, transaction, "REFUND_SUCCESS", 10)
    assert (done["transaction"]["chargedAmount"], done["transaction"]["refundedAmount"]) == (
        {"amount": 27.87},
        {"amount": 10.0},
    )
    found = payment_totals(shop, order)
    assert (found["chargeStatus"], found["totalRefunded"]) == ("PARTIAL", {"amount": 10.0})


def test_a_repeated_report_counts_once(shop: ShopSetup) -> None:
    order, transaction = buy_one(shop)
    psp_reference = uuid.uuid4().hex
    first = report(shop, transaction, "REFUND_SUCCESS", 10, psp_reference)
    second = report(shop, transaction, "REFUND_SUCCESS", 10, psp_reference)
    assert (first["alreadyProcessed"], second["alreadyProcessed"]) == (False, True)
    assert payment_totals(shop, order)["totalRefunded"] == {"amount": 10.0}


def test_the_same_reference_with_another_amount_is_refused(shop: ShopSetup) -> None:
    _, transaction = buy_one(shop)
    psp_reference = uuid.uuid4().hex
    report(shop, transaction, "REFUND_SUCCESS", 10, psp_reference)
    errors = shop.api.mutation_errors(
        REPORT, {"t": transaction, "type": "REFUND_SUCCESS", "a": 11, "p": psp_reference}, shop.app_token
    )
    assert errors == [("pspReference", "INCORRECT_DETAILS")]


def test_a_failed_charge_changes_no_total(shop: ShopSetup) -> None:
    order, transaction = buy_one(shop)
    report(shop, transaction, "CHARGE_FAILURE", 5)
    assert payment_totals(shop, order)["totalCharged"] == {"amount": 37.87}


def test_a_partly_paid_checkout_can_not_be_completed(shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    checkout_flow.pay(shop, checkout, amount=10)
    assert shop.api.mutation_errors(checkout_flow.COMPLETE, {"id": checkout["id"]}) == [
        ("id", "CHECKOUT_NOT_FULLY_PAID")
    ]


def test_more_than_the_total_is_overcharged(shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    checkout_flow.pay(shop, checkout, amount=50)
    assert checkout_flow.complete(shop, checkout["id"])["chargeStatus"] == "OVERCHARGED"


def test_an_unknown_gateway_is_refused(shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    query = 'mutation($id:ID!){transactionInitialize(id:$id,paymentGateway:{id:"no.such.gateway"}){transaction{id} errors{field message code}}}'
    assert shop.api.mutation_errors(query, {"id": checkout["id"]})[0][0] == "paymentGateway"


def test_a_guest_may_not_record_a_transaction(shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    query = 'mutation($id:ID!){transactionCreate(id:$id,transaction:{name:"x"}){transaction{id} errors{field message code}}}'
    assert shop.api.post(query, {"id": checkout["id"]}).codes == ["PermissionDenied"]


def test_a_paid_order_can_not_be_marked_as_paid(shop: ShopSetup) -> None:
    order, _ = buy_one(shop)
    query = "mutation($id:ID!){orderMarkAsPaid(id:$id){order{isPaid} errors{field message code}}}"
    errors = shop.api.mutation_errors(query, {"id": order}, shop.app_token)
    assert len(errors) == 1


def test_a_granted_refund_is_stored(shop: ShopSetup) -> None:
    order, transaction = buy_one(shop)
    query = 'mutation($id:ID!,$t:ID!){orderGrantRefundCreate(id:$id,input:{transactionId:$t,amount:5,reason:"scratched"}){grantedRefund{amount{amount} reason status} errors{field message code}}}'
    granted = shop.mutate(query, id=order, t=transaction)["grantedRefund"]
    assert granted == {"amount": {"amount": 5.0}, "reason": "scratched", "status": "NONE"}
