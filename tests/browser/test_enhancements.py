"""What JavaScript adds, what the content security policy forbids, and layout shift."""

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, Route

from tests.browser import shopper
from tests.browser.conftest import PHONE, OpenPage

PAGES = [
    "/",
    "/products/",
    shopper.PRODUCT_PATH,
    "/guides/first-session/",
    "/guides/is-cupping-for-me/",
    "/cart/",
]


def test_no_page_complains_in_the_console(open_page: OpenPage) -> None:
    messages: list[str] = []

    def record(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            messages.append(message.text)

    page = open_page("/region/")
    page.on("console", record)
    page.on("pageerror", lambda error: messages.append(str(error)))
    for path in PAGES:
        page.goto(path)
    shopper.buy(page)
    assert messages == []


def test_everything_comes_from_the_shop_itself(open_page: OpenPage, address: str) -> None:
    foreign_urls: list[str] = []

    def record(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            foreign_urls.append(request.url)

    page = open_page("/region/")
    page.on("request", record)
    for path in PAGES:
        page.goto(path)
    assert foreign_urls == []


def test_choosing_changes_the_page_without_leaving_it(open_page: OpenPage) -> None:
    page = open_page(shopper.PRODUCT_PATH)
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Blush", exact=True).click()
    page.get_by_text("Color: Blush").wait_for()
    assert page.evaluate("window.stayed")
    assert "colour=blush" in page.url
    assert "$29.00" in page.get_by_role("status").last.inner_text()


def test_adding_opens_the_cart_beside_the_page_and_gives_the_place_back(open_page: OpenPage) -> None:
    page = open_page(shopper.PRODUCT_PATH)
    page.get_by_role("button", name="Add to cart").click()
    drawer = page.get_by_role("dialog", name="Your cart")
    drawer.get_by_text("Silicone Starter Set, Teal, soft is in your cart.").wait_for()
    assert "$29.00" in drawer.inner_text()
    assert page.url.endswith(shopper.PRODUCT_PATH)
    assert page.locator("[data-cart-count]").inner_text().startswith("1")
    page.keyboard.press("Escape")
    drawer.wait_for(state="detached")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Add to cart"


def test_the_cart_beside_the_page_leads_on_to_the_checkout(open_page: OpenPage) -> None:
    page = open_page(shopper.PRODUCT_PATH, size={"width": 320, "height": 640})
    page.get_by_role("button", name="Add to cart").click()
    drawer = page.get_by_role("dialog", name="Your cart")
    drawer.get_by_role("button", name="One more").click()
    page.wait_for_url("**/cart/")
    assert page.locator("[data-cart-count]").inner_text().startswith("2")
    page.goto(shopper.PRODUCT_PATH)
    page.get_by_role("button", name="Add to cart").click()
    drawer.wait_for()
    assert page.evaluate("document.querySelector('dialog.drawer').scrollWidth <= innerWidth")
    drawer.get_by_role("button", name="Go to checkout").click()
    page.wait_for_url("**/checkout/")


def test_too_many_is_said_at_once_and_where_it_belongs(open_page: OpenPage) -> None:
    page = open_page("/products/silicone-starter-set/?colour=blush&firmness=medium")
    page.get_by_label("Quantity").fill("20")
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("alert").wait_for()
    assert "Only 8 of Silicone Starter Set, Blush, medium are left." in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Quantity").input_value() == "20"


def test_an_outage_while_adding_is_said_too(open_page: OpenPage) -> None:
    page = open_page(shopper.PRODUCT_PATH)
    page.route(
        "**" + shopper.PRODUCT_PATH + "*", lambda route: route.fulfill(status=503, body="<h1>Away</h1>")
    )
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_text("That did not go through. Please try again.").wait_for()
    assert page.get_by_role("button", name="Add to cart").is_enabled()


def test_a_large_picture_opens_and_gives_the_focus_back(open_page: OpenPage) -> None:
    page = open_page(shopper.PRODUCT_PATH)
    page.locator("[data-zoom]").first.click()
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    assert page.evaluate("document.activeElement.hasAttribute('data-zoom')")


def test_the_self_check_sends_nothing(open_page: OpenPage) -> None:
    page = open_page("/guides/is-cupping-for-me/")
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/static/" not in request.url else None)
    answer_no_in_five_steps(page)
    shown = page.locator("[data-when]:visible")
    assert shown.get_attribute("data-when") == "read"
    page.get_by_label("Yes").and_(page.locator(":visible")).last.check()
    assert shown.get_attribute("data-when") != "read"
    page.goto(f"{page.url.partition('#')[0]}#check-1")
    page.locator("[data-outcome=never]:visible").first.get_by_label("Yes").check()
    assert shown.get_attribute("data-when") == "never"
    assert sent == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_the_search_shows_what_it_finds_while_one_types(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_role("searchbox").first.press_sequentially("pmup")
    page.locator(".suggestions a").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Pump Single Cup"
    page.keyboard.press("Escape")
    assert not page.locator(".suggestions").is_visible()
    assert page.evaluate("document.activeElement.id") == "search-top"


def test_what_was_seen_before_is_shown_from_this_browser(open_page: OpenPage) -> None:
    page = open_page("/products/massage-oil/")
    assert not page.locator("[data-seen]").is_visible()
    page.goto(page.url.replace("massage-oil", "glass-bulb-cup"))
    page.get_by_role("heading", name="Seen by you before").wait_for()
    assert page.locator("[data-seen] h3").all_inner_texts() == ["Plain Massage Oil"]


def test_a_product_is_saved_in_this_browser_shared_by_address_and_taken_out(open_page: OpenPage) -> None:
    page = open_page("/products/massage-oil/")
    page.get_by_role("button", name="Save for later").click()
    page.locator("[data-save]").get_by_role("link", name="Saved products").click()
    page.wait_for_url(lambda url: url.endswith("/wishlist/?product=massage-oil"))
    assert page.locator(".card h3").all_inner_texts() == ["Plain Massage Oil"]
    friend = open_page("/wishlist/?product=massage-oil&product=glass-bulb-cup")
    keep = friend.get_by_role("button", name="Keep this list")
    keep.click()
    keep.wait_for(state="hidden")
    friend.goto("/wishlist/")
    friend.locator("[data-take-out=massage-oil]").click()
    friend.wait_for_url(lambda url: url.endswith("/wishlist/?product=glass-bulb-cup"))
    friend.goto("/wishlist/")
    friend.wait_for_url(lambda url: url.endswith("/wishlist/?product=glass-bulb-cup"))
    friend.evaluate("localStorage.setItem('wishlist', JSON.stringify(['moon-cup', 'glass-bulb-cup']))")
    friend.goto("/wishlist/")
    friend.get_by_role("button", name="Take out what is not sold").click()
    friend.wait_for_url(lambda url: url.endswith("/wishlist/?product=glass-bulb-cup"))
    assert not friend.get_by_role("button", name="Take out what is not sold").is_visible()


def test_a_shared_list_is_readable_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/de/wishlist/?product=massage-oil", javascript=False)
    assert page.locator(".card h3").count() == 1
    assert not page.locator("[data-keep-list]").is_visible()
    page.goto(page.url.replace("wishlist/?product=massage-oil", "products/massage-oil/"))
    assert not page.locator("[data-save]").is_visible()


def test_four_questions_show_what_fits_and_send_nothing(open_page: OpenPage) -> None:
    page = open_page("/choose/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.get_by_label("Valve and hand pump").check()
    page.get_by_label("First time").check()
    assert page.locator(".card:visible h3").all_inner_texts() == ["Pump Single Cup", "Pump Starter Set"]
    page.get_by_label("$50 to $100").check()
    assert page.get_by_text("Nothing fits every answer.").is_visible()
    assert page.locator(".card:visible").count() > 2
    assert [url for url in sent if "/thumbnail/" not in url and "/static/" not in url] == []


def test_the_self_check_works_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/guides/is-cupping-for-me/", javascript=False)
    assert not page.locator("[data-when]:visible").count()
    answer_no_in_five_steps(page)
    assert page.locator("[data-when]:visible").get_attribute("data-when") == "read"
    assert page.locator(".outcome a:visible").count() == 2


def answer_no_in_five_steps(page: Page) -> None:
    for step in range(1, 6):
        assert page.locator(".check-step:visible").count() == 1
        for question in page.locator("[data-outcome]:visible").all():
            question.get_by_label("No").check()
        if step < 5:
            assert not page.locator("[data-when]:visible").count()
            page.locator(".check-step:visible").get_by_role("link", name="Go on").click()


def test_the_first_products_are_on_the_first_phone_screen_in_two_columns(open_page: OpenPage) -> None:
    page = open_page("/products/", size=PHONE)
    first, second = (page.locator(".card").nth(n).bounding_box() for n in (0, 1))
    assert first
    assert second
    assert first["y"] + first["height"] < PHONE["height"]
    assert first["y"] == second["y"]
    assert not page.get_by_role("group", name="Filters").is_visible()


def test_a_filter_changes_the_list_its_address_and_the_counts_and_keeps_the_focus(
    open_page: OpenPage,
) -> None:
    page = open_page("/products/")
    page.get_by_label("Plastic").check()
    page.wait_for_url("**/products/?material=plastic")
    page.get_by_label("First time").check()
    page.wait_for_url("**/products/?level=first-time&material=plastic")
    assert page.locator(".grid h3").count() == 2
    assert page.evaluate("document.activeElement.id") == "level-first-time"
    assert "2 products" in page.locator("[data-announce]").inner_text()
    page.get_by_role("link", name="Remove this filter: Material, Plastic").click()
    page.wait_for_url("**/products/?level=first-time")
    assert page.locator(".grid h3").count() == 6


def test_a_filter_chosen_before_its_script_has_come_is_not_lost(open_page: OpenPage) -> None:
    page = open_page("/contact/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/filters*.js", hold)
    with page.expect_request("**/filters*.js"):
        page.goto("/products/")
    page.get_by_label("Plastic").check()
    page.get_by_label("Sort").select_option("Price, low to high")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.wait_for_url("**/products/?*material=plastic*")
    assert "sort=" in page.url


@pytest.mark.parametrize("javascript", [True, False])
def test_the_drawer_of_filters_works_on_a_phone(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/products/", size=PHONE, javascript=javascript)
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_label("Glass").check()
    page.get_by_role("button", name="Show 4 products" if javascript else "Show 15 products").click()
    page.wait_for_url("**/products/?*material=glass*")
    assert not page.get_by_role("group", name="Filters").is_visible()
    assert page.locator(".grid h3").count() == 4


def test_nothing_moves_while_a_page_loads(open_page: OpenPage) -> None:
    page = open_page("/region/", size=PHONE)
    for path in ("/", "/products/", shopper.PRODUCT_PATH, "/guides/first-session/"):
        assert _layout_shift(page, path) < 0.02, path


def _layout_shift(page: Page, path: str) -> float:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    shift: float = page.evaluate(
        """() => new Promise((done) => {
            let total = 0;
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) if (!entry.hadRecentInput) total += entry.value;
            }).observe({ type: "layout-shift", buffered: true });
            setTimeout(() => done(total), 300);
        })"""
    )
    return shift


def _lose_the_cookie(route: Route) -> None:
    """Answer the form as the shop does, but for the cookie, which this browser would not keep."""
    if route.request.method == "POST":
        route.fulfill(status=303, headers={"location": "/cart/?first"})
    else:
        route.continue_()


@pytest.mark.parametrize("javascript", [True, False])
def test_cookies_that_are_off_are_the_reason_that_is_told(open_page: OpenPage, javascript: bool) -> None:
    page = open_page(shopper.PRODUCT_PATH, javascript=javascript)
    page.route("**/*", _lose_the_cookie)
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_text("Your browser keeps no cookies for us").wait_for()


def test_the_offer_of_another_language_leaves_the_header_of_a_short_page_as_tall_as_ever(
    open_page: OpenPage,
) -> None:
    page = open_page(
        "/cart/", size={"width": 1440, "height": 2000}, extra_http_headers={"Accept-Language": "de"}
    )
    assert page.get_by_role("region", name="Deutsch").is_visible()
    offered = _height(page, "body > header")
    page.get_by_role("link", name="Nein, danke").click()
    assert page.locator(".language-offer").count() == 0
    assert _height(page, "body > header") == offered


def _height(page: Page, selector: str) -> float:
    height: float = page.locator(selector).evaluate("(one) => one.getBoundingClientRect().height")
    return height
