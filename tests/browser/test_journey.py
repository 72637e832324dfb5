"""Buying in a real browser: product, cart, checkout, acknowledged insert, payment, order page."""

import pytest

from store.engine.orders.models import Order
from tests.browser import shopper
from tests.browser.conftest import DESKTOP, PHONE, OpenPage

SIZES_AND_JAVASCRIPT = pytest.mark.parametrize(
    ("size", "javascript"),
    [(DESKTOP, True), (DESKTOP, False), (PHONE, True), (PHONE, False)],
    ids=["desktop", "desktop without JavaScript", "phone", "phone without JavaScript"],
)


@SIZES_AND_JAVASCRIPT
def test_a_shopper_buys_a_set_and_sees_the_order(
    open_page: OpenPage, size: dict[str, int], javascript: bool
) -> None:
    page = open_page("/", size=size, javascript=javascript)
    shopper.buy(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you, Ada."
    assert page.get_by_role("link", name="Silicone cups", exact=True).is_visible()
    assert page.get_by_role("link", name="Your first session").is_visible()
    assert "$29.00" in page.get_by_role("region", name="What you ordered").inner_text()


@pytest.mark.parametrize(
    ("start", "size", "javascript", "thanks"),
    [("/de", PHONE, False, "Vielen Dank, Ada."), ("/es", DESKTOP, True, "Gracias, Ada.")],
    ids=["de on a phone without JavaScript", "es"],
)
def test_a_set_is_bought_in_the_language_of_the_shopper(
    open_page: OpenPage, start: str, size: dict[str, int], javascript: bool, thanks: str
) -> None:
    page = open_page(f"{start}/", size=size, javascript=javascript)
    shopper.buy_in(page, start)
    assert page.get_by_role("heading", level=1).inner_text() == thanks
    assert Order.objects.get().language_code == start.strip("/")
    assert page.locator("html").get_attribute("lang") == start.strip("/")


@SIZES_AND_JAVASCRIPT
def test_a_declined_card_leaves_everything_as_it_was(
    open_page: OpenPage, size: dict[str, int], javascript: bool
) -> None:
    page = open_page("/", size=size, javascript=javascript)
    shopper.put_in_cart(page)
    shopper.enter_address(page)
    shopper.choose_delivery(page)
    page.get_by_label("Demo card that is declined").check()
    shopper.pay(page)
    assert "The payment was declined." in page.get_by_role("alert").inner_text()
    page.get_by_label("Demo card", exact=False).first.check()
    shopper.pay(page)
    page.wait_for_url("**/orders/**")


def test_going_back_and_paying_again_shows_the_same_order(open_page: OpenPage) -> None:
    page = open_page("/", javascript=False)
    shopper.put_in_cart(page)
    shopper.enter_address(page)
    shopper.choose_delivery(page)
    form = {
        key: page.locator(f"input[name={key}]").first.get_attribute("value") or ""
        for key in ("csrfmiddlewaretoken", "basket", "total", "read")
    }
    shopper.pay(page)
    page.wait_for_url("**/orders/**")
    number = page.locator(".eyebrow").inner_text()
    page.request.post("/checkout/payment/", form=form, headers={"referer": page.url})
    second = page.request.post("/checkout/payment/", form=form, headers={"referer": page.url})
    assert number in second.text()


def test_a_link_without_its_token_opens_nothing(open_page: OpenPage) -> None:
    page = open_page("/orders/T3JkZXI6MQ==/")
    assert "An order can only be opened by its link" in page.get_by_role("main").inner_text()


def test_a_set_is_found_by_material_and_by_search(open_page: OpenPage) -> None:
    page = open_page("/", javascript=False)
    page.get_by_role("link", name="Glass", exact=True).click()
    names = page.locator(".grid h3").all_inner_texts()
    assert names
    assert all("Glass" in name for name in names)
    page.get_by_role("searchbox").first.fill("pump")
    page.keyboard.press("Enter")
    page.get_by_text("found for “pump”").wait_for()
    assert "Pump Starter Set" in page.locator(".grid").inner_text()


def test_prices_follow_the_region(open_page: OpenPage) -> None:
    page = open_page(shopper.PRODUCT_PATH, javascript=False)
    assert "$29.00" in page.locator(".price.big").inner_text()
    page.get_by_role("link", name="Region").click()
    page.get_by_role("button", name="European Union").click()
    assert "€27.90" in page.locator(".price.big").inner_text()
