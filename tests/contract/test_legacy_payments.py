"""Saleor's older payment API (`checkoutPaymentCreate`), with the dummy gateway that is meant for development."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup

GATEWAY = "mirumee.payments.dummy"
PAY = "mutation($id:ID!,$p:PaymentInput!){checkoutPaymentCreate(id:$id,input:$p){payment{id gateway total{amount} isActive} errors{field message code}}}"
PAYMENT = "query($id:ID!){payment(id:$id){gateway isActive chargeStatus total{amount} capturedAmount{amount} order{id} actions}}"
VOID = "mutation($id:ID!){orderVoid(id:$id){order{id} errors{field message code}}}"


@pytest.fixture(scope="module")
def shop_with_dummy_gateway(shop: ShopSetup) -> ShopSetup:
    """The engine has the gateway on in development; in Saleor its plugin is activated here."""
    if not shop.api.is_embedded:
        switch = 'mutation($c:ID!){pluginUpdate(id:"mirumee.payments.dummy",channelId:$c,input:{active:true}){plugin{id} errors{field code}}}'
        shop.api.mutate(switch, {"c": shop.ids["channel"]}, shop.staff_token)
    return shop


def create_payment(shop: ShopSetup, checkout: dict[str, Any], **given: Any) -> dict[str, Any]:
    input_data = {
        "gateway": GATEWAY,
        "token": "ok",
        "amount": checkout["totalPrice"]["gross"]["amount"],
        **given,
    }
    made: dict[str, Any] = shop.api.mutate(PAY, {"id": checkout["id"], "p": input_data})["payment"]
    return made


def test_a_payment_makes_an_order_that_is_paid(shop_with_dummy_gateway: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(
        shop_with_dummy_gateway, (shop_with_dummy_gateway.ids["variant"], 1)
    )
    made = create_payment(shop_with_dummy_gateway, checkout)
    assert (made["gateway"], made["total"]["amount"], made["isActive"]) == (GATEWAY, 37.87, True)
    order = checkout_flow.complete(shop_with_dummy_gateway, checkout["id"])
    assert (order["chargeStatus"], order["paymentStatus"], order["isPaid"]) == ("FULL", "FULLY_CHARGED", True)
    assert shop_with_dummy_gateway.api.execute(PAYMENT, {"id": made["id"]}, shop_with_dummy_gateway.app_token)["payment"] == {
        "gateway": GATEWAY, "isActive": True, "chargeStatus": "FULLY_CHARGED", "total": {"amount": 37.87},
        "capturedAmount": {"amount": 37.87}, "order": {"id": order["id"]}, "actions": ["REFUND"],
    }  # fmt: skip


def test_a_charged_payment_can_not_be_voided(shop_with_dummy_gateway: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(
        shop_with_dummy_gateway, (shop_with_dummy_gateway.ids["variant"], 1)
    )
    create_payment(shop_with_dummy_gateway, checkout)
    order = checkout_flow.complete(shop_with_dummy_gateway, checkout["id"])
    error = shop_with_dummy_gateway.api.mutation_errors(
        VOID, {"id": order["id"]}, shop_with_dummy_gateway.app_token
    )
    assert error == [("payment", "PAYMENT_ERROR")]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"gateway": "no.such.gateway"}, ("gateway", "NOT_SUPPORTED_GATEWAY")),
        ({"amount": 1}, ("amount", "PARTIAL_PAYMENT_NOT_ALLOWED")),
    ],
)
def test_an_invalid_payment_is_refused(
    shop_with_dummy_gateway: ShopSetup, given: dict[str, Any], error: tuple[str, str]
) -> None:
    checkout = checkout_flow.create_payable(
        shop_with_dummy_gateway, (shop_with_dummy_gateway.ids["variant"], 1)
    )
    input_data = {"gateway": GATEWAY, "token": "ok", "amount": 37.87, **given}
    assert shop_with_dummy_gateway.api.mutation_errors(PAY, {"id": checkout["id"], "p": input_data}) == [
        error
    ]


def test_a_payment_needs_a_shipping_method(shop_with_dummy_gateway: ShopSetup) -> None:
    checkout = checkout_flow.create(
        shop_with_dummy_gateway, (shop_with_dummy_gateway.ids["variant"], 1), email="ada@example.com"
    )
    input_data = {"gateway": GATEWAY, "token": "ok", "amount": 32.55}
    (error,) = shop_with_dummy_gateway.api.mutation_errors(PAY, {"id": checkout["id"], "p": input_data})
    assert error == ("shippingMethod", "SHIPPING_METHOD_NOT_SET")


def test_a_second_payment_deactivates_the_first(shop_with_dummy_gateway: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(
        shop_with_dummy_gateway, (shop_with_dummy_gateway.ids["variant"], 1)
    )
    first, second = (
        create_payment(shop_with_dummy_gateway, checkout),
        create_payment(shop_with_dummy_gateway, checkout),
    )
    found = [
        shop_with_dummy_gateway.api.execute(
            PAYMENT, {"id": payment["id"]}, shop_with_dummy_gateway.app_token
        )["payment"]["isActive"]
        for payment in (first, second)
    ]
    assert found == [False, True]
