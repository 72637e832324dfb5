"""Payment apps that take the money, or not, and do not say so: through the pages and the embedded engine.

Whatever the app does, no money moves twice, and "Nothing was charged" is said only where the app itself said it.
"""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.checkout.models import Checkout
from store.engine.events import checked_requests
from store.engine.events.models import App, Webhook, WebhookEvent
from store.engine.orders.models import Order
from store.engine.payments.models import TransactionItem
from store.engine.stock.models import Stock
from store.storefront import cart_cookie, channels
from store.storefront.cart_cookie import CartCookie
from tests.engine import checkout_flow
from tests.engine.api_client import gid
from tests.payment_app import QUERY, PaymentApp, app_response
from tests.storefront.test_with_the_engine import payment_form

NOTHING_CHARGED = "Nothing was charged"


class Provider(PaymentApp):
    """Charges each idempotency key once, then answers as `behaves`; money in `charges` by key, in its own currency."""

    def __init__(self, identifier: str) -> None:
        super().__init__()
        self.identifier, self.charges, self.behaves = identifier, {}, "well"
        self.app = App.objects.create(name=identifier, identifier=identifier, permissions=["HANDLE_PAYMENTS"])
        webhook = Webhook.objects.create(app=self.app, target_url=self.url, subscription_query=QUERY)
        for event in ("TRANSACTION_INITIALIZE_SESSION", "TRANSACTION_PROCESS_SESSION"):
            WebhookEvent.objects.create(webhook=webhook, event_type=event)
        self.responses = [self.answer] * 20

    def answer(self, body: dict[str, Any]) -> Any:
        if self.behaves == "declines":
            return app_response("CHARGE_FAILURE", psp=None, message="Failed to delivery request.")
        if self.behaves != "fails before":
            self.charges.setdefault(body["idempotencyKey"], body["requestedAction"]["amount"])
        if self.behaves == "is slow":
            time.sleep(1.5)
        if self.behaves == "hangs up":
            return b"no json", {}  # the handler fails, which closes the connection without an answer
        answers = {
            "fails": (500, {}),
            "fails before": (500, {}),
            "answers garbage": b"<html>",
            "names no reference": app_response("CHARGE_SUCCESS", psp=None),
            "names no result": {"pspReference": "p"},
        }
        return answers.get(self.behaves, app_response("CHARGE_SUCCESS", f"{self.identifier}-1"))


SILENT = ["fails", "is slow", "hangs up", "answers garbage", "names no reference", "names no result"]


@pytest.fixture
def buyer(transactional_db: None) -> Client:
    """A shopper with two cups in the cart, ready for payment; a small shop, which both databases make in a moment."""
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 2))
    signed, channel = HttpResponse(), channels.known()[0]
    cart_cookie.write(HttpRequest(), signed, channel, CartCookie(gid(checkout), 2))
    browser = Client()
    browser.cookies.update(signed.cookies)
    return browser


@pytest.fixture
def cards(buyer: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    settings.WEBHOOK_ALLOW_PRIVATE_ADDRESSES, settings.DUMMY_PAYMENTS = True, False
    impatient = httpx2.Client(timeout=1, trust_env=False)
    monkeypatch.setattr(checked_requests, "_client", lambda: impatient)
    provider = Provider("cards")
    yield provider
    provider.close()


@pytest.fixture
def merchant(cards: Provider) -> Client:
    """A browser at the desk."""
    desk = Client()
    desk.force_login(User.objects.create_superuser(email="owner@example.com", password="x"))
    return desk


@pytest.fixture
def bank(cards: Provider) -> Iterator[Provider]:
    provider = Provider("bank")
    yield provider
    provider.close()


def pay(buyer: Client, provider: Provider) -> str:
    location: str = buyer.post("/checkout/payment/", payment_form(buyer) | {"gateway": provider.identifier})[
        "Location"
    ]
    return location


def page_after_a_minute(buyer: Client, waiting: str, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as later:
        minute_later = time.time() + 61
        later.setattr("time.time", lambda: minute_later)
        text: str = buyer.get(waiting, follow=True).text
    return text


@pytest.mark.parametrize("behaves", SILENT)
def test_charged_and_silent_is_asked_again_and_charged_once(
    buyer: Client, cards: Provider, monkeypatch: pytest.MonkeyPatch, behaves: str
) -> None:
    cards.behaves = behaves
    waiting = pay(buyer, cards)
    assert waiting.startswith("/checkout/payment/ey")
    page = page_after_a_minute(buyer, waiting, monkeypatch)
    assert "Your payment has no result yet." in page
    assert NOTHING_CHARGED not in page
    cards.behaves = "well"
    assert pay(buyer, cards).startswith("/orders/")
    assert len(cards.charges) == 1
    assert Order.objects.get().total_charged_amount == Order.objects.get().total_gross_amount


def test_a_decline_by_the_app_says_so_and_the_next_try_is_another_attempt(
    buyer: Client, cards: Provider
) -> None:
    cards.behaves = "declines"
    page = buyer.get(pay(buyer, cards)).text
    assert "The payment was declined. Nothing was charged" in page
    cards.behaves = "well"
    assert pay(buyer, cards).startswith("/orders/")
    assert [body["idempotencyKey"][-1] for _, body in cards.received] == ["1", "2"]


def test_two_tabs_after_a_silent_charge_are_one_charge(buyer: Client, cards: Provider) -> None:
    first_tab = payment_form(buyer)
    cards.behaves = "fails"
    second_tab = payment_form(buyer)
    buyer.post("/checkout/payment/", first_tab)
    del buyer.cookies["payment-attempt"]
    cards.behaves = "well"
    assert buyer.post("/checkout/payment/", second_tab)["Location"].startswith("/orders/")
    assert buyer.post("/checkout/payment/", first_tab)["Location"].startswith("/orders/")
    assert (len(cards.charges), Order.objects.count()) == (1, 1)


@pytest.mark.parametrize("lose_cookie", [False, True])
def test_a_stale_cart_after_a_silent_charge_is_not_told_that_nothing_was_charged(
    buyer: Client, cards: Provider, monkeypatch: pytest.MonkeyPatch, lose_cookie: bool
) -> None:
    form = payment_form(buyer)
    cards.behaves = "fails"
    buyer.post("/checkout/payment/", form)
    cards.behaves = "well"
    Stock.objects.update(quantity=0)
    if lose_cookie:
        del buyer.cookies["payment-attempt"]
    waiting = buyer.post("/checkout/payment/", form)["Location"]
    page = page_after_a_minute(buyer, waiting, monkeypatch)
    assert NOTHING_CHARGED not in page
    assert (len(cards.received), len(cards.charges)) == (1, 1)


def test_another_amount_is_not_charged_beside_a_silent_charge(buyer: Client, cards: Provider) -> None:
    cards.behaves = "fails"
    pay(buyer, cards)
    cards.behaves = "well"
    quantity = re.search(r'name="(quantity-[^"]+)"', buyer.get("/cart/").text)
    assert quantity
    buyer.post("/cart/", {quantity[1]: "1"})
    page = buyer.get(pay(buyer, cards), follow=True).text
    assert NOTHING_CHARGED not in page
    assert (len(cards.charges), Order.objects.count()) == (1, 0)


@pytest.mark.parametrize("is_dearer", [False, True])
def test_an_app_that_could_not_be_reached_stands_in_nobodys_way(
    buyer: Client, cards: Provider, bank: Provider, is_dearer: bool
) -> None:
    """Nothing was sent to it, so that nothing can have been charged: not even when it is back."""
    address = cards.app.webhooks.get().target_url
    Webhook.objects.filter(app=cards.app).update(target_url="http://127.0.0.1:9/")
    pay(buyer, cards)
    assert not TransactionItem.objects.get().awaits_result
    Webhook.objects.filter(app=cards.app).update(target_url=address)
    if is_dearer:
        quantity = re.search(r'name="(quantity-[^"]+)"', buyer.get("/cart/").text)
        assert quantity
        buyer.post("/cart/", {quantity[1]: "1"})
    assert pay(buyer, bank).startswith("/orders/")
    assert (cards.charges, len(bank.charges)) == ({}, 1)


@pytest.mark.parametrize("is_gone", [False, True])
def test_another_app_takes_the_payment_once_the_merchant_has_looked(
    buyer: Client,
    cards: Provider,
    bank: Provider,
    merchant: Client,
    monkeypatch: pytest.MonkeyPatch,
    is_gone: bool,
) -> None:
    cards.behaves = "fails before"
    pay(buyer, cards)
    if is_gone:
        App.objects.filter(pk=cards.app.pk).update(is_active=False)
    page = page_after_a_minute(buyer, pay(buyer, bank), monkeypatch)
    assert "Your payment has no result yet." in page
    assert "please write to us first" in page
    assert bank.charges == {}
    Checkout.objects.update(last_change=timezone.now() - timedelta(minutes=16))
    listed = merchant.get("/admin/checkout/checkout/").text
    assert "not known" in listed
    checkout, item = Checkout.objects.get(), TransactionItem.objects.get()
    address = f"/admin/checkout/checkout/{checkout.pk}"
    assert "was it charged?" in merchant.get(f"{address}/change/").text
    merchant.post(f"{address}/close-payment/", {"payment": str(item.pk)})
    assert not TransactionItem.objects.get().awaits_result
    assert pay(buyer, bank).startswith("/orders/")
    assert (len(bank.charges), len(cards.charges)) == (1, 0)


def test_what_the_merchant_finds_at_the_provider_becomes_the_order(
    buyer: Client, cards: Provider, merchant: Client
) -> None:
    cards.behaves = "fails"
    pay(buyer, cards)
    Checkout.objects.update(last_change=timezone.now() - timedelta(minutes=16))
    address = f"/admin/checkout/checkout/{Checkout.objects.get().pk}"
    item = TransactionItem.objects.get()
    for reference in ("", "pi_1", "pi_1"):
        merchant.post(f"{address}/record-payment/", {"payment": str(item.pk), "reference": reference})
        Checkout.objects.update(last_change=timezone.now() - timedelta(minutes=16))
    merchant.post(f"{address}/complete/", {})
    order = Order.objects.get()
    assert order.total_charged_amount == order.total_gross_amount
