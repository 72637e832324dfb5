"""The cart page: quantities, removal, expired checkouts and lines that can't be ordered any more."""

from typing import Any

from django.test import Client

from tests.storefront.saleor_double import SaleorDouble


def line_id(saleor: SaleorDouble) -> str:
    identity: str = saleor.checkout["lines"][0]["id"]
    return identity


def post_quantity(buyer: Client, saleor: SaleorDouble, quantity: str, **more: str) -> Any:
    return buyer.post("/cart/", {f"quantity-{line_id(saleor)}": quantity, **more})


def test_an_empty_cart_asks_nobody(shopper: Client, saleor: SaleorDouble) -> None:
    page = shopper.get("/cart/")
    assert "There is nothing in it yet." in page.text
    assert saleor.requests == []


def test_the_cart_is_one_call_and_never_stored(buyer: Client, saleor: SaleorDouble) -> None:
    page = buyer.get("/cart/")
    assert [name for name, _ in saleor.requests] == ["CartPage"]
    assert page["Cache-Control"] == "no-store"
    assert "$58.00" in page.text


def test_another_number_is_kept_and_leads_back(buyer: Client, saleor: SaleorDouble) -> None:
    answer = post_quantity(buyer, saleor, "5")
    assert (answer.status_code, answer["Location"]) == (303, "/cart/")
    assert saleor.requests[-1][1]["lines"] == [{"lineId": line_id(saleor), "quantity": 5}]


def test_going_on_keeps_a_number_that_was_just_typed(buyer: Client, saleor: SaleorDouble) -> None:
    answer = post_quantity(buyer, saleor, "5", then="checkout")
    assert answer["Location"] == "/checkout/"
    assert saleor.requests[-1][0] == "CheckoutLinesUpdate"


def test_an_unchanged_cart_is_not_sent_again(buyer: Client, saleor: SaleorDouble) -> None:
    assert post_quantity(buyer, saleor, "2")["Location"] == "/cart/"
    assert [name for name, _ in saleor.requests] == ["CartPage"]


def test_more_than_there_is_marks_the_line_and_keeps_what_was_typed(
    buyer: Client, saleor: SaleorDouble
) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["quantityAvailable"] = 3
    error = {"code": "INSUFFICIENT_STOCK", "field": "quantity", "message": "no", "lines": [line_id(saleor)]}
    saleor.responses["CheckoutLinesUpdate"] = {"checkoutLinesUpdate": {"checkout": None, "errors": [error]}}
    page = post_quantity(buyer, saleor, "9")
    assert page.status_code == 409
    assert "Only 3 of Silicone Starter Set, Teal, soft are left." in page.text
    assert 'value="9" aria-invalid="true"' in page.text


def test_a_number_that_is_none_changes_nothing(buyer: Client, saleor: SaleorDouble) -> None:
    for entered in ("-1", "x", "21", "٣" * 4):
        assert post_quantity(buyer, saleor, entered).status_code == 422, entered
    assert {name for name, _ in saleor.requests} == {"CartPage"}


def test_taking_out_twice_is_no_error(buyer: Client, saleor: SaleorDouble) -> None:
    assert buyer.post("/cart/", {"remove": line_id(saleor)}).status_code == 303
    assert buyer.post("/cart/", {"remove": "Q2hlY2tvdXRMaW5lOjk5"}).status_code == 303
    assert [name for name, _ in saleor.requests].count("CheckoutLinesDelete") == 1


def test_an_expired_cart_is_410_and_forgotten(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.checkout = None
    page = buyer.get("/cart/")
    assert page.status_code == 410
    assert "Your cart has expired" in page.text
    assert buyer.get("/cart/").status_code == 200


def test_what_was_sold_meanwhile_blocks_the_way_to_pay(buyer: Client, saleor: SaleorDouble) -> None:
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


def test_each_market_keeps_its_own_cart(buyer: Client, saleor: SaleorDouble) -> None:
    buyer.post("/region/", {"channel": "eu"})
    assert "There is nothing in it yet." in buyer.get("/cart/").text
    buyer.post("/region/", {"channel": "default-channel"})
    assert "Silicone Starter Set" in buyer.get("/cart/").text
