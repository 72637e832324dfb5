"""The Transactions API: what an app reports decides what an order owes."""

import uuid
from typing import Any

from tests.contract import checkout_flow
from tests.contract.fixture_data import World

REPORT = 'mutation($t:ID!,$type:TransactionEventTypeEnum!,$a:PositiveDecimal,$p:String!){transactionEventReport(id:$t,type:$type,amount:$a,pspReference:$p,message:"said",availableActions:[REFUND]){alreadyProcessed transaction{actions chargedAmount{amount} refundedAmount{amount} authorizedAmount{amount}} transactionEvent{type} errors{field message code}}}'
SUMS = "query($id:ID!){order(id:$id){chargeStatus authorizeStatus isPaid totalCharged{amount} totalBalance{amount} totalRefunded{amount}}}"


def sums(world: World, order: str) -> dict[str, Any]:
    found: dict[str, Any] = world.api.ask(SUMS, {"id": order}, world.app)["order"]
    return found


def report(
    world: World, transaction: str, kind: str, amount: float, psp: str | None = None
) -> dict[str, Any]:
    return world.do(REPORT, t=transaction, type=kind, a=amount, p=psp or uuid.uuid4().hex)


def bought(world: World) -> tuple[str, str]:
    """(order, transaction) of one unit: 30.00 + 8.5 % + delivery = 37.87."""
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    transaction = checkout_flow.pay(world, checkout)
    return checkout_flow.complete(world, checkout["id"])["id"], transaction


def test_a_charge_pays_the_order(world: World) -> None:
    order, _ = bought(world)
    assert sums(world, order) == {
        "chargeStatus": "FULL",
        "authorizeStatus": "FULL",
        "isPaid": True,
        "totalCharged": {"amount": 37.87},
        "totalBalance": {"amount": 0.0},
        "totalRefunded": {"amount": 0.0},
    }


def test_a_refund_is_taken_from_the_charge(world: World) -> None:
    order, transaction = bought(world)
    done = report(world, transaction, "REFUND_SUCCESS", 10)
    assert (done["transaction"]["chargedAmount"], done["transaction"]["refundedAmount"]) == (
        {"amount": 27.87},
        {"amount": 10.0},
    )
    found = sums(world, order)
    assert (found["chargeStatus"], found["totalRefunded"]) == ("PARTIAL", {"amount": 10.0})


def test_the_same_report_counts_once(world: World) -> None:
    order, transaction = bought(world)
    psp = uuid.uuid4().hex
    first = report(world, transaction, "REFUND_SUCCESS", 10, psp)
    again = report(world, transaction, "REFUND_SUCCESS", 10, psp)
    assert (first["alreadyProcessed"], again["alreadyProcessed"]) == (False, True)
    assert sums(world, order)["totalRefunded"] == {"amount": 10.0}


def test_the_same_reference_with_another_amount_is_refused(world: World) -> None:
    _, transaction = bought(world)
    psp = uuid.uuid4().hex
    report(world, transaction, "REFUND_SUCCESS", 10, psp)
    refused = world.api.refused(
        REPORT, {"t": transaction, "type": "REFUND_SUCCESS", "a": 11, "p": psp}, world.app
    )
    assert refused == [("pspReference", "INCORRECT_DETAILS")]


def test_a_failed_charge_changes_no_sum(world: World) -> None:
    order, transaction = bought(world)
    report(world, transaction, "CHARGE_FAILURE", 5)
    assert sums(world, order)["totalCharged"] == {"amount": 37.87}


def test_a_partly_paid_checkout_is_no_order(world: World) -> None:
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    checkout_flow.pay(world, checkout, amount=10)
    assert world.api.refused(checkout_flow.COMPLETE, {"id": checkout["id"]}) == [
        ("id", "CHECKOUT_NOT_FULLY_PAID")
    ]


def test_more_than_the_total_is_overcharged(world: World) -> None:
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    checkout_flow.pay(world, checkout, amount=50)
    assert checkout_flow.complete(world, checkout["id"])["chargeStatus"] == "OVERCHARGED"


def test_an_unknown_gateway_is_refused(world: World) -> None:
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    query = 'mutation($id:ID!){transactionInitialize(id:$id,paymentGateway:{id:"no.such.gateway"}){transaction{id} errors{field message code}}}'
    assert world.api.refused(query, {"id": checkout["id"]})[0][0] == "paymentGateway"


def test_a_guest_may_not_record_a_transaction(world: World) -> None:
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    query = 'mutation($id:ID!){transactionCreate(id:$id,transaction:{name:"x"}){transaction{id} errors{field message code}}}'
    assert world.api.post(query, {"id": checkout["id"]}).codes == ["PermissionDenied"]


def test_marking_an_unpaid_order_paid_needs_its_money_open(world: World) -> None:
    order, _ = bought(world)
    query = "mutation($id:ID!){orderMarkAsPaid(id:$id){order{isPaid} errors{field message code}}}"
    refused = world.api.refused(query, {"id": order}, world.app)
    assert len(refused) == 1


def test_a_granted_refund_is_remembered(world: World) -> None:
    order, transaction = bought(world)
    query = 'mutation($id:ID!,$t:ID!){orderGrantRefundCreate(id:$id,input:{transactionId:$t,amount:5,reason:"scratched"}){grantedRefund{amount{amount} reason status} errors{field message code}}}'
    granted = world.do(query, id=order, t=transaction)["grantedRefund"]
    assert granted == {"amount": {"amount": 5.0}, "reason": "scratched", "status": "NONE"}
