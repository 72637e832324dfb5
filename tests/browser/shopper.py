"""The steps of a shopper in the browser."""

from playwright.sync_api import Page

PRODUCT_PATH = "/products/silicone-starter-set/"


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
