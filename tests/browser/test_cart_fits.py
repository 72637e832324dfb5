"""The cart fits a narrow phone (WCAG 1.4.10), also with an error and long prices."""

import pytest

from tests.browser import shopper
from tests.browser.conftest import OpenPage


@pytest.mark.parametrize("width", [320, 360])
def test_the_cart_does_not_scroll_sideways(open_page: OpenPage, width: int) -> None:
    page = open_page("/", size={"width": width, "height": 740})
    shopper.put_in_cart(page)
    page.get_by_label("Quantity").fill("8")
    page.get_by_role("button", name="Update cart").click()
    page.get_by_text("Your cart is up to date.").wait_for()
    page.get_by_label("Quantity").fill("999")
    page.get_by_role("button", name="Update cart").click()
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == width
