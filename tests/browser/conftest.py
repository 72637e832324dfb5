"""Fixtures for tests in Chromium against a live server with the embedded engine and the seeded catalog."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.install import executable

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def address(seeded_shop: None, live_server: Any, settings: Any) -> str:
    settings.PUBLIC_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[OpenPage]:
    """`open_page("/cart/", size=PHONE, javascript=False)`: a new visitor at each call."""
    contexts: list[BrowserContext] = []

    def opened(
        path: str = "/", *, size: dict[str, int] = DESKTOP, javascript: bool = True, **more: Any
    ) -> Page:
        context = chromium.new_context(
            base_url=address, viewport=size, java_script_enabled=javascript, reduced_motion="reduce", **more
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
