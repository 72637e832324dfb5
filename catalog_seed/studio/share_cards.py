"""The pictures of shared links (og:image), 1200 x 630 pixels, one for each product and language. Needs no renderer.

The words are the catalogue's: the product's name in the language, its material and its sizes.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from catalog_seed.studio import brand
from catalog_seed.studio.alt_text import LANGUAGES, home_card_words
from catalog_seed.studio.catalog import SEED, Product, translated_name
from catalog_seed.studio.smoothstep import smoothstep

FONTS = SEED.parent / "store" / "guidebook" / "fonts"
HEADING, TEXT = "fraunces-latin-600-normal.woff2", "source-sans-3-latin-400-normal.woff2"
CARD = (1200, 630)
PAGE = (248, 244, 236)  # the ground of the shop's light pages
MUTED = (92, 104, 102)
LEFT, WORDS_WIDTH = 64, 470  # pixels
FADE = 110  # pixels over which the picture passes into the ground of the words
HEADING_SIZES = range(60, 35, -2)  # the largest that fits is taken
MOST_LINES = 4
JPEG_QUALITY = 82


def write(images: Path, products: Iterable[Product], folder: Path) -> int:
    """Write og/<language>/<slug>.jpg for each of these products that has a main picture; returns their number."""
    count = 0
    for product in products:
        if not (images / product.slug / "hero.webp").exists():
            continue
        with Image.open(images / product.slug / "hero.webp") as file:
            hero = file.convert("RGB").resize((CARD[1], CARD[1]), Image.Resampling.LANCZOS)
        for language in LANGUAGES:
            card = product_card(
                hero, translated_name(product.name, product.names, language), facts(product, language)
            )
            _save(card, folder / "og" / language / f"{product.slug}.jpg")
            count += 1
    return count


def write_home(folder: Path) -> None:
    """Write og/<language>/home.jpg, the card of the first page: the wide banner, words on its empty side."""
    if not (folder / "hero-wide.webp").exists():
        return
    with Image.open(folder / "hero-wide.webp") as hero:
        banner = (
            hero.convert("RGB").resize((CARD[0], 675), Image.Resampling.LANCZOS).crop((0, 40, CARD[0], 670))
        )
    for language in LANGUAGES:
        card = banner.copy()
        _draw_words(card, home_card_words(language), "", width=390, middle=270)
        _save(card, folder / "og" / language / "home.jpg")


def product_card(hero: Image.Image, name: str, facts: str) -> Image.Image:
    """The main picture at the right, wordmark, name and facts on the page's cream at the left."""
    card = Image.new("RGB", CARD, PAGE)
    card.paste(hero, (CARD[0] - hero.width, 0), _fade(hero.size))
    _draw_words(card, name, facts, width=WORDS_WIDTH)
    return card


def wrap(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The text in lines of at most `width` pixels, broken at spaces; a word that is wider has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fit_heading(text: str, width: float) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The font in the largest size in which the text fits the width in few lines, and those lines."""
    for size in HEADING_SIZES:
        font = _font(HEADING, size)
        lines = wrap(text, font, width)
        if len(lines) <= MOST_LINES and all(font.getlength(line) <= width for line in lines):
            break
    return font, lines


def _draw_words(card: Image.Image, heading: str, facts: str, *, width: float, middle: float = 350) -> None:
    """The wordmark above; heading and facts below it, one block around the row `middle`."""
    brand.draw_strokes(card, brand.letters(), brand.StrokeStyle(at=(LEFT, 118), scale=0.62, pen=brand.PEN))
    font, lines = fit_heading(heading, width)
    step = font.size * 1.14
    draw = ImageDraw.Draw(card)
    y = middle - (len(lines) * step + (52 if facts else 0)) / 2
    for line in lines:
        draw.text((LEFT, y), line, fill=brand.INK, font=font)
        y += step
    if facts:
        draw.text((LEFT, y + 18), facts, fill=MUTED, font=_font(TEXT, 29))


def facts(product: Product, language: str) -> str:
    """Such as "Silikon · 70, 60, 45 mm"; the sizes are those of all variants."""
    diameters = sorted({cup.diameter for variant in product.variants for cup in variant.cups}, reverse=True)
    sizes = ", ".join(f"{size:g}" for size in diameters) + " mm" if diameters else _volumes(product)
    material = translated_name(product.material, {}, language)
    return " · ".join(part for part in (material, sizes) if part)


def _volumes(product: Product) -> str:
    return ", ".join(
        variant.attributes["size"] for variant in product.variants if "size" in variant.attributes
    )


def _fade(size: tuple[int, int]) -> Image.Image:
    smooth = smoothstep(np.arange(size[0]) / FADE)
    return Image.fromarray(np.tile(np.round(smooth * 255).astype(np.uint8), (size[1], 1)))


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, size)


def _save(card: Image.Image, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    card.save(file, quality=JPEG_QUALITY, optimize=True, progressive=True)
