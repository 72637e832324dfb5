"""Guides and inserts after the first visit, when there is no connection any more."""

import pytest
from playwright.sync_api import Error, Page

from tests.browser.conftest import Opener

GUIDE, OTHER, INSERT = "/guides/first-session/", "/guides/glutes/", "/inserts/silicone-cups/"
WHOLE = """async () => {
  for (const scope of ['/guides/', '/inserts/']) {
    let found;
    while (!(found = await navigator.serviceWorker.getRegistration(scope))?.active)
      await new Promise((go) => setTimeout(go, 50));
  }
}"""
KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) kept.push(new URL(one.url).pathname + new URL(one.url).search);
  return kept;
}"""


def visit(page: Page, path: str) -> None:
    """Read a page, and let the worker finish what it saves meanwhile."""
    page.goto(path)
    page.evaluate(WHOLE)


def cut_off(page: Page) -> None:
    page.context.set_offline(True)


def test_a_guide_another_one_and_the_insert_are_read_without_a_connection(open_page: Opener) -> None:
    page = open_page("/region/")
    visit(page, GUIDE)
    cut_off(page)
    for path, title in ((GUIDE, "Your first session"), (INSERT, "Silicone cups"), (OTHER, "Glutes")):
        page.goto(path)
        assert title in page.get_by_role("heading", level=1).inner_text()
        assert "You are reading the copy that was saved on" in page.locator(".saved-copy").inner_text()
        assert page.locator("figure svg").first.is_visible() or path == INSERT
        assert page.evaluate("getComputedStyle(document.querySelector('.reading')).maxWidth") != "none"


def test_the_note_speaks_the_reader_s_language(open_page: Opener) -> None:
    page = open_page("/region/")
    visit(page, f"{GUIDE}?lang=de")
    cut_off(page)
    page.goto(f"{INSERT}?lang=de")
    assert "Sie lesen die Fassung, die am" in page.locator(".saved-copy").inner_text()


def test_a_scanned_code_of_an_older_print_finds_the_saved_insert(open_page: Opener) -> None:
    page = open_page("/region/")
    visit(page, GUIDE)
    cut_off(page)
    page.goto(f"{INSERT}?v=1.0&lang=en")
    assert page.get_by_role("heading", level=1).inner_text() == "Silicone cups"


def test_what_was_never_saved_says_so_and_leads_on(open_page: Opener) -> None:
    page = open_page("/region/")
    visit(page, GUIDE)
    cut_off(page)
    page.goto(f"{GUIDE}?lang=es")
    assert page.get_by_role("heading", level=1).inner_text() == "You are offline."
    page.get_by_role("link", name="Silicone cups", exact=True).click()
    page.locator(".saved-copy").wait_for()


def test_the_self_check_works_without_a_connection(open_page: Opener) -> None:
    page = open_page("/region/")
    visit(page, GUIDE)
    cut_off(page)
    page.goto("/guides/is-cupping-for-me/")
    page.get_by_role("radio", name="Yes").first.check()
    assert page.locator("[data-count]").inner_text() == "1"


def test_cart_and_shop_are_never_saved(open_page: Opener, address: str) -> None:
    page = open_page("/region/")
    visit(page, GUIDE)
    page.goto("/cart/")
    page.goto("/products/")
    kept = page.evaluate(KEPT)
    assert len(kept) > 30
    assert [one for one in kept if not one.startswith(("/guides/", "/inserts/", "/static/"))] == []
    cut_off(page)
    for path in ("/cart/", "/products/", "/checkout/"):
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):  # the browser's own page
            page.goto(path)


def test_a_saved_copy_knows_nothing_of_the_reader(open_page: Opener) -> None:
    page = open_page("/products/silicone-starter-set/")
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("link", name="See your cart").wait_for()
    visit(page, GUIDE)
    assert page.locator("[data-cart-count]").inner_text().startswith("1")
    cut_off(page)
    page.goto(GUIDE)
    assert not page.locator("[data-cart-count]").is_visible()
    assert page.get_by_role("heading", name="Comes with").count() == 0


def test_with_a_connection_the_shop_s_own_page_is_read(open_page: Opener) -> None:
    page = open_page("/region/")
    visit(page, GUIDE)
    page.goto(GUIDE)
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    assert page.locator(".saved-copy").count() == 0
    assert page.get_by_role("heading", name="Comes with").is_visible()


def test_another_edition_takes_the_place_of_the_saved_one(open_page: Opener, monkeypatch: object) -> None:
    from store.storefront import service_worker

    page = open_page("/region/")
    visit(page, GUIDE)
    before = page.evaluate("caches.keys()")
    monkeypatch.setattr(service_worker, "edition", lambda _root: "next")  # type: ignore[attr-defined]
    page.goto(GUIDE)
    page.evaluate("navigator.serviceWorker.getRegistration('/guides/').then((one) => one.update())")
    page.wait_for_function("async () => (await caches.keys()).join() === 'guides-next'")
    assert before != ["guides-next"]
    cut_off(page)
    page.goto(INSERT)
    assert page.locator(".saved-copy").is_visible()


def test_without_javascript_nothing_is_asked_for(open_page: Opener) -> None:
    page = open_page(GUIDE, javascript=False)
    assert page.get_by_role("heading", level=1).inner_text() == "Your first session"
