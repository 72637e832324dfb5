"""The checkout step by step, and all outcomes of the payment."""

import re
from typing import Any

import pytest
from django.test import Client

from store.saleor.errors import NetworkError
from store.storefront.orders import order_token
from tests.storefront.saleor_double import SaleorDouble, order_from_checkout

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


def operations(saleor: SaleorDouble) -> list[str]:
    return [name for name, _ in saleor.requests]


def error_response(code: str, field: str | None = None) -> dict[str, Any]:
    return {"errors": [{"code": code, "field": field, "message": "no", "lines": None, "variants": None}]}


def payment_form(buyer: Client) -> dict[str, Any]:
    """The fields of the payment page as a browser sends them, all boxes ticked."""
    page = buyer.get("/checkout/payment/").text
    form: dict[str, Any] = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    form["read"] = re.findall(r'name="read" value="([^"]+)"', page)
    return form | {"card": "good"}


# --- before payment --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/checkout/", "/checkout/delivery/", "/checkout/payment/"])
def test_without_a_cart_every_stop_leads_to_the_cart(shopper: Client, path: str) -> None:
    assert shopper.get(path)["Location"] == "/cart/"


def test_a_stop_that_is_not_due_leads_to_the_one_that_is(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.checkout["delivery"] = None
    assert buyer.get("/checkout/payment/")["Location"] == "/checkout/delivery/"
    saleor.checkout["email"] = None
    assert buyer.get("/checkout/payment/")["Location"] == "/checkout/"


def test_the_address_is_kept_in_one_call(buyer: Client, saleor: SaleorDouble) -> None:
    answer = buyer.post("/checkout/", ADDRESS)
    assert (answer.status_code, answer["Location"]) == (303, "/checkout/delivery/")
    name, sent = saleor.requests[-1]
    assert name == "CheckoutContactUpdate"
    assert sent["shipping"] == sent["billing"]
    assert sent["shipping"]["countryArea"] == "OR"


def test_an_empty_address_names_every_field_and_saves_nothing(buyer: Client, saleor: SaleorDouble) -> None:
    page = buyer.post("/checkout/", {"shipping-country": "US", "same": "on"})
    assert page.status_code == 422
    assert "Please check 7 entries" in page.text
    assert 'href="#id_shipping-postal_code"' in page.text
    assert 'aria-describedby="id_shipping-city_error"' in page.text
    assert "CheckoutContactUpdate" not in operations(saleor)


def test_what_saleor_objects_to_stands_beside_its_field(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.responses["CheckoutContactUpdate"] = {
        "checkoutShippingAddressUpdate": error_response("INVALID", "postalCode")
    }
    page = buyer.post("/checkout/", ADDRESS | {"shipping-postal_code": "1"})
    assert page.status_code == 422
    assert 'id="id_shipping-postal_code_error">This postal code does not fit the country.' in page.text


def test_another_country_brings_its_fields_and_loses_no_entry(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.rules = saleor.rules | {"countryAreaType": "province", "postalCodeType": "postal"}
    page = buyer.post("/checkout/", ADDRESS | {"shipping-country": "CA", "do": "country"})
    assert page.status_code == 200
    assert ">Postal code" in page.text
    assert ">Province" in page.text
    assert 'value="12 Quiet Lane"' in page.text
    assert "CheckoutContactUpdate" not in operations(saleor)


def test_another_billing_address_is_checked_too(buyer: Client, saleor: SaleorDouble) -> None:
    page = buyer.post("/checkout/", {**ADDRESS, "same": "", "billing-country": "US"})
    assert page.status_code == 422
    assert "id_billing-city_error" in page.text
    assert "CheckoutContactUpdate" not in operations(saleor)


def test_a_country_we_do_not_deliver_to_is_refused(buyer: Client, saleor: SaleorDouble) -> None:
    page = buyer.post("/checkout/", ADDRESS | {"shipping-country": "KP"})
    assert page.status_code == 422
    assert "We don&#x27;t deliver there." in page.text


def test_a_delivery_is_chosen(buyer: Client, saleor: SaleorDouble) -> None:
    answer = buyer.post("/checkout/delivery/", {"delivery": saleor.checkout["delivery"]["id"]})
    assert answer["Location"] == "/checkout/payment/"
    assert saleor.requests[-1][0] == "CheckoutDeliveryMethodUpdate"


def test_an_invented_delivery_is_refused(buyer: Client, saleor: SaleorDouble) -> None:
    page = buyer.post("/checkout/delivery/", {"delivery": "RGVsaXZlcnk6Zm9vdA=="})
    assert page.status_code == 422
    assert "Please choose how we should deliver." in page.text
    assert "CheckoutDeliveryMethodUpdate" not in operations(saleor)


def test_prices_without_tax_show_the_tax_as_a_line_of_its_own(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.checkout["displayGrossPrices"] = False
    saleor.checkout["totalPrice"]["net"]["amount"] = 57.97
    saleor.checkout["totalPrice"]["tax"]["amount"] = 4.93
    page = buyer.get("/checkout/payment/").text
    assert "<dt>Tax</dt><dd>$4.93</dd>" in page
    assert "<dt>Total</dt><dd>$62.90</dd>" in page
    assert "of which tax" not in page


# --- paying -------------------------------------------------------------------------------------------


def test_paying_confirms_the_insert_then_charges_then_completes(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer)
    saleor.requests.clear()
    answer = buyer.post("/checkout/payment/", form)
    assert answer.status_code == 303
    assert answer["Location"].startswith("/orders/")
    assert operations(saleor) == [
        "CheckoutPage",
        "AcknowledgeInsert",
        "AcknowledgeInsert",
        "TransactionInitialize",
        "CheckoutComplete",
    ]
    assert saleor.requests[3][1]["amount"] == "62.9"


def test_the_cart_is_empty_after_paying(buyer: Client, saleor: SaleorDouble) -> None:
    buyer.post("/checkout/payment/", payment_form(buyer))
    assert "There is nothing in it yet." in buyer.get("/cart/").text


def test_an_insert_that_was_not_read_stops_everything(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer) | {"read": []}
    saleor.requests.clear()
    page = buyer.post("/checkout/payment/", form)
    assert page.status_code == 422
    assert "Please tick this box when you have read it." in page.text
    assert operations(saleor) == ["CheckoutPage"]


def test_an_older_version_of_the_insert_does_not_count(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer)
    form["read"] = [key.split("@")[0] + "@0.1" for key in form["read"]]
    saleor.requests.clear()
    assert buyer.post("/checkout/payment/", form).status_code == 422
    assert operations(saleor) == ["CheckoutPage"]


def test_a_changed_total_is_shown_and_nothing_is_charged(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer)
    saleor.checkout["totalPrice"]["gross"]["amount"] = 70.0
    saleor.requests.clear()
    page = buyer.post("/checkout/payment/", form)
    assert page.status_code == 409
    assert "The total has changed since you saw it. Nothing was charged." in page.text
    assert operations(saleor) == ["CheckoutPage"]


def test_a_declined_payment_keeps_the_cart(buyer: Client, saleor: SaleorDouble) -> None:
    event = {"type": "CHARGE_FAILURE", "message": "Declined"}
    saleor.responses["TransactionInitialize"] = {
        "transactionInitialize": {"transactionEvent": event, "errors": []}
    }
    page = buyer.post("/checkout/payment/", payment_form(buyer) | {"card": "declined"})
    assert page.status_code == 402
    assert "Nothing was charged and your cart is as it was." in page.text
    assert "CheckoutComplete" not in operations(saleor)
    assert "Silicone Starter Set" in buyer.get("/cart/").text


def test_the_same_form_sent_twice_is_one_payment_attempt(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer)
    first = buyer.post("/checkout/payment/", form)
    second = buyer.post("/checkout/payment/", form)
    keys = {sent["idempotencyKey"] for name, sent in saleor.requests if name == "TransactionInitialize"}
    assert first["Location"].split(":")[0] == second["Location"].split(":")[0]
    assert len(keys) == 1


def test_paying_again_after_the_cart_became_an_order_leads_to_that_order(
    buyer: Client, saleor: SaleorDouble
) -> None:
    form = payment_form(buyer)
    saleor.order = order_from_checkout(saleor.checkout)
    saleor.checkout = None
    saleor.requests.clear()
    answer = buyer.post("/checkout/payment/", form, follow=True)
    assert answer.status_code == 200
    assert "Order 1017" in answer.text
    assert operations(saleor) == ["CheckoutPage", "CheckoutComplete", "OrderPage"]


def test_what_is_already_paid_is_not_charged_again(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.checkout["totalBalance"]["amount"] = 0.0
    buyer.post("/checkout/payment/", payment_form(buyer))
    assert "TransactionInitialize" not in operations(saleor)
    assert "CheckoutComplete" in operations(saleor)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("INSUFFICIENT_STOCK", "While you paid, the last ones were sold, so nothing was ordered."),
        ("CHECKOUT_NOT_FULLY_PAID", "The total changed while you paid."),
        ("DELIVERY_METHOD_NOT_APPLICABLE", "That delivery does not fit this order."),
        ("SOMETHING_NEW", "That did not work."),
    ],
)
def test_a_refused_completion_says_what_is_with_the_money(
    buyer: Client, saleor: SaleorDouble, code: str, sentence: str
) -> None:
    form = payment_form(buyer)
    if code == "SOMETHING_NEW":
        code = "TAX_ERROR"
    saleor.responses["CheckoutComplete"] = {"checkoutComplete": {"order": None, **error_response(code)}}
    page = buyer.post("/checkout/payment/", form)
    assert page.status_code == 409
    assert sentence in page.text
    assert "Silicone Starter Set" in buyer.get("/cart/").text


def test_an_expired_cart_at_the_last_moment_is_410(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer)
    saleor.checkout = None
    saleor.responses["CheckoutComplete"] = {
        "checkoutComplete": {"order": None, **error_response("NOT_FOUND", "id")}
    }
    page = buyer.post("/checkout/payment/", form)
    assert page.status_code == 410
    assert "Nothing was charged." in page.text


def test_a_shop_that_is_away_is_503_and_the_cart_stays(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer)
    saleor.responses["TransactionInitialize"] = NetworkError("http://shop", "refused")
    page = buyer.post("/checkout/payment/", form)
    assert page.status_code == 503
    assert page["Retry-After"] == "30"
    assert "Nothing is lost: your cart is kept." in page.text
    assert "CheckoutComplete" not in operations(saleor)


def test_in_production_no_dummy_payment_is_taken(buyer: Client, saleor: SaleorDouble, settings: Any) -> None:
    settings.DUMMY_PAYMENTS = False
    saleor.requests.clear()
    assert buyer.post("/checkout/payment/", payment_form(buyer)).status_code == 503
    assert "TransactionInitialize" not in operations(saleor)


# --- the order ----------------------------------------------------------------------------------------


def test_the_order_shows_its_insert_its_guides_and_its_total(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.order = order_from_checkout(saleor.checkout)
    page = buyer.get(f"/orders/{order_token('T3JkZXI6MQ==')}/")
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    for part in ("Thank you, Ada.", "$62.90", "/inserts/silicone-cups/", "/guides/first-session/"):
        assert part in page.text


@pytest.mark.parametrize("token", ["x", "T3JkZXI6MQ==", "InQi:1abc:def", "a" * 3000])
def test_a_wrong_order_link_is_a_404_that_says_what_to_do(
    shopper: Client, saleor: SaleorDouble, token: str
) -> None:
    page = shopper.get(f"/orders/{token}/")
    assert page.status_code == 404
    assert "Please open it again from your email." in page.text
    assert saleor.requests == []
