"""Which Saleor may install the store as its app, and until when.

Anybody can install an app in a Saleor of their own. Without this, a stranger's Saleor would become ours.
"""

import json
import os
import time
from pathlib import Path

FILE = "saleor-expected.json"
SECONDS = 3600


def expect(folder: Path, api_url: str) -> None:
    """Allow an installation by this Saleor for an hour."""
    descriptor = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        json.dump({"api_url": api_url, "until": time.time() + SECONDS}, stream)


def is_expected(folder: Path, api_url: str) -> bool:
    try:
        expected = json.loads((folder / FILE).read_text())
        return bool(expected["api_url"] == api_url and expected["until"] > time.time())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def end(folder: Path) -> None:
    (folder / FILE).unlink(missing_ok=True)
