"""Automatic completion of paid checkouts by channel setting; pending charges count towards a checkout's status."""

import time

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup

UPDATE_CHANNEL = "mutation($id:ID!,$i:ChannelUpdateInput!){channelUpdate(id:$id,input:$i){channel{checkoutSettings{automaticallyCompleteFullyPaidCheckouts automaticCompletionDelay}} errors{field message code}}}"
PAYMENT_STATUS = "query($id:ID!){checkout(id:$id){authorizeStatus chargeStatus}}"


@pytest.fixture(scope="module")
def auto_completing_shop(shop: ShopSetup) -> ShopSetup:
    """A separate channel that completes paid checkouts without delay."""
    made = ShopSetup(shop.api).set_up()
    settings = {"checkoutSettings": {"automaticCompletion": {"enabled": True, "delay": 0}}}
    channel = made.mutate(UPDATE_CHANNEL, id=made.ids["channel"], i=settings)["channel"]
    assert channel["checkoutSettings"] == {
        "automaticallyCompleteFullyPaidCheckouts": True,
        "automaticCompletionDelay": 0,
    }
    return made


def test_a_paid_checkout_is_completed_automatically(auto_completing_shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(auto_completing_shop, (auto_completing_shop.ids["variant"], 1))
    checkout_flow.pay(auto_completing_shop, checkout)
    for _ in range(90):  # Saleor checks once a minute.
        if auto_completing_shop.api.execute(PAYMENT_STATUS, {"id": checkout["id"]})["checkout"] is None:
            break
        time.sleep(1)
    made = checkout_flow.complete(
        auto_completing_shop, checkout["id"]
    )  # The order exists already: completion is idempotent.
    events = auto_completing_shop.api.execute(
        "query($id:ID!){order(id:$id){events{type}}}", {"id": made["id"]}, auto_completing_shop.app_token
    )["order"]["events"]
    assert "PLACED_AUTOMATICALLY_FROM_PAID_CHECKOUT" in [event["type"] for event in events]


def test_without_the_setting_a_paid_checkout_stays_a_checkout(shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    checkout_flow.pay(shop, checkout)
    assert shop.api.execute(PAYMENT_STATUS, {"id": checkout["id"]})["checkout"] == {
        "authorizeStatus": "FULL",
        "chargeStatus": "FULL",
    }


def test_a_pending_charge_counts_towards_the_checkout_status(shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    transaction = checkout_flow.pay(shop, checkout, amount=0)
    report = 'mutation($t:ID!,$a:PositiveDecimal!){transactionEventReport(id:$t,type:CHARGE_REQUEST,amount:$a,pspReference:"pending"){transaction{chargedAmount{amount}} errors{field message code}}}'
    done = shop.mutate(report, t=transaction, a=checkout["totalPrice"]["gross"]["amount"])
    assert done["transaction"]["chargedAmount"] == {"amount": 0.0}
    found = shop.api.execute(PAYMENT_STATUS, {"id": checkout["id"]})["checkout"]
    assert found == {"authorizeStatus": "FULL", "chargeStatus": "FULL"}
