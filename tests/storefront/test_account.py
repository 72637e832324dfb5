"""Accounts against the embedded engine: the mails leave, their links work, and nobody learns who has an account."""

import json
import re
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from store.engine.accounts.models import Address, User
from store.engine.events import webhook_deliveries
from store.engine.orders.models import Order
from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan, MerchantMessage
from store.mailer.sending import send_due
from store.storefront import orders, page_keys
from store.storefront.account import session

PASSWORD = "a long enough pass 7"
ADA = {"email": "ada.new@example.com", "password": PASSWORD, "first_name": "Ada", "last_name": "Fox"}


@pytest.fixture
def shop(seeded_shop: None, settings: Any) -> Any:
    settings.RATE_LIMITS = {name: (0, seconds) for name, (_, seconds) in settings.RATE_LIMITS.items()}
    return settings


def deliver_events() -> None:
    """As the worker does: what the engine recorded reaches the mailer."""
    webhook_deliveries.plan()
    for delivery in webhook_deliveries.due(to_listeners=True):
        webhook_deliveries.attempt(delivery)


def mailed_link(settings: Any, kind: Kind, view: str) -> str:
    """The path that the newest mail of this kind leads to, after it was sent."""
    deliver_events()
    plan = MailPlan.objects.filter(kind=kind).latest("pk")
    link = str(plan.event.payload["redirectUrl"]) if plan.event else ""
    assert send_due(plan_id=plan.pk)
    plan.refresh_from_db()
    assert plan.state == "sent", plan.last_error
    assert link.startswith(f"{settings.PUBLIC_URL}{view}"), link
    return link.removeprefix(settings.PUBLIC_URL)


def registered(settings: Any) -> Client:
    """Somebody with a confirmed account, logged in."""
    shopper = Client()
    shopper.post("/account/register/", ADA)
    link = mailed_link(settings, Kind.ACCOUNT_CONFIRMATION, "/account/confirm/")
    page = shopper.get(link)
    assert not User.objects.get(
        email=ADA["email"]
    ).is_confirmed  # a program that opens links confirms nothing
    form = dict(re.findall(r'<input type="hidden" name="(email|token)" value="([^"]+)"', page.text))
    assert shopper.post("/account/confirm/", form)["Location"] == "/account/log-in/?done=confirmed"
    assert shopper.post("/account/log-in/", ADA)["Location"] == "/account/"
    return shopper


def test_register_confirm_log_in_and_out(shop: Any) -> None:
    shopper = registered(shop)
    page = shopper.get("/account/")
    assert "ada.new@example.com" in page.text
    assert page["Cache-Control"] == "no-store"
    cookie = shopper.cookies[session.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    shopper.post("/account/log-out/")
    assert shopper.get("/account/")["Location"] == "/account/log-in/?next=%2Faccount%2F"


def test_a_taken_address_is_answered_as_a_new_one(shop: Any) -> None:
    first = Client().post("/account/register/", ADA)
    second = Client().post("/account/register/", ADA | {"first_name": "Eve"})
    assert first["Location"] == second["Location"] == "/account/register/?sent=1"
    assert User.objects.get(email=ADA["email"]).first_name == "Ada"
    deliver_events()
    assert MailPlan.objects.filter(kind=Kind.ACCOUNT_CONFIRMATION).count() == 1


@pytest.mark.parametrize("email", ["shopper@cupwell.example", "nobody@example.com"])
def test_the_answers_to_a_wrong_password_and_to_a_reset_are_the_same_for_everybody(
    shop: Any, email: str
) -> None:
    shopper = Client()
    answer = shopper.post("/account/log-in/", {"email": email, "password": "wrong"})
    page = shopper.get(answer["Location"])
    assert "This email address and password do not fit together." in page.text
    assert 'value="wrong"' not in page.text
    assert shopper.post("/account/reset-password/", {"email": email})["Location"].endswith("?sent=1")


def test_a_new_password_is_set_by_mail_and_its_link_works_once(shop: Any) -> None:
    shopper = registered(shop)
    shopper.post("/account/reset-password/", {"email": ADA["email"]})
    link = mailed_link(shop, Kind.ACCOUNT_PASSWORD, "/account/new-password/")
    other = Client()
    assert "longer password" in other.get(other.post(link, {"password": "short"})["Location"]).text
    assert other.post(link, {"password": "another long pass 8"})["Location"] == "/account/"
    assert other.get("/account/").status_code == 200
    assert Client().post(link, {"password": "a third long pass 9"}).status_code == 410


def test_the_address_book_and_the_checkout_that_begins_with_it(shop: Any) -> None:
    shopper = registered(shop)
    fields = {
        "country": "US",
        "first_name": "Ada",
        "last_name": "Fox",
        "street_address_1": "12 Quiet Lane",
        "city": "Portland",
        "country_area": "OR",
        "postal_code": "97201",
    }
    form = {f"shipping-{name}": value for name, value in fields.items()}
    wrong = shopper.post("/account/addresses/new/", form | {"shipping-city": ""})
    assert "Please fill in “City”." in shopper.get(wrong["Location"]).text
    assert shopper.post("/account/addresses/new/", form)["Location"] == "/account/addresses/?done=saved"
    address = re.search(r"/account/addresses/([^/]+)/change/", shopper.get("/account/addresses/").text)
    assert address
    shopper.post(f"/account/addresses/{address[1]}/change/", {"do": "shipping"})
    assert "Usual shipping address" in shopper.get("/account/addresses/").text
    put_in_cart(shopper)
    page = shopper.get("/checkout/").text
    assert 'value="ada.new@example.com"' in page
    assert 'value="12 Quiet Lane"' in page
    order = buy(shopper)
    assert order.user
    assert order.user.email == ADA["email"]
    assert f"Order {order.number}" in shopper.get("/account/").text
    data = json.loads(shopper.get("/account/data.json").content)
    assert data["addresses"][0]["city"].title() == "Portland"
    assert [one["number"] for one in data["orders"]] == [str(order.number)]


def test_nobody_reads_or_changes_the_address_of_another(shop: Any) -> None:
    shopper = registered(shop)
    owner = User.objects.get(email="shopper@cupwell.example")
    other = Address.objects.create(first_name="Eve", city="Salem", country="US")
    owner.addresses.add(other)
    from store.engine.graphql.ids import to_global_id

    path = f"/account/addresses/{to_global_id('Address', other.pk)}/"
    assert shopper.get(path).status_code == 404
    assert shopper.post(f"{path}change/", {"do": "delete"}).status_code in (303, 500)
    assert Address.objects.filter(pk=other.pk).exists()


def test_an_account_is_deleted_by_mail_and_button(shop: Any) -> None:
    shopper = registered(shop)
    shopper.post("/account/delete/")
    link = mailed_link(shop, Kind.ACCOUNT_DELETION, "/account/delete/confirm/")
    shopper.get(link)
    assert User.objects.filter(email=ADA["email"]).exists()
    token = re.search(r'name="token" value="([^"]+)"', shopper.get(link).text)
    assert token
    shopper.post("/account/delete/confirm/", {"token": token[1]})
    assert not User.objects.filter(email=ADA["email"]).exists()
    assert shopper.get("/account/")["Location"].startswith("/account/log-in/")


def test_a_login_never_leads_to_another_site(shop: Any) -> None:
    registered(shop)
    answer = Client().post("/account/log-in/", ADA | {"next": "https://evil.example/"})
    assert answer["Location"] == "/account/"


def test_pages_for_everybody_are_the_same_for_somebody_logged_in(shop: Any, rf: Any) -> None:
    shopper = registered(shop)
    assert page_keys.key_of(rf.get("/")) == page_keys.key_of(
        rf.get("/", headers={"cookie": f"{session.COOKIE}={shopper.cookies[session.COOKIE].value}"})
    )
    assert shopper.get("/products/").text == Client().get("/products/").text


# --- orders -------------------------------------------------------------------------------------------


def put_in_cart(shopper: Client) -> None:
    page = shopper.get("/products/silicone-starter-set/").text
    variant = re.search(r'name="variant" value="([^"]+)"', page)
    assert variant
    shopper.post("/products/silicone-starter-set/", {"variant": variant[1], "quantity": "2"})


def buy(shopper: Client) -> Order:
    address = {
        "email": "ada.new@example.com",
        "same": "on",
        "shipping-country": "US",
        "shipping-first_name": "Ada",
        "shipping-last_name": "Fox",
        "shipping-street_address_1": "12 Quiet Lane",
        "shipping-city": "Portland",
        "shipping-country_area": "OR",
        "shipping-postal_code": "97201",
    }
    assert shopper.post("/checkout/", address)["Location"] == "/checkout/delivery/"
    option = re.search(r'name="delivery" value="([^"]+)"', shopper.get("/checkout/delivery/").text)
    assert option
    shopper.post("/checkout/delivery/", {"delivery": option[1]})
    page = shopper.get("/checkout/payment/").text
    form: dict[str, Any] = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    form |= {"read": re.findall(r'name="read" value="([^"]+)"', page), "card": "good"}
    shopper.post("/checkout/payment/", form)
    return Order.objects.latest("created_at")


def order_path(order: Order) -> str:
    from store.engine.graphql.ids import to_global_id

    return orders.order_url(to_global_id("Order", order.pk))


@pytest.fixture
def guest_order(shop: Any) -> tuple[Client, Order]:
    shopper = Client()
    put_in_cart(shopper)
    return shopper, buy(shopper)


def test_an_order_is_found_by_mail_and_the_page_tells_nobody_whether_there_is_one(
    guest_order: tuple[Client, Order],
) -> None:
    _, order = guest_order
    right = {"number": f"#{order.number}", "email": "ADA.new@example.com"}
    answers = [
        Client().post("/orders/find/", form)
        for form in (right, right | {"email": "eve@example.com"}, right | {"number": "999999"}, right)
    ]
    assert {answer["Location"] for answer in answers} == {"/orders/find/?sent=1"}
    plan = MailPlan.objects.get(kind=Kind.ORDER_LINK)  # one, although it was asked for twice
    assert plan.recipient == "ada.new@example.com"
    assert send_due(plan_id=plan.pk)
    attempt = plan.attempts.get()
    assert "/orders/" in attempt.body.text


def test_an_old_link_leads_to_the_form_and_a_raw_id_shows_nothing(
    guest_order: tuple[Client, Order], settings: Any
) -> None:
    from store.engine.graphql.ids import to_global_id

    _, order = guest_order
    path = order_path(order)
    assert Client().get(path).status_code == 200
    raw = Client().get(f"/orders/{to_global_id('Order', order.pk)}/")
    assert raw.status_code == 404
    assert "ada.new@example.com" not in raw.text
    assert "Starter" not in raw.text
    settings.ORDER_LINK_DAYS = -1
    old = Client().get(path)
    assert old.status_code == 410
    assert 'action="/orders/find/"' in old.text
    assert "ada.new@example.com" not in old.text
    with pytest.raises(signing.SignatureExpired):
        orders.read_token(path.split("/")[2])


def test_a_return_is_asked_once_and_reaches_desk_merchant_and_buyer(
    guest_order: tuple[Client, Order],
) -> None:
    from store.engine.orders import return_requests
    from store.engine.orders.state import return_asked

    shopper, order = guest_order
    path = order_path(order)
    page = shopper.get(f"{path}return/").text
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    none = shopper.post(f"{path}return/", {"key": key[1], "piece-0": "0", "reason": "other"})
    assert "Please say how many pieces come back." in shopper.get(none["Location"]).text
    many = shopper.post(f"{path}return/", {"key": key[1], "piece-0": "3", "reason": "other"})
    assert "You ordered 2 of it." in shopper.get(many["Location"]).text
    for typed in ("1.000", "1e0", "9" * 4301):
        unread = shopper.post(f"{path}return/", {"key": key[1], "piece-0": typed, "reason": "other"})
        assert "Please enter a whole number." in shopper.get(unread["Location"]).text
    assert not MerchantMessage.objects.exists()
    form = {"key": key[1], "piece-0": "1", "reason": "withdrawal", "text": "No thanks"}
    for _ in range(2):
        assert shopper.post(f"{path}return/", form)["Location"] == f"{path}?returned=1"
    assert [one.pk for one in return_asked()] == [order.pk]
    assert MerchantMessage.objects.get().order_number == str(order.number)
    assert order.events.filter(type="NOTE_ADDED").count() == 1
    kinds = MailPlan.objects.filter(kind__in=[Kind.RETURN_RECEIVED, Kind.MERCHANT_MESSAGE])
    assert {plan.kind: plan.recipient for plan in kinds} == {
        Kind.RETURN_RECEIVED: "ada.new@example.com",
        Kind.MERCHANT_MESSAGE: "care@cupwell.example",
    }
    for plan in kinds:
        assert send_due(plan_id=plan.pk)
        assert "1 × Silicone Starter Set" in plan.attempts.get().body.text
    order.refresh_from_db()
    return_requests.settle(order)
    assert shopper.post(f"{path}return/", form)["Location"] == f"{path}?returned=1"
    assert not return_asked().exists()


def test_the_same_is_ordered_again(guest_order: tuple[Client, Order]) -> None:
    shopper, order = guest_order
    answer = shopper.post(f"{order_path(order)}again/")
    assert answer["Location"] == "/cart/"
    assert "Silicone Starter Set" in shopper.get("/cart/").text


def test_the_area_of_a_technique_guide_is_chosen_on_the_order(guest_order: tuple[Client, Order]) -> None:
    shopper, order = guest_order
    action = re.search(r'action="(/mail/preferences/[^"]+)"', shopper.get(order_path(order)).text)
    assert action
    assert shopper.post(action[1], {"action": "area", "area": "glutes"}).status_code == 200
    assert MailPlan.objects.get(kind=Kind.AREA).about == "glutes"
