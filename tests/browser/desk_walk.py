"""`python -m tests.browser.desk_walk URL EMAIL PASSWORD [FOLDER]`: axe and width on each page of a running desk.

In both themes, at a phone's width and at a desktop's. The rows are those of the shop in DATA_DIR, which the server at
URL serves. Prints what axe finds and which pages are wider than their window; with FOLDER it saves a picture of each.
Ends with 1 if anything was found.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
THEMES = ("light", "dark")
NO_PAGES = (
    "export",
    "autocomplete",
    "invoice",
    "csv",
    "print",
    "slips",
    "pick-list",
    "picture",
)  # files, prints


def main(url: str, email: str, password: str, folder: str = "") -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")
    django.setup()
    from bench.admin_pages import paths

    pages = [(name, path) for name, path in dict(paths()).items() if not name.endswith(NO_PAGES)]
    found = 0
    for problem in _walk(url, email, password, pages, folder):
        print(problem, flush=True)
        found += 1
    print(f"{len(pages)} pages, {found} problems")
    return 1 if found else 0


def _walk(url: str, email: str, password: str, pages: list[tuple[str, str]], folder: str) -> Iterator[str]:
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM_ARGS
    from tests.browser.install import executable
    from tests.browser.test_accessibility import violations

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=CHROMIUM_ARGS)
        state: Any = None
        for size, theme in ((size, theme) for size in SIZES for theme in THEMES):
            context = browser.new_context(
                base_url=url, viewport=SIZES[size], color_scheme=theme, storage_state=state
            )
            page = context.new_page()
            if state is None:
                page.goto("/admin/")
                page.fill("[name=username]", email)
                page.fill("[name=password]", password)
                page.get_by_role("button", name="Log in").click()
                page.wait_for_url("**/admin/")
                state = context.storage_state()
            for name, path in pages:
                answer = page.goto(path)
                if answer is None or answer.status != 200 or "html" not in answer.headers["content-type"]:
                    continue
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    yield f"{name} ({size}): {over} pixels wider than its window"
                for violation in violations(page):
                    yield f"{name} ({size}, {theme}): {violation}"
                if folder:
                    page.screenshot(path=str(Path(folder) / f"{name}-{size}-{theme}.png"), full_page=True)
            context.close()
        browser.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
