"""axe on pages of the desk, one of each kind, on a phone in both themes. `desk_walk` looks at all of a running desk."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.desk import Desk
from tests.browser.test_accessibility import violations

PATHS = [
    "/admin/",
    "/admin/orders/order/",
    "/admin/catalog/product/import/",
    "/admin/discounts/voucher/",
    "/admin/discounts/voucher/add/",
    "/admin/stock/warehouse/add/",
    "/admin/shipping/shippingzone/add/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_the_desk(open_page: OpenPage, scheme: str) -> None:
    page = open_page("/admin/", size=PHONE, color_scheme=scheme)
    Desk(page, orders=(1, 2)).log_in("merchant@cupwell.example")
    found = {}
    for path in PATHS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        if on_page := violations(page):
            found[path] = on_page
    assert found == {}


def test_the_menu_opens_and_closes_by_keyboard_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/admin/", size=PHONE)
    Desk(page, orders=(1, 2)).log_in("merchant@cupwell.example")
    opener, menu = page.get_by_role("button", name="Menu", exact=True), page.locator("#nav-sidebar")
    assert not menu.is_visible()
    opener.focus()
    page.keyboard.press("Enter")
    menu.wait_for(state="visible")
    assert opener.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.id") == "close-menu"
    page.keyboard.press("Escape")
    menu.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.id") == "open-menu"


def test_axe_finds_nothing_on_a_list_at_a_desktops_width(open_page: OpenPage) -> None:
    page = open_page("/admin/", size=DESKTOP)
    Desk(page, orders=(1, 2)).log_in("merchant@cupwell.example")
    page.goto("/admin/accounts/user/")
    assert violations(page) == []
