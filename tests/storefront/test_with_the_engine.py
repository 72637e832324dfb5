"""The walk against the embedded engine: what the stand-in can't prove."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from store.engine.orders.models import Order

SET = "/products/silicone-starter-set/"
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
def payer(seeded_shop: None) -> Client:
    """A shopper who stands before the pay button."""
    shopper = Client()
    variant = re.search(r'name="variant" value="([^"]+)"', shopper.get(SET).text)
    shopper.post(SET, {"variant": variant[1], "quantity": "2"})
    assert shopper.post("/checkout/", ADDRESS)["Location"] == "/checkout/delivery/"
    way = re.search(r'name="delivery" value="([^"]+)"', shopper.get("/checkout/delivery/").text)
    assert shopper.post("/checkout/delivery/", {"delivery": way[1]})["Location"] == "/checkout/payment/"
    return shopper


def form_of(shopper: Client) -> dict[str, Any]:
    page = shopper.get("/checkout/payment/").text
    form: dict[str, Any] = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return form | {"read": re.findall(r'name="read" value="([^"]+)"', page), "card": "good"}


def test_the_order_line_keeps_the_insert_that_was_acknowledged(payer: Client) -> None:
    payer.post("/checkout/payment/", form_of(payer))
    line = Order.objects.get().lines.get()
    assert line.metadata["insert"].startswith("silicone-cups@")
    assert "acknowledged_at" in line.metadata


def test_two_presses_at_the_same_moment_are_one_order(payer: Client) -> None:
    form, cookies = form_of(payer), payer.cookies.output(header="", sep=";")

    def press(_: int) -> Any:
        try:
            return Client(headers={"cookie": cookies}).post("/checkout/payment/", form)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as presses:
        answers = list(presses.map(press, range(4)))
    assert [answer.status_code for answer in answers] == [303] * 4
    assert len({order_number(answer["Location"]) for answer in answers}) == 1
    assert Order.objects.count() == 1
    assert Order.objects.get().total_charged_amount == Order.objects.get().total_gross_amount


def test_a_declined_card_makes_no_order_and_a_second_try_makes_one(payer: Client) -> None:
    declined = payer.post("/checkout/payment/", form_of(payer) | {"card": "declined"})
    assert declined.status_code == 402
    assert Order.objects.count() == 0
    assert payer.post("/checkout/payment/", form_of(payer)).status_code == 303
    assert Order.objects.count() == 1


def test_what_was_sold_meanwhile_stops_before_money_moves(payer: Client) -> None:
    from store.engine.payments.models import TransactionItem
    from store.engine.stock.models import Stock

    form = form_of(payer)
    Stock.objects.update(quantity=0)
    answer = payer.post("/checkout/payment/", form)
    assert answer["Location"] == "/cart/"
    assert "is sold out." in payer.get("/cart/").text
    assert (Order.objects.count(), TransactionItem.objects.count()) == (0, 0)


def order_number(address: str) -> str:
    found = re.search(r"Order (\d+)", Client().get(address).text)
    return found[1] if found else ""
