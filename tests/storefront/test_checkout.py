"""The checkout step by step, and all outcomes of the payment."""

import re
import secrets
import time
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from store.saleor.errors import NetworkError
from store.storefront import form_state
from store.storefront.models import PaymentLease
from store.storefront.orders import order_token
from tests.storefront.conftest import put_in_cart, refused
from tests.storefront.saleor_double import SaleorDouble, order_from_checkout, usd

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
    page = refused(buyer, "/checkout/", {"shipping-country": "US", "same": "on"})
    assert "Please check 7 entries" in page.text
    assert 'href="#id_shipping-postal_code"' in page.text
    assert 'aria-describedby="id_shipping-city_error"' in page.text
    assert "CheckoutContactUpdate" not in operations(saleor)


def test_what_saleor_objects_to_stands_beside_its_field(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.responses["CheckoutContactUpdate"] = {
        "checkoutShippingAddressUpdate": error_response("INVALID", "postalCode")
    }
    page = refused(buyer, "/checkout/", ADDRESS | {"shipping-postal_code": "1"})
    assert (
        'id="id_shipping-postal_code_error">This postal code does not fit the country. Please check it. '
        "It looks like this: 95014." in page.text
    )
    assert 'value="1"' in page.text


def test_another_country_brings_its_fields_and_loses_no_entry(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.rules = saleor.rules | {"countryAreaType": "province", "postalCodeType": "postal"}
    page = refused(buyer, "/checkout/", ADDRESS | {"shipping-country": "CA", "do": "country"})
    assert "Please check" not in page.text
    assert ">Postal code" in page.text
    assert ">Province" in page.text
    assert 'value="12 Quiet Lane"' in page.text
    assert "CheckoutContactUpdate" not in operations(saleor)


def test_another_billing_address_is_checked_too(buyer: Client, saleor: SaleorDouble) -> None:
    page = refused(buyer, "/checkout/", {**ADDRESS, "same": "", "billing-country": "US"})
    assert "id_billing-city_error" in page.text
    assert "CheckoutContactUpdate" not in operations(saleor)


def company_and_floor(page: str) -> str:
    """The part of the first address form that is folded away, as markup."""
    found = re.search(r'<details class="address-more".*?</details>', page, re.DOTALL)
    assert found, "nothing is folded"
    return found[0]


def test_company_and_floor_are_folded_away_and_nothing_else(buyer: Client) -> None:
    folded = company_and_floor(buyer.get("/checkout/").text)
    assert folded.startswith('<details class="address-more">')
    inputs = re.findall(r'name="shipping-(\w+)"', folded)
    assert inputs == ["company_name", "street_address_2"]


@pytest.mark.parametrize(
    "entry",
    [{"company_name": "Fox & Daughters"}, {"street_address_2": "3rd floor"}, {"company_name": "x" * 300}],
)
def test_a_folded_entry_stands_open_when_the_form_comes_back(buyer: Client, entry: dict[str, str]) -> None:
    incomplete = {"shipping-country": "US", **{f"shipping-{name}": value for name, value in entry.items()}}
    page = refused(buyer, "/checkout/", {**incomplete, "same": "on"})
    assert company_and_floor(page.text).startswith('<details class="address-more" open>')


def test_what_was_typed_into_the_fold_is_sent(buyer: Client, saleor: SaleorDouble) -> None:
    buyer.post(
        "/checkout/", ADDRESS | {"shipping-company_name": "Fox Ltd", "shipping-street_address_2": "3rd floor"}
    )
    _, sent = saleor.requests[-1]
    assert (sent["shipping"]["companyName"], sent["shipping"]["streetAddress2"]) == ("Fox Ltd", "3rd floor")


def test_a_country_we_do_not_deliver_to_is_refused(buyer: Client, saleor: SaleorDouble) -> None:
    page = refused(buyer, "/checkout/", ADDRESS | {"shipping-country": "KP"})
    assert "We don&#x27;t deliver there." in page.text


def test_a_delivery_is_chosen(buyer: Client, saleor: SaleorDouble) -> None:
    answer = buyer.post("/checkout/delivery/", {"delivery": saleor.checkout["delivery"]["id"]})
    assert answer["Location"] == "/checkout/payment/"
    assert saleor.requests[-1][0] == "CheckoutDeliveryMethodUpdate"


def test_an_invented_delivery_is_refused(buyer: Client, saleor: SaleorDouble) -> None:
    page = refused(buyer, "/checkout/delivery/", {"delivery": "RGVsaXZlcnk6Zm9vdA=="})
    assert "Please choose how we should deliver." in page.text
    assert "CheckoutDeliveryMethodUpdate" not in operations(saleor)


def test_prices_without_tax_show_the_tax_as_a_line_of_its_own(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.checkout |= {
        "displayGrossPrices": False,
        "shippingPrice": {"net": usd(4.9), "gross": usd(5.32)},
        "subtotalPrice": {"net": usd(58), "gross": usd(62.93)},
        "totalPrice": {"net": usd(62.9), "gross": usd(68.25)},
    }
    delivery, saleor.checkout["delivery"] = saleor.checkout["delivery"], None
    assert "<dt>Estimated tax</dt>" in buyer.get("/cart/").text  # where it goes is not known yet
    saleor.checkout["delivery"] = delivery
    page = buyer.get("/checkout/payment/").text
    assert "<dt>Tax</dt><dd>$5.35</dd>" in page
    assert "<dt>Total</dt><dd>$68.25</dd>" in page
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
        "PaymentGateways",
        "AcknowledgeInsert",
        "AcknowledgeInsert",
        "CheckoutTransactions",
        "CheckoutPage",  # again, in its turn: another tab may have paid meanwhile
        "TransactionInitialize",
        "CheckoutComplete",
    ]
    assert saleor.requests[6][1]["amount"] == "62.9"


def test_the_cart_is_empty_after_paying(buyer: Client, saleor: SaleorDouble) -> None:
    buyer.post("/checkout/payment/", payment_form(buyer))
    assert "There is nothing in it yet." in buyer.get("/cart/").text


def test_an_insert_that_was_not_read_stops_everything(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer) | {"read": []}
    saleor.requests.clear()
    page = refused(buyer, "/checkout/payment/", form)
    assert "Please tick this box when you have read it." in page.text
    assert set(operations(saleor)) == {"CheckoutPage", "PaymentGateways"}


def test_an_older_version_of_the_insert_does_not_count(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer)
    form["read"] = [key.split("@")[0] + "@0.1" for key in form["read"]]
    saleor.requests.clear()
    assert "Please tick this box" in refused(buyer, "/checkout/payment/", form).text
    assert set(operations(saleor)) == {"CheckoutPage", "PaymentGateways"}


def test_a_changed_total_is_shown_and_nothing_is_charged(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer)
    saleor.checkout["totalPrice"]["gross"]["amount"] = 70.0
    saleor.requests.clear()
    page = refused(buyer, "/checkout/payment/", form)
    assert "The total has changed since you saw it." in page.text
    assert set(operations(saleor)) == {"CheckoutPage", "PaymentGateways"}


def test_a_declined_payment_keeps_the_cart(buyer: Client, saleor: SaleorDouble) -> None:
    event = {"type": "CHARGE_FAILURE", "message": "", "pspReference": "", "createdBy": {"__typename": "App"}}
    saleor.responses["TransactionInitialize"] = {
        "transactionInitialize": {"transactionEvent": event, "errors": []}
    }
    form = payment_form(buyer) | {"card": "declined"}
    page = refused(buyer, "/checkout/payment/", form)
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
        ("INSUFFICIENT_STOCK", "The last ones were sold while you paid."),
        ("VOUCHER_NOT_APPLICABLE", "Your code does not apply to this order any more."),
        ("INVALID_SHIPPING_METHOD", "That delivery does not fit this order. Please choose another."),
        ("TAX_ERROR", "That did not work."),
    ],
)
def test_a_refused_order_says_that_the_money_is_safe(
    buyer: Client, saleor: SaleorDouble, code: str, sentence: str
) -> None:
    form = payment_form(buyer)
    saleor.checkout["totalBalance"]["amount"] = 0.0
    saleor.responses["CheckoutComplete"] = {"checkoutComplete": {"order": None, **error_response(code)}}
    page = refused(buyer, "/checkout/payment/", form).text
    assert "Your payment of $62.90 is safe with us, but the order is not placed yet." in page
    assert sentence in page
    assert "write to care@cupwell.example and name 1." in page
    assert "Finish the order" in page
    assert "Silicone Starter Set" in buyer.get("/cart/").text


def test_what_is_still_open_after_a_payment_is_told(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer)
    saleor.checkout["totalBalance"]["amount"] = -12.9
    saleor.responses["CheckoutComplete"] = {
        "checkoutComplete": {"order": None, **error_response("CHECKOUT_NOT_FULLY_PAID")}
    }
    page = refused(buyer, "/checkout/payment/", form).text
    assert "Your payment of $50.00 is safe with us" in page
    assert "The total has changed: $12.90 is still open." in page
    assert "Pay $12.90" in page


@pytest.mark.parametrize("code", ["CHECKOUT_NOT_FULLY_PAID", "INSUFFICIENT_STOCK"])
def test_where_nothing_was_paid_no_money_is_said_to_be_kept(
    buyer: Client, saleor: SaleorDouble, code: str
) -> None:
    form = payment_form(buyer)
    saleor.responses["CheckoutComplete"] = {"checkoutComplete": {"order": None, **error_response(code)}}
    assert "safe with us" not in refused(buyer, "/checkout/payment/", form).text


def test_without_a_gateway_paying_is_not_possible(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.responses["TransactionInitialize"] = {
        "transactionInitialize": {"transactionEvent": None, **error_response("NOT_FOUND", "paymentGateway")}
    }
    page = refused(buyer, "/checkout/payment/", payment_form(buyer)).text
    assert "Paying is not possible at the moment. Please try again later." in page
    assert "CheckoutComplete" not in operations(saleor)


@pytest.mark.parametrize(
    ("field", "path", "sentence"),
    [
        ("shippingMethod", "/checkout/delivery/", "The delivery you chose does not fit this order any more."),
        ("voucherCode", "/checkout/payment/", "Your code does not apply to this order any more."),
        ("giftCards", "/checkout/payment/", "Your gift card can&#x27;t be used now"),
        ("channel", "/checkout/payment/", "This shop takes no orders at the moment."),
        ("lines", "/cart/", "Not everything in your cart can be ordered any more."),
        ("shippingAddress", "/checkout/", "Please check your shipping address."),
        ("somethingNew", "/checkout/payment/", "The payment was not accepted."),
    ],
)
def test_what_the_order_would_be_refused_for_is_said_before_money_is_taken(
    buyer: Client, saleor: SaleorDouble, field: str, path: str, sentence: str
) -> None:
    saleor.responses["TransactionInitialize"] = {
        "transactionInitialize": {"transactionEvent": None, **error_response("INVALID", field)}
    }
    page = refused(buyer, "/checkout/payment/", payment_form(buyer), leads_to=path).text
    assert sentence in page
    assert "Nothing was charged" not in page  # only the payment app can say so
    assert "CheckoutComplete" not in operations(saleor)


def test_a_delivery_that_does_not_fit_any_more_is_chosen_again(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer)
    saleor.checkout["problems"] = [{"__typename": "CheckoutProblemDeliveryMethodInvalid"}]
    saleor.requests.clear()
    page = refused(buyer, "/checkout/payment/", form, leads_to="/checkout/delivery/")
    assert "The delivery you chose does not fit this order any more." in page.text
    assert "TransactionInitialize" not in operations(saleor)


def test_offers_of_delivery_that_are_out_of_date_are_calculated_again(
    buyer: Client, saleor: SaleorDouble
) -> None:
    saleor.checkout["problems"] = [{"__typename": "CheckoutProblemDeliveryMethodStale"}]
    assert buyer.get("/checkout/payment/").status_code == 200
    assert operations(saleor)[:3] == ["CheckoutPage", "DeliveryOptionsCalculate", "CheckoutPage"]


def test_a_code_that_takes_nothing_off_is_removed_before_paying(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.checkout["voucherCode"] = "SPRING"
    page = refused(buyer, "/checkout/payment/", payment_form(buyer)).text
    assert "Your code SPRING does not apply to this order any more." in page
    assert "TransactionInitialize" not in operations(saleor)
    form = payment_form(buyer) | {"do": "remove-code"}
    assert buyer.post("/checkout/payment/", form)["Location"] == "/checkout/payment/"
    assert saleor.requests[-1] == (
        "CheckoutRemovePromoCode",
        {"id": saleor.checkout["id"], "code": "SPRING"},
    )


# --- answers that come late ------------------------------------------------------------------------------


def test_a_cart_that_expired_at_the_last_moment_is_told_and_forgotten(
    buyer: Client, saleor: SaleorDouble
) -> None:
    form = payment_form(buyer)
    saleor.checkout = None
    saleor.responses["CheckoutComplete"] = {
        "checkoutComplete": {"order": None, **error_response("NOT_FOUND", "id")}
    }
    page = refused(buyer, "/checkout/payment/", form, leads_to="/cart/")
    assert "This cart has expired, and no order was made from it." in page.text
    assert "There is nothing in it yet." in page.text


@pytest.mark.parametrize("late", ["TransactionInitialize", "CheckoutComplete"])
def test_an_answer_that_comes_late_leads_to_the_order(buyer: Client, saleor: SaleorDouble, late: str) -> None:
    form = payment_form(buyer)
    saleor.responses[late] = NetworkError("http://shop", "timed out")
    waiting = buyer.post("/checkout/payment/", form)["Location"]
    page = buyer.get(waiting)
    assert (page.status_code, page["Refresh"]) == (200, "3")
    assert "Your payment is being made." in page.text
    assert "Refresh" in buyer.get(waiting)
    saleor.order = order_from_checkout(saleor.checkout)
    saleor.checkout, saleor.responses = None, {}
    answer = buyer.get(waiting, follow=True)
    assert "Order 1017" in answer.text
    assert "There is nothing in it yet." in buyer.get("/cart/").text


def test_a_second_tab_waits_for_the_payment_of_the_first(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.responses["TransactionInitialize"] = {
        "transactionInitialize": {
            "transactionEvent": None,
            **error_response("CHECKOUT_COMPLETION_IN_PROGRESS", "id"),
        }
    }
    answer = buyer.post("/checkout/payment/", payment_form(buyer), follow=True)
    assert "Your payment is being made." in answer.text
    assert "CheckoutComplete" not in operations(saleor)


def test_an_answer_that_never_comes_is_told_after_a_minute(
    buyer: Client, saleor: SaleorDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = payment_form(buyer)
    saleor.responses["TransactionInitialize"] = NetworkError("http://shop", "timed out")
    waiting = buyer.post("/checkout/payment/", form)["Location"]
    later = time.time() + 61
    monkeypatch.setattr("time.time", lambda: later)
    page = buyer.get(waiting, follow=True).text
    assert "Your payment has no result yet. You can try again in the same way" in page
    saleor.responses = {}
    PaymentLease.objects.update(
        expires_at=timezone.now()
    )  # it is kept for the time of a call that may still run
    buyer.post("/checkout/payment/", payment_form(buyer))
    keys = [sent["idempotencyKey"] for name, sent in saleor.requests if name == "TransactionInitialize"]
    assert (len(keys), len(set(keys))) == (2, 1)  # the same attempt, so that it is not charged twice


def test_each_form_of_one_checkout_is_the_same_attempt_until_one_is_declined(
    buyer: Client, saleor: SaleorDouble
) -> None:
    first_tab, second_tab = payment_form(buyer), payment_form(buyer)
    event = {"type": "CHARGE_FAILURE", "message": "", "pspReference": "", "createdBy": {"__typename": "App"}}
    declined = {"transactionInitialize": {"transactionEvent": event, "errors": []}}
    buyer.post("/checkout/payment/", first_tab)
    saleor.responses["TransactionInitialize"] = declined
    buyer.post("/checkout/payment/", second_tab)
    buyer.post("/checkout/payment/", second_tab)
    keys = [sent["idempotencyKey"] for name, sent in saleor.requests if name == "TransactionInitialize"]
    assert keys[0] == keys[1] != keys[2]


def test_a_shop_that_is_away_is_503_and_the_cart_stays(buyer: Client, saleor: SaleorDouble) -> None:
    form = payment_form(buyer)
    for operation in ("TransactionInitialize", "CheckoutPage"):
        saleor.responses[operation] = NetworkError("http://shop", "refused")
    page = buyer.post("/checkout/payment/", form)
    assert page.status_code == 503
    assert page["Retry-After"] == "30"
    assert "Nothing is lost: your cart is kept." in page.text
    assert "CheckoutComplete" not in operations(saleor)


@pytest.mark.parametrize("token", ["x", "a:b:c"])
def test_a_wrong_address_of_a_payment_is_404(shopper: Client, saleor: SaleorDouble, token: str) -> None:
    assert shopper.get(f"/checkout/payment/{token}/").status_code == 404
    assert saleor.requests == []


def test_in_production_no_dummy_payment_is_taken(buyer: Client, saleor: SaleorDouble, settings: Any) -> None:
    settings.DUMMY_PAYMENTS = False
    saleor.requests.clear()
    page = refused(buyer, "/checkout/payment/", payment_form(buyer))
    assert "Paying is not possible at the moment. Please try again later." in page.text
    assert "TransactionInitialize" not in operations(saleor)


def test_paying_empties_the_cart_that_was_paid_whichever_market_is_chosen(
    buyer: Client, saleor: SaleorDouble
) -> None:
    form = payment_form(buyer)
    buyer.post("/region/", {"channel": "eu"})
    european = dict(saleor.checkout, id="Q2hlY2tvdXQ6Mg==", channel={"slug": "eu"})
    saleor.responses["CheckoutCreate"] = {
        "checkoutCreate": {"checkout": {"id": european["id"], "quantity": 1}, "errors": []}
    }
    put_in_cart(buyer, saleor)
    buyer.post("/checkout/payment/", form)
    assert saleor.requests[-1] == ("CheckoutComplete", {"id": saleor.checkout["id"]})
    assert buyer.cookies["cart-default-channel"].value == ""
    assert buyer.cookies["cart-eu"].value.startswith(european["id"])


def test_a_refused_payment_of_another_market_leads_back_to_its_own_checkout(
    buyer: Client, saleor: SaleorDouble
) -> None:
    form = payment_form(buyer)
    buyer.post("/region/", {"channel": "eu"})
    saleor.checkout["delivery"] = None
    answer = buyer.post("/checkout/payment/", form)
    assert answer["Location"] == "/checkout/delivery/"
    assert buyer.cookies["region"].value == "default-channel"


# --- nothing private in what a form keeps ----------------------------------------------------------------


def test_a_form_keeps_only_what_it_shows_again(buyer: Client) -> None:
    refused(buyer, "/checkout/", ADDRESS | {"email": "", "health-answer": "yes", "card": "4111"})
    kept = signing.loads(buyer.cookies["form-checkout"].value, salt=form_state.SALT)
    assert "health-answer" not in kept["values"]
    assert "card" not in kept["values"]
    assert kept["values"]["shipping-city"] == "Portland"
    assert buyer.cookies["form-checkout"]["httponly"]
    assert buyer.cookies["form-checkout"]["path"] == "/checkout/"


@pytest.mark.django_db
def test_what_is_too_large_for_a_cookie_has_an_address_too(buyer: Client) -> None:
    noise = {f"{group}-{name}": secrets.token_urlsafe(187) for group in ("shipping", "billing")
             for name in ("first_name", "last_name", "company_name", "street_address_1", "street_address_2",
                          "city", "phone")}  # fmt: skip
    form = ADDRESS | noise | {"same": "", "billing-country": "US", "email": ""}
    answer = buyer.post("/checkout/", form, headers={"Sec-Fetch-Mode": "navigate"})
    assert (answer.status_code, answer["Location"].partition("=")[0]) == (303, "/checkout/?answer")
    for _ in range(2):  # as often as it is reloaded
        page = buyer.get(answer["Location"])
        assert (page.status_code, page["Cache-Control"]) == (422, "private, no-store")
        assert noise["shipping-city"][:250] in page.text
    assert Client().get(answer["Location"])["Location"] == "/checkout/"  # nobody else sees it


# --- the order ----------------------------------------------------------------------------------------


def test_the_order_shows_its_insert_its_guides_and_its_total(buyer: Client, saleor: SaleorDouble) -> None:
    saleor.order = order_from_checkout(saleor.checkout)
    page = buyer.get(f"/orders/{order_token('T3JkZXI6MQ==')}/")
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    for part in ("Thank you, Ada.", "$62.90", "/inserts/silicone-cups/", "/guides/first-session/"):
        assert part in page.text


@pytest.mark.parametrize("token", ["x", "InQi:1abc:def", "a" * 3000])
def test_a_wrong_order_link_is_a_404_that_says_what_to_do(
    shopper: Client, saleor: SaleorDouble, token: str
) -> None:
    page = shopper.get(f"/orders/{token}/")
    assert page.status_code == 404
    assert "Please open it again from your email." in page.text
    assert saleor.requests == []
