"""Accessibility: axe on every page, use by keyboard, focus on errors, reflow, target sizes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import shopper
from tests.browser.conftest import DESKTOP, PHONE, OpenPage

PATHS = [
    "/",
    "/products/",
    "/products/?q=zzzz",
    "/choose/",
    "/wishlist/",
    "/wishlist/?product=massage-oil",
    "/products/?q=60mm&material=glass",
    "/products/silicone-starter-set/",
    "/products/massage-oil/",
    "/guides/",
    "/guides/first-session/",
    "/guides/faq/",
    "/guides/is-cupping-for-me/",
    "/de/inserts/silicone-cups/?v=1.0",
    "/es/guides/offline/",
    "/region/",
    "/cart/",
    "/orders/7/",
    "/contact/",
    "/nowhere/",
]
BOTH_SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_COLOR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def violations(page: Page, *, rules: object = ALL_RULES) -> list[str]:
    """`rules`: axe's `runOnly`. RULES_OF_COLOR suffice for a page that was looked at in its other theme."""
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found]


@BOTH_SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_open_pages(open_page: OpenPage, size: dict[str, int], scheme: str) -> None:
    page = open_page("/", size=size, color_scheme=scheme)
    found = {}
    for path in PATHS:
        page.goto(path)
        if on_page := violations(page):
            found[path] = on_page
    assert found == {}


@BOTH_SIZES
def test_axe_finds_nothing_from_cart_to_order(open_page: OpenPage, size: dict[str, int]) -> None:
    page = open_page(shopper.PRODUCT_PATH, size=size)
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("dialog", name="Your cart").wait_for()
    assert violations(page) == []
    page.goto("/cart/")
    assert violations(page) == []
    page.get_by_role("button", name="Go to checkout").click()
    page.get_by_role("button", name="Go on to delivery").click()
    assert violations(page) == []
    page.goto("/cart/")
    shopper.enter_address(page)
    assert violations(page) == []
    shopper.choose_delivery(page)
    assert violations(page) == []
    shopper.pay(page)
    page.wait_for_url("**/orders/**")
    assert violations(page) == []


@BOTH_SIZES
def test_no_page_is_wider_than_its_window(open_page: OpenPage, size: dict[str, int]) -> None:
    page = open_page("/", size=size)
    too_wide = {}
    for path in PATHS:
        page.goto(path)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            too_wide[path] = over
    assert too_wide == {}


def test_text_twice_as_large_still_fits_a_small_phone(open_page: OpenPage) -> None:
    """WCAG reflow: 320 CSS pixels."""
    page = open_page("/", size={"width": 320, "height": 640})
    for path in PATHS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_the_first_tab_offers_to_skip_to_the_content(open_page: OpenPage) -> None:
    page = open_page("/products/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_keyboard_alone_reaches_and_chooses_everything_on_a_product(open_page: OpenPage) -> None:
    page = open_page(shopper.PRODUCT_PATH)
    _tab_to(page, "Blush")
    page.keyboard.press("Enter")
    page.get_by_text("Color: Blush").wait_for()
    assert "Blush" in page.evaluate("document.activeElement.textContent")
    _tab_to(page, "Add to cart")
    page.keyboard.press("Enter")
    page.get_by_text("is in your cart.").wait_for()


def test_focus_is_always_visible(open_page: OpenPage) -> None:
    page = open_page(shopper.PRODUCT_PATH)
    for _ in range(25):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
                const one = document.activeElement;
                const after = getComputedStyle(one, '::after');
                return [getComputedStyle(one), after].some((s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 1);
            }"""
        )
        assert shown, page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("javascript", [True, False])
def test_every_error_is_beside_its_field_and_in_a_summary(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/", javascript=javascript)
    shopper.put_in_cart(page)
    page.get_by_role("button", name="Go to checkout").click()
    page.get_by_role("button", name="Go on to delivery").click()
    assert "Please check 7 entries" in page.get_by_role("alert").inner_text()
    email = page.get_by_label("Email address")
    assert email.get_attribute("aria-invalid") == "true"
    assert "id_email_error" in (email.get_attribute("aria-describedby") or "")
    if javascript:
        assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"


def test_targets_are_large_enough_for_a_thumb(open_page: OpenPage) -> None:
    page = open_page(shopper.PRODUCT_PATH, size=PHONE)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, .option, .chip, nav a, .top a')]
            .filter((one) => one.checkVisibility() && one.tabIndex >= 0)
            .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 120)])
            .filter(([box]) => box.width && (box.width < 24 || box.height < 24)).map(([, html]) => html)"""
    )
    assert small == []


def _tab_to(page: Page, text: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if text in page.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError(f"the keyboard never reached {text!r}")


def test_axe_finds_nothing_on_a_saved_copy(open_page: OpenPage) -> None:
    page = open_page("/region/", size=PHONE)
    page.goto("/guides/first-session/")
    page.evaluate(
        "navigator.serviceWorker.getRegistration('/guides/').then(async (one) => {"
        " while (!one.active) await new Promise((go) => setTimeout(go, 50)); })"
    )
    page.context.set_offline(True)
    page.goto("/guides/hips/")
    page.locator(".saved-copy").wait_for()
    assert violations(page) == []
