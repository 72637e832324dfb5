"""The desk in a browser: axe finds nothing on its pages in both themes and on a phone, and none scrolls sideways."""

import pytest
from playwright.sync_api import Page

from store.engine.accounts import demo_users
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.test_accessibility import violations

EMAIL = "merchant@cupwell.example"  # of the demo accounts
PATHS = [
    "/admin/",
    "/admin/orders/order/",
    "/admin/orders/order/phone/",
    "/admin/orders/order/reports/",
    "/admin/stock/stock/",
    "/admin/stock/stock/receive/",
    "/admin/stock/stock/take/",
    "/admin/stock/stockmovement/",
    "/admin/safety/lot/",
    "/admin/catalog/product/",
    "/admin/catalog/product/import/",
    "/admin/catalog/product/grid/",
    "/admin/mailer/mailplan/",
    "/admin/accounts/staffmember/invite/",
    "/admin/events/event/",
    "/admin/guides/",
    "/admin/check-text/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_serious_at_the_desk(
    open_page: OpenPage, size: dict[str, int], scheme: str
) -> None:
    page = open_page("/admin/login/", size=size, color_scheme=scheme, bypass_csp=True)
    log_in(page)
    found = {}
    for path in PATHS:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        if problems := [*serious(page), *(["scrolls sideways"] if wide else [])]:
            found[path] = problems
    assert found == {}


def log_in(page: Page) -> None:
    page.fill("input[name=username]", EMAIL)
    page.fill("input[name=password]", demo_users.PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def serious(page: Page) -> list[str]:
    """What keeps somebody from using the page; unfold's own landmarks are left to unfold."""
    return violations(page, impacts=("serious", "critical"))
