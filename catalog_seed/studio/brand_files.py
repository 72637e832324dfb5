"""Writes wordmark, icons and Open Graph cards. Needs no renderer."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from catalog_seed.studio import brand
from catalog_seed.studio.catalog import SEED, products

IMAGES = SEED / "images"
BRAND = SEED.parent / "store" / "storefront" / "static" / "brand"
CARD = (1200, 630)
INK = "#163d40"
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
    """A card of 1200 x 630 pixels: the hero at the right, its backdrop continued to the left under the wordmark."""
    width, height = CARD
    side = height + 60
    picture = hero.resize((side, side), Image.Resampling.LANCZOS).crop((0, 45, side, 45 + height))
    canvas = _extend_left(picture, width)
    canvas.paste(picture, (width - side, 0), mask=_soft_edge(picture.size, 70))
    scale = 1.28
    brand.draw_strokes(canvas, brand.letters(), brand.StrokeStyle(at=(78, 345), scale=scale, pen=brand.PEN))
    return canvas


def _extend_left(picture: Image.Image, width: int) -> Image.Image:
    """The smoothed colors of the left edge, stretched to `width` pixels: the backdrop is uniform along its width."""
    edge = np.asarray(picture, dtype=np.float64)[:, :24].mean(axis=1)
    kernel = np.hanning(41) / np.hanning(41).sum()
    smooth = np.column_stack(
        [np.convolve(np.pad(edge[:, k], 20, mode="edge"), kernel, mode="valid") for k in range(3)]
    )
    grain = np.random.default_rng(3).normal(0, 0.6, (len(edge), width, 1))
    return Image.fromarray(np.clip(smooth[:, None] + grain, 0, 255).astype(np.uint8))


def _soft_edge(size: tuple[int, int], fade: int) -> Image.Image:
    alpha = np.clip(np.arange(size[0]) / fade, 0, 1) * 255
    return Image.fromarray(np.tile(alpha.astype(np.uint8), (size[1], 1)))


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
