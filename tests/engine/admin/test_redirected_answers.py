"""No answer of a form stays in a browser's history as a POST: Back and reload never ask to send it again."""

import secrets
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.orders.models import Order
from tests.engine.admin.conftest import Shop

pytestmark = pytest.mark.django_db(transaction=True)
NAVIGATION: dict[str, Any] = {"headers": {"Sec-Fetch-Mode": "navigate"}}


@pytest.fixture
def order(shop: Shop) -> Order:
    return shop.order()


def refused_note(client: Client, order: Order) -> Any:
    """A note that is too long, as a browser sends it."""
    cache.clear()
    return client.post(f"/admin/orders/order/{order.pk}/note/", {"message": "typed " * 400}, **NAVIGATION)


def test_a_refused_form_is_shown_at_an_address_with_what_was_typed(
    admin_client: Client, order: Order
) -> None:
    answer = refused_note(admin_client, order)
    assert answer.status_code == 303
    for _ in range(2):  # as often as it is reloaded
        page = admin_client.get(answer["Location"])
        assert (page.status_code, page["Content-Type"]) == (422, "text/html; charset=utf-8")
        assert "typed typed" in page.text
        assert "Content-Security-Policy" in page
    assert not order.events.filter(type="NOTE_ADDED").exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 422),
        ({"accept": "*/*"}, 422),
        ({"accept": "text/html", "sec-fetch-mode": "cors"}, 422),
        ({"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}, 303),  # no https, or an older browser
        ({"accept": "*/*", "sec-fetch-mode": "navigate"}, 303),
    ],
)
def test_a_script_gets_its_answer_at_once_and_a_browser_an_address(
    admin_client: Client, order: Order, headers: dict[str, str], status: int
) -> None:
    cache.clear()
    answer = admin_client.post(f"/admin/orders/order/{order.pk}/note/", {"message": ""}, headers=headers)
    assert answer.status_code == status


def test_a_form_that_went_through_redirects_as_before(admin_client: Client, order: Order) -> None:
    answer = admin_client.post(f"/admin/orders/order/{order.pk}/note/", {"message": "ok"}, **NAVIGATION)
    assert (answer.status_code, urlsplit(answer["Location"]).query) == (302, "")


def test_nobody_else_and_no_other_page_shows_it(admin_client: Client, order: Order) -> None:
    address = urlsplit(refused_note(admin_client, order)["Location"])
    other = Client()
    other.force_login(User.objects.create_superuser("other@example.com", "cupwell-demo"))
    for client, path in ((other, address.path), (Client(), address.path), (admin_client, "/admin/")):
        answer = client.get(f"{path}?{address.query}&q=cup")
        assert (answer.status_code, answer["Location"]) == (302, f"{path}?q=cup")


def test_it_is_gone_after_ten_minutes(admin_client: Client, order: Order) -> None:
    address = refused_note(admin_client, order)["Location"]
    Session.objects.exclude(pk=admin_client.session.session_key).update(expire_date=timezone.now())
    assert admin_client.get(address).status_code == 302
    refused_note(admin_client, order)
    assert Session.objects.count() == 2  # that of the person, and the newest page


def test_an_answer_is_no_login(admin_client: Client, order: Order) -> None:
    key = urlsplit(refused_note(admin_client, order)["Location"]).query.partition("=")[2]
    thief = Client()
    thief.cookies["sessionid"] = key
    assert thief.get("/admin/orders/order/").status_code == 302


def test_a_wrong_password_is_answered_at_an_address_that_repeats_no_password(merchant: User) -> None:
    cache.clear()
    client = Client()
    given = {"username": "merchant@cupwell.example", "password": "guess-4711"}
    answer = client.post("/admin/login/?next=/admin/", given, **NAVIGATION)
    assert answer.status_code == 303
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert "merchant@cupwell.example" in page.text
    assert "guess-4711" not in page.text
    cache.clear()
    right = client.post(answer["Location"], given | {"password": "cupwell-demo"}, **NAVIGATION)
    assert right["Location"] == "/admin/"


def test_djangos_own_forms_are_answered_so_too(admin_client: Client, shop: Shop) -> None:
    """An action of a list with nothing chosen, and a list that is edited."""
    shop.order()
    answer = admin_client.post(
        "/admin/orders/order/", {"action": "mark_picked", "_selected_action": []}, **NAVIGATION
    )
    assert answer.status_code in (302, 303)


def test_a_client_may_store_so_many_pages_and_then_sees_them_at_once(
    settings: Any, admin_client: Client, order: Order
) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"stored page": (2, 600)}
    address, form = f"/admin/orders/order/{order.pk}/note/", {"message": ""}
    client = NAVIGATION | {"REMOTE_ADDR": "203.0.113.9"}
    answers = [admin_client.post(address, form, **client).status_code for _ in range(3)]
    assert answers == [303, 303, 422]


def test_pages_of_the_shop_are_answered_so_too(db: None) -> None:
    """One of a form that fits into no cookie, and one that came from another site."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/orders/find/", {"number": "1"}, **NAVIGATION)
    assert answer.status_code == 303
    page = client.get(answer["Location"])
    assert (page.status_code, page["Cache-Control"]) == (403, "private, no-store")
    client = Client()
    text = secrets.token_urlsafe(3000)
    address = client.post("/contact/", {"text": text, "email": "no"}, **NAVIGATION)["Location"]
    assert text in client.get(address).text
    assert text not in client.get("/contact/").text
    assert text not in Client().get(address, follow=True).text


@pytest.mark.parametrize("path", ["//evil.example/", "///evil.example/x", "/products/%3Fq"])
def test_an_answer_that_is_gone_leads_to_an_address_of_the_shop(path: str) -> None:
    answer = Client().get(path, {"answer": "gone"})
    goal = urlsplit(answer["Location"])
    assert (answer.status_code, goal.netloc, goal.query) == (302, "", "")


def test_the_key_of_a_second_factor_is_not_stored(admin_client: Client) -> None:
    user = User.objects.get(is_superuser=True)
    user.is_staff = True
    answer = admin_client.post("/admin/second-factor/", {"code": "000000"}, **NAVIGATION)
    assert answer.status_code == 422
    assert not any("body" in session.get_decoded() for session in Session.objects.all())
