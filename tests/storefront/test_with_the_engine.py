"""The checkout against the embedded engine: what the test double can't show."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from store.engine.checkout import payment
from store.engine.orders.models import Order
from store.engine.payments.gateways import DUMMY
from tests.storefront.conftest import refused

PRODUCT_PATH = "/products/silicone-starter-set/"
ADDRESS = {
    "email": "ada@example.com",
    "same": "on",
    "shipping-country": "US",
    "shipping-first_name": "Ada",
    "shipping-last_name": "Fox",
    "shipping-street_address_1": "12 Quiet Lane",
    "shipping-city": "Portland",
    "shipping-country_area": "OR",
    "shipping-postal_code": "97201",
}


@pytest.fixture
def buyer(seeded_shop: None) -> Client:
    """A shopper on the payment page."""
    shopper = Client()
    variant = re.search(r'name="variant" value="([^"]+)"', shopper.get(PRODUCT_PATH).text)
    shopper.post(PRODUCT_PATH, {"variant": variant[1], "quantity": "2"})
    assert shopper.post("/checkout/", ADDRESS)["Location"] == "/checkout/delivery/"
    option = re.search(r'name="delivery" value="([^"]+)"', shopper.get("/checkout/delivery/").text)
    assert shopper.post("/checkout/delivery/", {"delivery": option[1]})["Location"] == "/checkout/payment/"
    return shopper


def payment_form(shopper: Client) -> dict[str, Any]:
    page = shopper.get("/checkout/payment/").text
    form: dict[str, Any] = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return form | {"read": re.findall(r'name="read" value="([^"]+)"', page), "card": "good"}


def test_the_order_line_keeps_the_insert_that_was_acknowledged(buyer: Client) -> None:
    buyer.post("/checkout/payment/", payment_form(buyer))
    line = Order.objects.get().lines.get()
    assert line.metadata["insert"].startswith("silicone-cups@")
    assert "acknowledged_at" in line.metadata


def test_two_presses_at_the_same_moment_are_one_order(buyer: Client) -> None:
    form, cookies = payment_form(buyer), buyer.cookies.output(header="", sep=";")

    def press(_: int) -> Any:
        try:
            return Client(headers={"cookie": cookies}).post("/checkout/payment/", form)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as presses:
        answers = list(presses.map(press, range(4)))
    assert [answer.status_code for answer in answers] == [303] * 4
    # Who comes while the first one pays waits on a page that leads to the order.
    assert len({order_number(answer["Location"]) for answer in answers} - {""}) == 1
    assert Order.objects.count() == 1
    assert Order.objects.get().total_charged_amount == Order.objects.get().total_gross_amount


def test_a_declined_card_makes_no_order_and_a_second_try_makes_one(buyer: Client) -> None:
    page = refused(buyer, "/checkout/payment/", payment_form(buyer) | {"card": "declined"})
    assert "The payment was declined. Nothing was charged" in page.text
    assert Order.objects.count() == 0
    assert buyer.post("/checkout/payment/", payment_form(buyer)).status_code == 303
    assert Order.objects.count() == 1


def test_what_was_sold_meanwhile_stops_before_money_moves(buyer: Client) -> None:
    from store.engine.payments.models import TransactionItem
    from store.engine.stock.models import Stock

    form = payment_form(buyer)
    Stock.objects.update(quantity=0)
    answer = buyer.post("/checkout/payment/", form)
    assert answer["Location"] == "/cart/"
    assert "is sold out." in buyer.get("/cart/").text
    assert (Order.objects.count(), TransactionItem.objects.count()) == (0, 0)


def test_a_cart_that_grew_after_it_was_authorized_is_paid_by_what_is_missing(buyer: Client) -> None:
    from store.engine.channels.models import Channel
    from store.engine.checkout.models import Checkout

    Channel.objects.update(default_transaction_flow_strategy="AUTHORIZATION")
    begun = payment.initialize(
        gateway_id=DUMMY,
        checkout_id=Checkout.objects.get().pk,
        data={"event": {"type": "AUTHORIZATION_SUCCESS"}},
    )
    quantity = re.search(r'name="(quantity-[^"]+)"', buyer.get("/cart/").text)
    assert quantity
    buyer.post("/cart/", {quantity[1]: "2"})
    Channel.objects.update(default_transaction_flow_strategy="CHARGE")
    assert buyer.post("/checkout/payment/", payment_form(buyer))["Location"].startswith("/orders/")
    order = Order.objects.get()
    assert order.total_authorized_amount == begun.transaction.authorized_value > 0
    assert order.total_authorized_amount + order.total_charged_amount == order.total_gross_amount


def order_number(address: str) -> str:
    found = re.search(r"Order (\d+)", Client().get(address).text)
    return found[1] if found else ""


def test_a_payment_that_the_bank_confirms_becomes_one_order(buyer: Client, settings: Any) -> None:
    """By Stripe's app, as its documentation describes it, through the embedded engine."""
    from store.engine.events.models import App, Webhook, WebhookEvent
    from tests.payment_app import QUERY, PaymentApp, app_response

    settings.WEBHOOK_ALLOW_PRIVATE_ADDRESSES, settings.DUMMY_PAYMENTS = True, False
    stripe = PaymentApp()
    app = App.objects.create(
        name="Card", identifier="saleor.app.payment.stripe", permissions=["HANDLE_PAYMENTS"]
    )
    webhook = Webhook.objects.create(app=app, target_url=stripe.url, subscription_query=QUERY)
    for event in ("PAYMENT_GATEWAY_INITIALIZE", "TRANSACTION_INITIALIZE", "TRANSACTION_PROCESS"):
        WebhookEvent.objects.create(webhook=webhook, event_type=f"{event}_SESSION")
    secret = {"paymentIntent": {"stripeClientSecret": "pi_1_secret_2"}}
    stripe.responses = [
        app_response("CHARGE_ACTION_REQUIRED", psp="pi_1", data=secret),
        {"data": {"stripePublishableKey": "pk_test_1"}},
        app_response("CHARGE_ACTION_REQUIRED", psp="pi_1"),
        app_response("CHARGE_SUCCESS", psp="pi_1"),
    ]
    try:
        assert (
            buyer.post("/checkout/payment/", payment_form(buyer))["Location"] == "/checkout/payment/confirm/"
        )
        page = buyer.get("/checkout/payment/confirm/").text
        back = re.search(r'data-return-url="http://testserver([^"]+)"', page)
        assert back
        assert buyer.get(back[1])["Location"] == "/checkout/payment/confirm/"  # not confirmed yet
        assert Order.objects.count() == 0
        assert buyer.get(back[1])["Location"].startswith("/orders/")
    finally:
        stripe.close()
    order = Order.objects.get()
    assert order.total_charged_amount == order.total_gross_amount
    assert [name for name, _ in stripe.received] == [
        "transaction_initialize_session",
        "payment_gateway_initialize_session",
        "transaction_process_session",
        "transaction_process_session",
    ]
    assert stripe.received[0][1]["data"] == {"paymentIntent": {"paymentMethod": "card"}}
