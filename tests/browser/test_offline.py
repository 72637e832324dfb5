"""Guides and inserts without a connection, after the first visit."""

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Error, Page

from tests.browser.conftest import OpenPage

GUIDE, OTHER_GUIDE, INSERT = "/guides/first-session/", "/guides/glutes/", "/inserts/silicone-cups/"
WAIT_FOR_WORKERS = """async (prefix) => {
  for (const scope of [`${prefix}/guides/`, `${prefix}/inserts/`]) {
    let found;
    while (!(found = await navigator.serviceWorker.getRegistration(scope))?.active)
      await new Promise((go) => setTimeout(go, 50));
  }
}"""
CACHED_URLS = """async () => {
  const urls = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) urls.push(new URL(request.url).pathname + new URL(request.url).search);
  return urls;
}"""


# The first figure in sight is there without a connection too.
DRAWN = """async () => {
  const figure = document.querySelector("figure img:not(details:not([open]) *)");
  figure.scrollIntoView();
  await figure.decode();
  return figure.naturalWidth > 0;
}"""


def visit(page: Page, path: str, *, prefix: str = "") -> None:
    """Open a page and wait until both service workers of its language are active."""
    page.goto(prefix + path)
    page.evaluate(WAIT_FOR_WORKERS, prefix)


def disconnect(page: Page) -> None:
    page.context.set_offline(True)


def test_a_guide_another_one_and_the_insert_are_read_without_a_connection(open_page: OpenPage) -> None:
    page = open_page("/region/")
    visit(page, GUIDE)
    disconnect(page)
    for path, title in ((GUIDE, "Your first session"), (INSERT, "Silicone cups"), (OTHER_GUIDE, "Glutes")):
        page.goto(path)
        assert title in page.get_by_role("heading", level=1).inner_text()
        assert "You are reading the copy that was saved on" in page.locator(".saved-copy").inner_text()
        assert path == INSERT or page.evaluate(DRAWN)
        assert page.evaluate("getComputedStyle(document.querySelector('.reading')).maxWidth") != "none"


def test_the_note_speaks_the_reader_s_language(open_page: OpenPage) -> None:
    page = open_page("/region/")
    visit(page, GUIDE, prefix="/de")
    disconnect(page)
    page.goto(f"/de{INSERT}?v=1.0")
    with override("de"):
        note = gettext(
            "The shop can't be reached just now. You are reading the copy that was saved on {date}."
        )
    assert note.partition("{date}")[0] in page.locator(".saved-copy").inner_text()


def test_a_scanned_code_of_an_older_print_finds_the_saved_insert(open_page: OpenPage) -> None:
    page = open_page("/region/")
    visit(page, GUIDE)
    disconnect(page)
    page.goto(f"{INSERT}?v=1.0&lang=en")
    assert page.get_by_role("heading", level=1).inner_text() == "Silicone cups"


def test_what_was_never_saved_says_so_and_leads_on(open_page: OpenPage) -> None:
    page = open_page("/region/")
    visit(page, GUIDE)
    disconnect(page)
    page.goto(f"{GUIDE}?lang=es")
    assert page.get_by_role("heading", level=1).inner_text() == "You are offline."
    page.get_by_role("link", name="Silicone cups", exact=True).click()
    page.locator(".saved-copy").wait_for()


def test_the_self_check_works_without_a_connection(open_page: OpenPage) -> None:
    page = open_page("/region/")
    visit(page, GUIDE)
    disconnect(page)
    page.goto("/guides/is-cupping-for-me/")
    page.get_by_role("radio", name="Yes").first.check()
    assert page.locator("[data-when=never]").is_visible()


def test_cart_and_shop_are_never_saved(open_page: OpenPage, address: str) -> None:
    page = open_page("/region/")
    visit(page, GUIDE)
    page.goto("/cart/")
    page.goto("/products/")
    cached = page.evaluate(CACHED_URLS)
    assert len(cached) > 30
    assert [url for url in cached if not url.startswith(("/guides/", "/inserts/", "/static/"))] == []
    disconnect(page)
    for path in ("/cart/", "/products/", "/checkout/"):
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):  # the browser's own page
            page.goto(path)


def test_a_saved_copy_knows_nothing_of_the_reader(open_page: OpenPage) -> None:
    page = open_page("/products/silicone-starter-set/")
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("link", name="See your cart").wait_for()
    visit(page, GUIDE)
    assert page.locator("[data-cart-count]").inner_text().startswith("1")
    disconnect(page)
    page.goto(GUIDE)
    assert not page.locator("[data-cart-count]").is_visible()
    assert page.get_by_role("heading", name="Comes with").count() == 0


def test_with_a_connection_the_shop_s_own_page_is_read(open_page: OpenPage) -> None:
    page = open_page("/region/")
    visit(page, GUIDE)
    page.goto(GUIDE)
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    assert page.locator(".saved-copy").count() == 0
    assert page.get_by_role("heading", name="Comes with").is_visible()


def test_another_edition_takes_the_place_of_the_saved_one(open_page: OpenPage, monkeypatch: object) -> None:
    from store.storefront import service_worker

    page = open_page("/region/")
    visit(page, GUIDE)
    before = page.evaluate("caches.keys()")
    monkeypatch.setattr(service_worker, "edition", lambda _root: "next")  # type: ignore[attr-defined]
    page.goto(GUIDE)
    page.evaluate("navigator.serviceWorker.getRegistration('/guides/').then((one) => one.update())")
    page.wait_for_function("async () => (await caches.keys()).join() === 'guides-en-next'")
    assert before != ["guides-en-next"]
    disconnect(page)
    page.goto(INSERT)
    assert page.locator(".saved-copy").is_visible()


def test_without_javascript_nothing_is_asked_for(open_page: OpenPage) -> None:
    page = open_page(GUIDE, javascript=False)
    assert page.get_by_role("heading", level=1).inner_text() == "Your first session"
