"""axe on pages of the desk, one of each kind, and its menu by keyboard. `desk_walk` looks at all of a running desk.

One test, since each has a shop and a sign-in of its own.
"""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.desk import Desk
from tests.browser.test_accessibility import ALL_RULES, RULES_OF_COLOR, violations

PATHS = [
    "/admin/",
    "/admin/orders/order/",
    "/admin/orders/order/ship/",
    "/admin/catalog/product/import/",
    "/admin/discounts/voucher/",
    "/admin/discounts/voucher/add/",
    "/admin/stock/warehouse/add/",
    "/admin/shipping/shippingzone/add/",
]


def test_the_desk_is_for_everybody(open_page: OpenPage) -> None:
    page = open_page("/admin/", size=PHONE)
    Desk(page, orders=(1, 2)).log_in("merchant@cupwell.example")
    check_the_menu(page)
    assert [found for path in PATHS for found in problems(page, path)] == []
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    page.goto("/admin/accounts/user/")
    assert violations(page) == []


def problems(page: Page, path: str) -> Iterator[str]:
    """Of a page on a phone: its width, and what axe finds in the light and then the dark theme."""
    page.goto(path)
    if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
        yield f"{path} is wider than its window"
    for theme, rules in (("light", ALL_RULES), ("dark", RULES_OF_COLOR)):
        page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", theme == "dark")
        for found in violations(page, rules=rules):
            yield f"{path}, {theme}: {found}"


def check_the_menu(page: Page) -> None:
    """It opens and closes by keyboard, and the focus goes along."""
    opener, menu = page.get_by_role("button", name="Menu", exact=True), page.locator("#nav-sidebar")
    assert not menu.is_visible()
    opener.focus()
    page.keyboard.press("Enter")
    menu.wait_for(state="visible")
    assert opener.get_attribute("aria-expanded") == "true"
    page.wait_for_function("document.activeElement.id === 'close-menu'")  # after the next frame
    page.keyboard.press("Escape")
    menu.wait_for(state="hidden")
    page.wait_for_function("document.activeElement.id === 'open-menu'")  # after the next frame
