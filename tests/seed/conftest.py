"""A copy of the real catalog that a test may break, and a fake Saleor that stores what is written."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from store.seed.read import Catalog, CatalogError, read_catalog
from store.seed.read.pages import GUIDE_TYPE, INSERT_TYPE, PageTexts, SeedPage
from tests.seed.fake_saleor import FakeSaleor

# fmt: off
GUIDES = [
    "first-session", "glutes", "lower-back", "back", "hips", "hamstrings", "silicone-squeeze", "plastic-pump",
    "glass-bulb-or-valve", "moving-and-parked-cups", "aftercare", "marks", "care-silicone", "care-plastic",
    "care-glass", "heat-and-cold", "when-to-see-a-doctor", "choosing-a-set", "faq",
]
# fmt: on
INSERTS = [
    "silicone-cups",
    "glass-cups",
    "glass-valve-cups",
    "plastic-cups",
    "massage-oil",
    "spare-parts",
]


@pytest.fixture
def pages() -> list[SeedPage]:
    texts = {lang: PageTexts(f"Title {lang}", "Summary", '{"blocks": []}') for lang in ("en", "de", "es")}
    version = {"version": "1.0", "date": "2026-11-21"}
    return [
        *(SeedPage(slug, GUIDE_TYPE, texts) for slug in GUIDES),
        *(SeedPage(slug, INSERT_TYPE, texts, version, [slug.partition("-")[0]]) for slug in INSERTS),
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
    """Replace one text in one file; returns the line on which it was."""

    def replace(file: str, old: str, new: str) -> int:
        path = folder / file
        text = path.read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1

    return replace


@pytest.fixture
def find_problems(folder: Path, pages: list[SeedPage]) -> Callable[[], list[str]]:
    """The problems that reading the copy finds, one line each, with paths below the folder."""

    def problems() -> list[str]:
        with pytest.raises(CatalogError) as caught:
            read_catalog(folder, pages=pages)
        return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]

    return problems


@pytest.fixture
def catalog(folder: Path, pages: list[SeedPage]) -> Catalog:
    return read_catalog(folder, pages=pages)


@pytest.fixture
def fake() -> FakeSaleor:
    return FakeSaleor()


@pytest.fixture
def folder_with_pictures(folder: Path) -> Path:
    """Two pictures for each product."""
    entries = []
    for product in sorted((folder / "products").glob("*.toml")):
        for shot, shade in (("hero", 200), ("box", 90)):
            file = folder / "images" / product.stem / f"{shot}.webp"
            file.parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (8, 8), (shade, shade, shade)).save(file)
            entries.append(
                f'[[pictures]]\nproduct = "{product.stem}"\nfile = "{product.stem}/{shot}.webp"\n'
                f'shot = "{shot}"\n'
                f'alt = {{ en = "{shot}", de = "{shot}", es = "{shot}" }}\n'
            )
    (folder / "images/pictures.toml").write_text("\n".join(entries))
    return folder
