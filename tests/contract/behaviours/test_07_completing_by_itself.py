"""7. A channel may turn paid checkouts into orders by itself; on a checkout pending money counts as authorized."""

import time

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import World

SET = "mutation($id:ID!,$i:ChannelUpdateInput!){channelUpdate(id:$id,input:$i){channel{checkoutSettings{automaticallyCompleteFullyPaidCheckouts automaticCompletionDelay}} errors{field message code}}}"
STATUSES = "query($id:ID!){checkout(id:$id){authorizeStatus chargeStatus}}"


@pytest.fixture(scope="module")
def automatic(world: World) -> World:
    """A world whose channel completes paid checkouts at once."""
    made = World(world.api).set_up()
    wanted = {"checkoutSettings": {"automaticCompletion": {"enabled": True, "delay": 0}}}
    channel = made.do(SET, id=made.ids["channel"], i=wanted)["channel"]
    assert channel["checkoutSettings"] == {
        "automaticallyCompleteFullyPaidCheckouts": True,
        "automaticCompletionDelay": 0,
    }
    return made


def test_a_paid_checkout_becomes_an_order_without_its_buyer(automatic: World) -> None:
    checkout = checkout_flow.ready(automatic, (automatic.ids["variant"], 1))
    checkout_flow.pay(automatic, checkout)
    for _ in range(90):  # Saleor looks once a minute.
        if automatic.api.ask(STATUSES, {"id": checkout["id"]})["checkout"] is None:
            break
        time.sleep(1)
    made = checkout_flow.complete(automatic, checkout["id"])  # There already: completion is idempotent.
    events = automatic.api.ask(
        "query($id:ID!){order(id:$id){events{type}}}", {"id": made["id"]}, automatic.app
    )["order"]["events"]
    assert "PLACED_AUTOMATICALLY_FROM_PAID_CHECKOUT" in [event["type"] for event in events]


def test_otherwise_a_paid_checkout_stays_a_checkout(world: World) -> None:
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    checkout_flow.pay(world, checkout)
    assert world.api.ask(STATUSES, {"id": checkout["id"]})["checkout"] == {
        "authorizeStatus": "FULL",
        "chargeStatus": "FULL",
    }


def test_money_that_is_pending_counts_on_a_checkout(world: World) -> None:
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    transaction = checkout_flow.pay(world, checkout, amount=0)
    report = 'mutation($t:ID!,$a:PositiveDecimal!){transactionEventReport(id:$t,type:CHARGE_REQUEST,amount:$a,pspReference:"pending"){transaction{chargedAmount{amount}} errors{field message code}}}'
    done = world.do(report, t=transaction, a=checkout["totalPrice"]["gross"]["amount"])
    assert done["transaction"]["chargedAmount"] == {"amount": 0.0}
    found = world.api.ask(STATUSES, {"id": checkout["id"]})["checkout"]
    assert found == {"authorizeStatus": "FULL", "chargeStatus": "FULL"}
