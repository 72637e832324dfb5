"""A copy of the real catalogue that a test may break, and a shop that keeps what it is told."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from store.seed.read import Catalogue, CatalogueError, read
from store.seed.read.pages import GUIDE, INSERT, PageText, PageWords
from tests.seed.fake_shop import FakeShop

# fmt: off
GUIDES = [
    "first-session", "glutes", "lower-back", "back", "hips", "hamstrings", "silicone-squeeze", "plastic-pump",
    "glass-bulb-or-valve", "moving-and-parked-cups", "aftercare", "marks", "care-silicone", "care-plastic",
    "care-glass", "heat-and-cold", "when-to-see-a-doctor", "choosing-a-set", "faq",
]
# fmt: on
INSERTS = ["silicone-cups", "glass-cups", "plastic-cups", "massage-oil"]


@pytest.fixture
def pages() -> list[PageText]:
    words = {lang: PageWords(f"Title {lang}", "Summary", '{"blocks": []}') for lang in ("en", "de", "es")}
    version = {"version": "1.0", "date": "2026-11-21"}
    return [
        *(PageText(slug, GUIDE, words) for slug in GUIDES),
        *(PageText(slug, INSERT, words, version, [slug.partition("-")[0]]) for slug in INSERTS),
    ]


@pytest.fixture
def folder(tmp_path: Path, repository: Path) -> Path:
    """catalog_seed/ without pictures."""
    copy = tmp_path / "catalog_seed"
    shutil.copytree(
        repository / "catalog_seed", copy, ignore=shutil.ignore_patterns("images", "studio", "__pycache__")
    )
    return copy


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], int]:
    """Replace one text in one file; says the line on which it stood."""

    def replace(file: str, old: str, new: str) -> int:
        path = folder / file
        text = path.read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1

    return replace


@pytest.fixture
def complaints(folder: Path, pages: list[PageText]) -> Callable[[], list[str]]:
    """What reading the copy finds fault with, one line each, paths below the folder."""

    def problems() -> list[str]:
        with pytest.raises(CatalogueError) as caught:
            read(folder, pages=pages)
        return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]

    return problems


@pytest.fixture
def catalogue(folder: Path, pages: list[PageText]) -> Catalogue:
    return read(folder, pages=pages)


@pytest.fixture
def fake() -> FakeShop:
    return FakeShop()
