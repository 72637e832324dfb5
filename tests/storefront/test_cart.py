"""The cart page: quantities, removal, expired checkouts and lines that can't be ordered any more."""

from typing import Any

from django.test import Client

from tests.storefront.conftest import put_in_cart, refused
from tests.storefront.saleor_double import SaleorDouble, usd


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
    page = refused(buyer, "/cart/", {f"quantity-{line_id(saleor)}": "9"})
    assert "Only 3 of Silicone Starter Set, Teal, soft are left." in page.text
    assert 'value="9" aria-invalid="true"' in page.text


def test_a_number_that_is_none_changes_nothing(buyer: Client, saleor: SaleorDouble) -> None:
    for entered in ("-1", "x", "1.5", "", "٣" * 4, "9" * 4301):
        page = refused(buyer, "/cart/", {f"quantity-{line_id(saleor)}": entered})
        assert (
            "Please enter a whole number for Silicone Starter Set, Teal, soft; 0 takes it out." in page.text
        )
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


def test_a_change_of_an_expired_cart_leads_to_the_page_that_says_so(
    buyer: Client, saleor: SaleorDouble
) -> None:
    form = {f"quantity-{line_id(saleor)}": "3"}
    saleor.checkout = None
    assert (answer := buyer.post("/cart/", form)).status_code == 303
    assert buyer.get(answer["Location"]).status_code == 410


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


def test_the_shop_says_how_many_one_order_can_hold(buyer: Client, saleor: SaleorDouble) -> None:
    """No limit of the page's own: 20 and 20 of one cup are bought where the shop allows 50."""
    saleor.variant("SIL-START-TEAL-SOFT")["quantityAvailable"] = 50
    saleor.fill_cart(SIL_START_TEAL_SOFT=40)
    assert 'max="50"' in buyer.get("/cart/").text
    assert post_quantity(buyer, saleor, "41", then="checkout")["Location"] == "/checkout/"
    error = {"code": "QUANTITY_GREATER_THAN_LIMIT", "field": "quantity", "message": "no", "lines": None}
    saleor.responses["CheckoutLinesUpdate"] = {
        "checkoutLinesUpdate": {"checkout": None, "errors": [error | {"variants": None}]}
    }
    page = refused(buyer, "/cart/", {f"quantity-{line_id(saleor)}": "51"})
    assert "51 of Silicone Starter Set, Teal, soft is more than one order can hold." in page.text
    assert 'value="51" aria-invalid="true"' in page.text


def test_the_line_that_is_refused_is_named_among_others(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.fill_cart(SIL_START_TEAL_SOFT=2, GLA_VALVE_6=1)
    first, second = (line["id"] for line in saleor.checkout["lines"])
    variant = saleor.checkout["lines"][1]["variant"]
    variant["quantityAvailable"] = 3
    error = {"code": "INSUFFICIENT_STOCK", "field": "quantity", "message": "no", "variants": [variant["id"]]}
    saleor.responses["CheckoutLinesUpdate"] = {
        "checkoutLinesUpdate": {"checkout": None, "errors": [error | {"lines": None}]}
    }
    page = refused(buyer, "/cart/", {f"quantity-{first}": "3", f"quantity-{second}": "9"})
    assert page.text.count(' aria-invalid="true"') == 1
    assert (
        f'name="quantity-{second}" type="number" inputmode="numeric" min="0" max="3" value="9" aria-invalid'
        in page.text
    )
    assert 'value="3"' in page.text  # what was typed for the other line is kept


def test_what_the_cart_has_reserved_itself_counts_as_available(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["quantityAvailable"] = 1
    saleor.checkout["stockReservationExpires"] = "2999-01-01T00:00:00+00:00"
    assert 'max="3"' in buyer.get("/cart/").text
    saleor.checkout["stockReservationExpires"] = "2020-01-01T00:00:00+00:00"
    assert 'max="1"' in buyer.get("/cart/").text


def test_the_chosen_variant_is_shown_with_its_own_picture(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["media"] = [{"url": "/media/teal.webp", "alt": "", "type": "IMAGE"}]
    for path in ("/cart/", "/checkout/payment/"):
        assert 'src="/media/teal.webp"' in buyer.get(path).text, path


def test_a_cart_whose_delivery_is_not_chosen_says_so(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.checkout |= {"delivery": None, "totalPrice": {"gross": usd(58), "net": usd(58)}}
    page = buyer.get("/cart/").text
    assert "<dt>Delivery</dt><dd>next step</dd>" in page
    assert "<dt>Total before delivery</dt><dd>$58.00</dd>" in page


def test_a_later_visit_starts_clean(buyer: Client, saleor: SaleorDouble) -> None:
    refused(buyer, "/cart/", {f"quantity-{line_id(saleor)}": "x"})
    assert "Please enter a whole number" not in buyer.get("/cart/").text
    assert "Please enter a whole number" not in buyer.get("/cart/?form=another").text


def test_a_browser_that_kept_no_cookie_is_told_why_the_cart_is_empty(shopper: Client) -> None:
    page = shopper.get("/cart/?first")
    assert page.status_code == 403
    assert "Your browser keeps no cookies for us" in page.text


def test_a_cart_with_fewer_pieces_than_the_cookie_says_is_told_once(
    buyer: Client, saleor: SaleorDouble
) -> None:
    put_in_cart(buyer, saleor, quantity="3")
    saleor.fill_cart(SIL_START_TEAL_SOFT=1)
    page = buyer.get("/cart/").text
    assert "Your cart has changed: it holds fewer pieces than before." in page
    assert "no longer sold" not in page
    assert "Your cart has changed" not in buyer.get("/cart/").text
