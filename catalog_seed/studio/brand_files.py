"""Writes wordmark, icons, tiles and the cards of shared links. Needs no renderer."""

from pathlib import Path

from PIL import Image, ImageDraw

from catalog_seed.studio import brand, share_cards
from catalog_seed.studio.catalog import SEED, products

IMAGES = SEED / "images"
BRAND = SEED.parent / "store" / "storefront" / "static" / "brand"
INK = "#163d40"
NARROW_HEROES = {"hero-phone": 720, "hero-wide": 960}  # pixels
MARK_BOX = (0.0, 0.0, 64.0, 64.0)


def write_all() -> None:
    write_brand()
    write_tiles()
    write_heroes()
    share_cards.write(IMAGES, products().values(), BRAND)
    share_cards.write_home(BRAND)


def write_tiles(folder: Path = BRAND) -> None:
    """Write the banner of each category at half its width as AVIF, for the tiles of the first page."""
    for banner in sorted(folder.glob("category-*.webp")):
        _write_avif(banner, 0.5, banner.with_suffix(".avif"))


def write_heroes(folder: Path = BRAND) -> None:
    """Write each large picture of the first page as AVIF, once as wide as it is and once narrower, for `srcset`."""
    for name, narrow in NARROW_HEROES.items():
        for hero in sorted(folder.glob(f"{name}*.webp")):
            with Image.open(hero) as picture:
                width = picture.width
            _write_avif(hero, 1, hero.with_suffix(".avif"))
            _write_avif(hero, narrow / width, hero.with_name(f"{hero.stem}-{narrow}.avif"))


def _write_avif(source: Path, scale: float, target: Path) -> None:
    with Image.open(source) as picture:
        size = (round(picture.width * scale), round(picture.height * scale))
        picture.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(
            target, "AVIF", quality=60, speed=3
        )


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
