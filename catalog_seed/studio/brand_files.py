"""Wordmark and favicon files, and the Open Graph card of each product. Needs no renderer."""

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
    write_cards(IMAGES, products())
    write_default_card()


def write_brand(folder: Path = BRAND) -> None:
    """Wordmark and favicon, as SVG and as the small pictures browsers ask for."""
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


def write_cards(images: Path, slugs: Iterable[str], folder: Path = BRAND) -> int:
    """An Open Graph card for each of these products that has a hero, at og/<slug>.jpg."""
    (folder / "og").mkdir(parents=True, exist_ok=True)
    made = 0
    for slug in slugs:
        if (images / slug / "hero.webp").exists():
            with Image.open(images / slug / "hero.webp") as hero:
                card(hero.convert("RGB")).save(folder / "og" / f"{slug}.jpg", quality=86, optimize=True)
            made += 1
    return made


def write_default_card(folder: Path = BRAND) -> None:
    """The card of every page that is not a product: the wide hero, wordmark on its quiet side."""
    if not (folder / "hero-wide.webp").exists():
        return
    with Image.open(folder / "hero-wide.webp") as hero:
        canvas = (
            hero.convert("RGB")
            .resize((CARD[0], 675), Image.Resampling.LANCZOS)
            .crop((0, 30, CARD[0], 30 + CARD[1]))
        )
    brand.ink(canvas, brand.letters(), brand.Drawn(at=(72, 330), scale=1.12, pen=brand.PEN))
    canvas.save(folder / "og-default.jpg", quality=88, optimize=True)


def card(hero: Image.Image) -> Image.Image:
    """The hero at the right; its backdrop runs on to the left, under the wordmark."""
    width, height = CARD
    side = height + 60
    picture = hero.resize((side, side), Image.Resampling.LANCZOS).crop((0, 45, side, 45 + height))
    canvas = _continued(picture, width)
    canvas.paste(picture, (width - side, 0), mask=_soft_edge(picture.size, 70))
    scale = 1.28
    brand.ink(canvas, brand.letters(), brand.Drawn(at=(78, 345), scale=scale, pen=brand.PEN))
    return canvas


def _continued(picture: Image.Image, width: int) -> Image.Image:
    """The left edge's colours, smoothed and drawn out sideways: a paper sweep looks the same along its width."""
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
    """The mark, light on dark ink, so that it reads on any tab colour."""
    inner = brand.svg(brand.mark(), MARK_BOX, 6, "Cupwell", "#faf8f4")
    return inner.replace("<g ", f'<rect width="64" height="64" rx="14" fill="{INK}"/><g ', 1)


def _favicon(size: int) -> Image.Image:
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    plate = Image.new("L", (size * 2, size * 2), 0)
    ImageDraw.Draw(plate).rounded_rectangle(
        [0, 0, size * 2 - 1, size * 2 - 1], radius=size * 28 // 64, fill=255
    )
    image.paste((*brand.INK, 255), mask=plate.resize((size, size), Image.Resampling.LANCZOS))
    brand.ink(image, brand.mark(), brand.Drawn(at=(0, 0), scale=size / 64, pen=6, colour=(*brand.PAPER, 255)))
    return image
