"""Fixtures: the real library, and a copy of guides/ that a test may change."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from store.guidebook.library import Library, library, read_library


@pytest.fixture(scope="session")
def guide_library() -> Library:
    return library()


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    return Path(shutil.copytree(settings.GUIDES_DIR, tmp_path / "guides"))


@pytest.fixture
def edit(guides: Path) -> Callable[[str, str, str], Library]:
    """Replace `old` (first occurrence) by `new` in a file of the copy, then read the copy."""

    def change(file: str, old: str, new: str) -> Library:
        path = guides / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        read_library.cache_clear()
        return read_library(guides)

    return change


@pytest.fixture
def insert_words(guides: Path) -> Callable[[str, str, str, str], Library]:
    """Write `words` behind the first match of the expression `after` in a record of the copy, whatever it says today."""

    def change(file: str, record: str, after: str, words: str) -> Library:
        path = guides / file
        text = path.read_text(encoding="utf-8")
        changed, count = re.subn(
            rf"(^\[{re.escape(record)}\]\n(?:(?!\[).*\n)*?.*?{after})",
            lambda found: found[1] + words,
            text,
            count=1,
            flags=re.MULTILINE,
        )
        assert count == 1, (file, record, after)
        path.write_text(changed, encoding="utf-8")
        read_library.cache_clear()
        return read_library(guides)

    return change
