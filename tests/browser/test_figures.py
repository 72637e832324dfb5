"""The drawings of guides and inserts are dark lines on a pale sheet, on a dark page too."""

from playwright.sync_api import Browser

from store.guidebook import library
from store.storefront import stylesheets

SHEET = "rgb(255, 253, 248)"
STYLES = ("shop.css", "reading.css")


def test_a_drawing_on_a_dark_page_lies_on_one_pale_sheet(chromium: Browser) -> None:
    page = chromium.new_page(color_scheme="dark")
    styles = "".join(stylesheets.inline(name).element for name in STYLES)
    text = library().guides["marks"].html("en")
    page.set_content(f'{styles}<article class="reading"><div class="prose">{text}</div></article>')
    ground = page.locator("figure > img").evaluate("drawing => getComputedStyle(drawing).backgroundColor")
    page.close()
    assert ground == SHEET
