"""Installs a Chromium for the tests unless there is one: Debian's through apt, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

EXECUTABLES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """The browser to drive: $CHROMIUM, one on the PATH, or None for Playwright's own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, EXECUTABLES)), None)


def install() -> int:
    if executable() or _playwright_has_one():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's chromium …", flush=True)
        no_output = {"stdout": subprocess.DEVNULL}
        subprocess.call(["apt-get", "update", "-qq"], **no_output)
        if subprocess.call(["apt-get", "install", "-y", "-qq", "chromium"], **no_output) == 0:
            return 0
    print("Installing Playwright's chromium …", flush=True)
    return subprocess.call([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"])


def _playwright_has_one() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


if __name__ == "__main__":
    raise SystemExit(install())
