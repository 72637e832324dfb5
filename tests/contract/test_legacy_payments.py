"""The older payments: a dummy gateway that a merchant switches on, for development."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import World

GATEWAY = "mirumee.payments.dummy"
PAY = "mutation($id:ID!,$p:PaymentInput!){checkoutPaymentCreate(id:$id,input:$p){payment{id gateway total{amount} isActive} errors{field message code}}}"
SEEN = "query($id:ID!){payment(id:$id){gateway isActive chargeStatus total{amount} capturedAmount{amount} order{id} actions}}"
VOID = "mutation($id:ID!){orderVoid(id:$id){order{id} errors{field message code}}}"


@pytest.fixture(scope="module")
def dummy(world: World) -> World:
    """Ours has the gateway on in development; a real Saleor is told to, by its plugin's settings."""
    if not world.api.is_ours:
        switch = 'mutation($c:ID!){pluginUpdate(id:"mirumee.payments.dummy",channelId:$c,input:{active:true}){plugin{id} errors{field code}}}'
        world.api.do(switch, {"c": world.ids["channel"]}, world.staff)
    return world


def pay(world: World, checkout: dict[str, Any], **given: Any) -> dict[str, Any]:
    wanted = {"gateway": GATEWAY, "token": "ok", "amount": checkout["totalPrice"]["gross"]["amount"], **given}
    made: dict[str, Any] = world.api.do(PAY, {"id": checkout["id"], "p": wanted})["payment"]
    return made


def test_a_payment_makes_an_order_that_is_paid(dummy: World) -> None:
    checkout = checkout_flow.ready(dummy, (dummy.ids["variant"], 1))
    made = pay(dummy, checkout)
    assert (made["gateway"], made["total"]["amount"], made["isActive"]) == (GATEWAY, 37.87, True)
    order = checkout_flow.complete(dummy, checkout["id"])
    assert (order["chargeStatus"], order["paymentStatus"], order["isPaid"]) == ("FULL", "FULLY_CHARGED", True)
    assert dummy.api.ask(SEEN, {"id": made["id"]}, dummy.app)["payment"] == {
        "gateway": GATEWAY, "isActive": True, "chargeStatus": "FULLY_CHARGED", "total": {"amount": 37.87},
        "capturedAmount": {"amount": 37.87}, "order": {"id": order["id"]}, "actions": ["REFUND"],
    }  # fmt: skip


def test_what_was_charged_can_not_be_voided(dummy: World) -> None:
    checkout = checkout_flow.ready(dummy, (dummy.ids["variant"], 1))
    pay(dummy, checkout)
    order = checkout_flow.complete(dummy, checkout["id"])
    refused = dummy.api.refused(VOID, {"id": order["id"]}, dummy.app)
    assert refused == [("payment", "PAYMENT_ERROR")]


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"gateway": "no.such.gateway"}, ("gateway", "NOT_SUPPORTED_GATEWAY")),
        ({"amount": 1}, ("amount", "PARTIAL_PAYMENT_NOT_ALLOWED")),
    ],
)
def test_a_payment_that_can_not_be_is_refused(
    dummy: World, given: dict[str, Any], refused: tuple[str, str]
) -> None:
    checkout = checkout_flow.ready(dummy, (dummy.ids["variant"], 1))
    wanted = {"gateway": GATEWAY, "token": "ok", "amount": 37.87, **given}
    assert dummy.api.refused(PAY, {"id": checkout["id"], "p": wanted}) == [refused]


def test_without_an_address_nothing_is_paid(dummy: World) -> None:
    checkout = checkout_flow.create(dummy, (dummy.ids["variant"], 1), email="ada@example.com")
    wanted = {"gateway": GATEWAY, "token": "ok", "amount": 32.55}
    (refused,) = dummy.api.refused(PAY, {"id": checkout["id"], "p": wanted})
    assert refused == ("shippingMethod", "SHIPPING_METHOD_NOT_SET")


def test_a_token_is_spent_once_a_checkout(dummy: World) -> None:
    """A second payment takes the place of the first."""
    checkout = checkout_flow.ready(dummy, (dummy.ids["variant"], 1))
    first, second = pay(dummy, checkout), pay(dummy, checkout)
    found = [
        dummy.api.ask(SEEN, {"id": one["id"]}, dummy.app)["payment"]["isActive"] for one in (first, second)
    ]
    assert found == [False, True]
