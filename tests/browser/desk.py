"""A merchant at the desk in the browser: every click is counted, typing is not."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.browser.conftest import DESKTOP, PHONE

PASSWORD = "cupwell-demo"
_OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


class Desk:
    """`orders`: numbers of paid orders. `clicks`: by task. With DESK_SCREENSHOTS=folder each page is saved there, at both sizes and in both themes."""

    def __init__(self, page: Page, orders: Sequence[int]) -> None:
        self.page, self.orders = page, orders
        self.clicks: dict[str, int] = {}
        self.too_wide: dict[str, int] = {}  # pixels beyond a phone's window, by page
        self._count, self._shots = 0, 0

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        self.page.goto("/admin/")
        self.fill(username=email, password=password)
        self.page.get_by_role("button", name="Log in").click()
        self.page.wait_for_url("**/admin/")

    @contextmanager
    def task(self, name: str) -> Iterator[None]:
        """From the first page of the desk; counts the clicks of the block."""
        self.page.goto("/admin/")
        self._count = 0
        yield
        self.clicks[name] = self._count
        self.look(f"{name}, done")

    def click(
        self, name: str, role: str = "button", *, exact: bool = True, within: Locator | None = None
    ) -> None:
        """Click what has this name; the page before it is looked at."""
        self.look(name)
        place = within or self.page
        place.get_by_role(role, name=name, exact=exact).first.click()  # type: ignore[arg-type]
        self._count += 1

    def follow(self, name: str, *, exact: bool = True) -> None:
        self.click(name, "link", exact=exact)

    def menu(self, name: str) -> None:
        """Open a page by the navigation."""
        self.look(f"before {name}")
        self.page.locator("a").filter(has=self.page.get_by_text(name, exact=True)).first.click()
        self._count += 1

    def order(self, number: int) -> None:
        """Open an order from their list."""
        self.look("the orders")
        self.page.locator("#result_list a").filter(has_text=re.compile(rf"#{number}\b")).first.click()
        self._count += 1

    def tick(self, name: str, value: str = "") -> None:
        """Tick the box with this name (and value)."""
        of_value = f"[value='{value}']" if value else ""
        self.page.locator(f"input[name='{name}']{of_value}").check(force=True)
        self._count += 1

    def tick_label(self, label: str) -> None:
        self.page.get_by_label(label).check(force=True)
        self._count += 1

    def says(self, words: str) -> None:
        """Wait until the page shows these words."""
        self.page.get_by_text(words).first.wait_for()

    def fill(self, **values: str) -> None:
        """Type into the fields with these names."""
        for name, value in values.items():
            self.page.locator(f"[name='{name}']").fill(value)

    def choose(self, **values: str) -> None:
        """Choose by label in the lists with these names, or tick there."""
        for name, label in values.items():
            fields = self.page.locator(f"[name='{name}']")
            if fields.first.evaluate("field => field.tagName") == "SELECT":
                fields.select_option(label=label)
            else:
                fields.and_(self.page.get_by_role("checkbox", name=label, exact=True)).check()
            self._count += 1

    def look(self, name: str) -> None:
        """Note whether the page fits a phone, and save pictures of it if wanted."""
        self.page.wait_for_load_state("load")
        self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        over = self.page.evaluate(_OVERFLOW)
        if over > 0:
            self.too_wide[name] = over
        self.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        if folder := os.environ.get("DESK_SCREENSHOTS"):
            self._shots += 1
            for theme in ("light", "dark"):
                for width, size in (("phone", PHONE), ("desktop", DESKTOP)):
                    self.page.set_viewport_size(size)  # type: ignore[arg-type]
                    self.page.evaluate(
                        "dark => document.documentElement.classList.toggle('dark', dark)", theme == "dark"
                    )
                    path = (
                        Path(folder) / f"{self._shots:02}-{width}-{theme}-{name.replace(' ', '-')[:40]}.png"
                    )
                    self.page.screenshot(path=path, full_page=True)
