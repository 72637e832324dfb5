"""The cart: numbers, taking out, and what happens when the shop has moved on."""

from typing import Any

from django.test import Client

from tests.storefront.saleor_double import Double


def line(saleor: Double) -> str:
    identity: str = saleor.checkout["lines"][0]["id"]
    return identity


def change(buyer: Client, saleor: Double, quantity: str, **more: str) -> Any:
    return buyer.post("/cart/", {f"quantity-{line(saleor)}": quantity, **more})


def test_an_empty_cart_asks_nobody(shopper: Client, saleor: Double) -> None:
    page = shopper.get("/cart/")
    assert "There is nothing in it yet." in page.text
    assert saleor.asked == []


def test_the_cart_is_one_call_and_never_stored(buyer: Client, saleor: Double) -> None:
    page = buyer.get("/cart/")
    assert [name for name, _ in saleor.asked] == ["Basket"]
    assert page["Cache-Control"] == "no-store"
    assert "$58.00" in page.text


def test_another_number_is_kept_and_leads_back(buyer: Client, saleor: Double) -> None:
    answer = change(buyer, saleor, "5")
    assert (answer.status_code, answer["Location"]) == (303, "/cart/")
    assert saleor.asked[-1][1]["lines"] == [{"lineId": line(saleor), "quantity": 5}]


def test_going_on_keeps_a_number_that_was_just_typed(buyer: Client, saleor: Double) -> None:
    answer = change(buyer, saleor, "5", then="checkout")
    assert answer["Location"] == "/checkout/"
    assert saleor.asked[-1][0] == "BasketUpdate"


def test_an_unchanged_cart_is_not_sent_again(buyer: Client, saleor: Double) -> None:
    assert change(buyer, saleor, "2")["Location"] == "/cart/"
    assert [name for name, _ in saleor.asked] == ["Basket"]


def test_more_than_there_is_marks_the_line_and_keeps_what_was_typed(buyer: Client, saleor: Double) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["quantityAvailable"] = 3
    error = {"code": "INSUFFICIENT_STOCK", "field": "quantity", "message": "no", "lines": [line(saleor)]}
    saleor.answers["BasketUpdate"] = {"checkoutLinesUpdate": {"checkout": None, "errors": [error]}}
    page = change(buyer, saleor, "9")
    assert page.status_code == 409
    assert "Only 3 of Silicone Starter Set, Teal, soft are left." in page.text
    assert 'value="9" aria-invalid="true"' in page.text


def test_a_number_that_is_none_changes_nothing(buyer: Client, saleor: Double) -> None:
    for typed in ("-1", "x", "21", "٣" * 4):
        assert change(buyer, saleor, typed).status_code == 422, typed
    assert {name for name, _ in saleor.asked} == {"Basket"}


def test_taking_out_twice_is_no_error(buyer: Client, saleor: Double) -> None:
    assert buyer.post("/cart/", {"remove": line(saleor)}).status_code == 303
    assert buyer.post("/cart/", {"remove": "Q2hlY2tvdXRMaW5lOjk5"}).status_code == 303
    assert [name for name, _ in saleor.asked].count("BasketRemove") == 1


def test_an_expired_cart_is_410_and_forgotten(buyer: Client, saleor: Double) -> None:
    saleor.checkout = None
    page = buyer.get("/cart/")
    assert page.status_code == 410
    assert "Your cart has expired" in page.text
    assert buyer.get("/cart/").status_code == 200


def test_what_was_sold_meanwhile_blocks_the_way_to_pay(buyer: Client, saleor: Double) -> None:
    problem = {
        "__typename": "CheckoutLineProblemInsufficientStock",
        "availableQuantity": 1,
        "line": saleor.checkout["lines"][0],
    }
    saleor.checkout["problems"] = [problem]
    page = buyer.get("/cart/").text
    assert "Only 1 of Silicone Starter Set, Teal, soft is left." in page
    assert "Go to checkout" not in page
    assert buyer.get("/checkout/payment/")["Location"] == "/cart/"


def test_each_market_keeps_its_own_cart(buyer: Client, saleor: Double) -> None:
    buyer.post("/region/", {"channel": "eu"})
    assert "There is nothing in it yet." in buyer.get("/cart/").text
    buyer.post("/region/", {"channel": "default-channel"})
    assert "Silicone Starter Set" in buyer.get("/cart/").text
