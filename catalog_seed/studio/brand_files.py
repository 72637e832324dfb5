"""Writes wordmark, icons and Open Graph cards. Needs no renderer."""

from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageDraw

from catalog_seed.studio import brand
from catalog_seed.studio.catalog import SEED, products

IMAGES = SEED / "images"
BRAND = SEED.parent / "store" / "storefront" / "static" / "brand"
CARD = (1200, 630)
INK = "#163d40"
PAGE = "#f8f4ec"  # the ground of the shop's light pages
MARK_BOX = (0.0, 0.0, 64.0, 64.0)


def write_all() -> None:
    write_brand()
    write_tiles()
    write_open_graph_cards(IMAGES, products())
    write_default_open_graph_card()


def write_tiles(folder: Path = BRAND) -> None:
    """Write the banner of each category at half its width as AVIF, for the tiles of the first page."""
    for banner in sorted(folder.glob("category-*.webp")):
        with Image.open(banner) as picture:
            tile = picture.convert("RGB").resize(
                (picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS
            )
        tile.save(banner.with_suffix(".avif"), "AVIF", quality=60, speed=3)


def write_brand(folder: Path = BRAND) -> None:
    """Write wordmark and favicon as SVG, and the PNG and ICO sizes that browsers request."""
    folder.mkdir(parents=True, exist_ok=True)
    word = brand.svg(brand.letters(), brand.WORD_BOX, brand.PEN, "Cupwell", "currentColor")
    (folder / "wordmark.svg").write_text(word, encoding="utf-8")
    mark = brand.svg(brand.mark(), MARK_BOX, 5.5, "Cupwell", "currentColor")
    (folder / "mark.svg").write_text(mark, encoding="utf-8")
    (folder / "favicon.svg").write_text(_favicon_svg(), encoding="utf-8")
    icon = _favicon(512)
    for size, name in (
        (512, "icon-512.png"),
        (192, "icon-192.png"),
        (180, "apple-touch-icon.png"),
        (32, "favicon-32.png"),
    ):
        icon.resize((size, size), Image.Resampling.LANCZOS).save(folder / name, optimize=True)
    icon.save(folder / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


def write_open_graph_cards(images: Path, slugs: Iterable[str], folder: Path = BRAND) -> int:
    """Write og/<slug>.jpg for each of these products that has a hero picture; returns their number."""
    (folder / "og").mkdir(parents=True, exist_ok=True)
    count = 0
    for slug in slugs:
        if (images / slug / "hero.webp").exists():
            with Image.open(images / slug / "hero.webp") as hero:
                open_graph_card(hero.convert("RGB")).save(
                    folder / "og" / f"{slug}.jpg", quality=86, optimize=True
                )
            count += 1
    return count


def write_default_open_graph_card(folder: Path = BRAND) -> None:
    """Write the Open Graph card of all other pages: the wide banner with the wordmark on its empty side."""
    if not (folder / "hero-wide.webp").exists():
        return
    with Image.open(folder / "hero-wide.webp") as hero:
        canvas = (
            hero.convert("RGB")
            .resize((CARD[0], 675), Image.Resampling.LANCZOS)
            .crop((0, 30, CARD[0], 30 + CARD[1]))
        )
    brand.draw_strokes(canvas, brand.letters(), brand.StrokeStyle(at=(72, 330), scale=1.12, pen=brand.PEN))
    canvas.save(folder / "og-default.jpg", quality=88, optimize=True)


def open_graph_card(hero: Image.Image) -> Image.Image:
    """A card of 1200 x 630 pixels: the hero at the right, the wordmark on the page's cream at the left."""
    width, height = CARD
    canvas = Image.new("RGB", CARD, PAGE)
    canvas.paste(hero.resize((height, height), Image.Resampling.LANCZOS), (width - height, 0))
    brand.draw_strokes(canvas, brand.letters(), brand.StrokeStyle(at=(86, 345), scale=1.22, pen=brand.PEN))
    return canvas


def _favicon_svg() -> str:
    """The mark in light strokes on a dark plate, so that it is visible on any tab color."""
    inner = brand.svg(brand.mark(), MARK_BOX, 6, "Cupwell", "#faf8f4")
    return inner.replace("<g ", f'<rect width="64" height="64" rx="14" fill="{INK}"/><g ', 1)


def _favicon(size: int) -> Image.Image:
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    plate = Image.new("L", (size * 2, size * 2), 0)
    ImageDraw.Draw(plate).rounded_rectangle(
        [0, 0, size * 2 - 1, size * 2 - 1], radius=size * 28 // 64, fill=255
    )
    image.paste((*brand.INK, 255), mask=plate.resize((size, size), Image.Resampling.LANCZOS))
    brand.draw_strokes(
        image, brand.mark(), brand.StrokeStyle(at=(0, 0), scale=size / 64, pen=6, color=(*brand.PAPER, 255))
    )
    return image
