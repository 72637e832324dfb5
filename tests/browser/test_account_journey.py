"""An account from its first form to its end, in each language, with and without JavaScript; an order found and sent back."""

import json
from typing import Any

import pytest

from store.engine.accounts.models import User
from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan, MerchantMessage
from tests.browser import shopper
from tests.browser.conftest import PHONE, OpenPage
from tests.storefront.test_account import mailed_link

PASSWORD = "a long enough pass 7"
OLD, NEW = "ada.first@example.com", "ada.second@example.com"


@pytest.fixture(autouse=True)
def unlimited(settings: Any) -> None:
    settings.RATE_LIMITS = {name: (0, seconds) for name, (_, seconds) in settings.RATE_LIMITS.items()}


def send(page: Any, **fields: str) -> None:
    """Fill in the form of the page and send it."""
    form = page.locator("main form[method=post]").first
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("button.button").first.click()


@pytest.mark.parametrize(
    ("start", "javascript"),
    [("", True), ("/de", False), ("/es", True)],
    ids=["en", "de without JavaScript", "es"],
)
def test_register_confirm_log_in_change_the_address_export_and_delete(
    open_page: OpenPage, settings: Any, start: str, javascript: bool
) -> None:
    page = open_page(f"{start}/account/register/", size=PHONE, javascript=javascript)
    send(page, email=OLD, password=PASSWORD)
    page.goto(mailed_link(settings, Kind.ACCOUNT_CONFIRMATION, f"{start}/account/confirm/"))
    send(page)
    page.wait_for_url("**/log-in/**")
    send(page, email=OLD, password=PASSWORD)
    page.wait_for_url(f"**{start}/account/")
    page.goto(f"{start}/account/email/")
    send(page, email=NEW, password=PASSWORD)
    page.goto(mailed_link(settings, Kind.ACCOUNT_EMAIL, f"{start}/account/email/confirm/"))
    send(page)
    assert User.objects.filter(email=NEW).exists()
    page.goto(f"{start}/account/log-in/")
    send(page, email=NEW, password=PASSWORD)
    page.wait_for_url(f"**{start}/account/")
    exported = page.request.get(f"{start}/account/data.json")
    assert json.loads(exported.text())["email"] == NEW
    page.goto(f"{start}/account/delete/")
    send(page)
    page.goto(mailed_link(settings, Kind.ACCOUNT_DELETION, f"{start}/account/delete/confirm/"))
    send(page)
    assert not User.objects.filter(email=NEW).exists()


def test_a_guest_finds_the_order_by_mail_and_asks_to_return_it(open_page: OpenPage) -> None:
    page = open_page("/", javascript=False)
    shopper.buy(page)
    number = page.locator(".eyebrow").first.inner_text().split(",")[0].removeprefix("Order ")
    order = page.url
    page.goto(f"/orders/{number}/")  # a number is no link; it leads to the form, with the number in it
    send(page, email="ada@example.com")
    page.get_by_text("its link is on its way").wait_for()
    assert MailPlan.objects.filter(kind=Kind.ORDER_LINK, order_number=number).count() == 1
    page.goto(order)
    page.get_by_role("link", name="Return or withdraw").click()
    page.locator("main form input.quantity").first.fill("1")
    page.get_by_label("Why?").select_option("withdrawal")
    page.locator("main form button.button").first.click()
    page.get_by_text("We have your request.").wait_for()
    assert MerchantMessage.objects.get(topic="return").order_number == number
