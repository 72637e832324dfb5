"""The page with Stripe's fields, with Stripe's script replaced by one that remembers what it is asked. Needs no server."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

PAGE = "https://shop.example/checkout/payment/confirm/"
FORM = """<!doctype html><script src="https://js.stripe.com/v3/"></script><script type="module" src="/stripe_payment.js"></script>
<form method="post" data-stripe-key="pk" data-client-secret="secret" data-return-url="/back/" data-unreachable="away" hidden>
<div data-express hidden><div data-wallets></div></div><div data-fields></div><p data-error hidden></p><button type="submit">Pay</button></form>"""
STRIPE = """
window.asked = []; window.handlers = {}; window.mounted = [];
window.Stripe = () => ({
  elements: () => ({ create: (kind) => ({ on: (name, call) => { handlers[name] = call; }, mount: () => mounted.push(kind) }) }),
  confirmPayment: async (options) => { asked.push(options.clientSecret); return { error: { message: "declined" } }; },
});
"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()

    def answer(route: Route) -> None:
        request = route.request
        if request.url.startswith("https://js.stripe.com/"):
            route.fulfill(content_type="text/javascript", body=STRIPE)
        elif request.url.endswith(".js"):
            script = finders.find("storefront/stripe_payment.js")
            route.fulfill(content_type="text/javascript", body=Path(str(script)).read_text())
        elif request.method == "POST":
            route.fulfill(status=204)
        else:
            route.fulfill(content_type="text/html", body=FORM)

    page.route(re.compile(".*"), answer)
    page.goto(PAGE)
    page.wait_for_function("mounted.length == 2")
    yield page
    page.close()


def test_wallets_show_only_where_the_browser_and_the_merchant_have_some(page: Page) -> None:
    wallets = page.locator("[data-express]")
    page.evaluate("handlers.ready({ availablePaymentMethods: undefined })")
    assert not wallets.is_visible()
    page.evaluate(
        "document.querySelector('[data-wallets]').textContent = 'x'; handlers.ready({ availablePaymentMethods: { applePay: true } })"
    )
    assert wallets.is_visible()


def test_a_wallet_asks_the_shop_before_it_pays_and_is_told_when_it_failed(page: Page) -> None:
    with page.expect_request(lambda request: request.method == "POST"):
        page.evaluate("handlers.confirm({ paymentFailed: (why) => { window.failed = why.reason; } })")
    page.wait_for_function("window.failed == 'fail'")
    assert page.evaluate("asked") == ["secret"]
    assert page.locator("[data-error]").inner_text() == "declined"


def test_the_button_pays_by_card(page: Page) -> None:
    page.get_by_role("button").click()
    page.wait_for_function("asked.length == 1")
