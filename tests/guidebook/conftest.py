"""A copy of guides/ that a test may break, and the real library."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from store.guidebook.library import Library, library, read


@pytest.fixture(scope="session")
def shelf() -> Library:
    return library()


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    return Path(shutil.copytree(settings.GUIDES_DIR, tmp_path / "guides"))


@pytest.fixture
def edit(guides: Path) -> Callable[[str, str, str], Library]:
    """Change words in a file of the copy, then read the whole of it."""

    def change(file: str, old: str, new: str) -> Library:
        path = guides / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        read.cache_clear()
        return read(guides)

    return change
