"""The steps of a shopper in the browser."""

from playwright.sync_api import Page

PRODUCT_PATH = "/products/silicone-starter-set/"


CONTACT = {
    "email": "ada@example.com",
    "shipping-first_name": "Ada",
    "shipping-last_name": "Fox",
    "shipping-street_address_1": "12 Quiet Lane",
    "shipping-city": "Portland",
    "shipping-postal_code": "97201",
}


def put_in_cart(page: Page, product: str = PRODUCT_PATH) -> None:
    """Ends on the cart page: with JavaScript the product page stays open after adding, without it the cart opens."""
    page.goto(product)
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_text("is in your cart.").wait_for()
    page.goto("/cart/")


def enter_address(page: Page) -> None:
    page.get_by_role("button", name="Go to checkout").click()
    page.get_by_label("Email address").fill("ada@example.com")
    delivery = page.get_by_role("group", name="Shipping address")
    delivery.get_by_label("First name").fill("Ada")
    delivery.get_by_label("Last name").fill("Fox")
    delivery.get_by_label("Street and house number").fill("12 Quiet Lane")
    delivery.get_by_label("City").fill("Portland")
    delivery.get_by_label("State").select_option("OR")
    delivery.get_by_label("ZIP code").fill("97201")
    page.get_by_role("button", name="Go on to delivery").click()


def choose_delivery(page: Page) -> None:
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Go on to review").click()


def pay(page: Page) -> None:
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Pay").click()


def buy(page: Page) -> None:
    """From an empty cart to the order page."""
    put_in_cart(page)
    enter_address(page)
    choose_delivery(page)
    pay(page)
    page.wait_for_url("**/orders/**")


def buy_in(page: Page, start: str) -> None:
    """As `buy`, in the language whose pages begin with `start`, such as "/de": by the fields' names, not their words."""
    page.goto(start + PRODUCT_PATH)
    page.locator("[data-buy]").click()
    page.locator(f"[href='{start}/cart/'] .count:has-text('1')").first.wait_for()
    page.goto(f"{start}/checkout/")
    for name, value in CONTACT.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=shipping-country_area]").select_option("OR")
    _go_on(page)
    page.locator("[name=delivery]").first.check()
    _go_on(page)
    for box in page.locator("[name=read]").all():
        box.check()
    _go_on(page)
    page.wait_for_url(f"**{start}/orders/**")


def _go_on(page: Page) -> None:
    page.locator("main form .actions button.button").last.click()
