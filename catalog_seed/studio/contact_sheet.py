"""Writes the contact sheet docs/pictures.webp: all pictures as thumbnails with their names."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from catalog_seed.studio.banners import banners
from catalog_seed.studio.brand_files import BRAND, IMAGES
from catalog_seed.studio.catalog import SEED, products
from catalog_seed.studio.shot_list import plans

SHEET = SEED.parent / "docs" / "pictures.webp"
TILE, NAME, COLUMNS = 176, 18, 10
PAPER, INK = (250, 248, 244), (60, 70, 72)


def write(sheet: Path = SHEET) -> int:
    """Write the sheet in the order of the catalog; returns the number of pictures."""
    files = [IMAGES / plan.path for item in products().values() for plan in plans(item).values()]
    files += [BRAND / banner.file for banner in banners().values()]
    files += [BRAND / "og" / "en" / f"{slug}.jpg" for slug in ("home", *products())]
    existing = [file for file in files if file.exists()]
    rows = -(-len(existing) // COLUMNS)
    canvas = Image.new("RGB", (COLUMNS * TILE, rows * (TILE + NAME)), PAPER)
    for number, file in enumerate(existing):
        _draw_tile(canvas, file, (number % COLUMNS * TILE, number // COLUMNS * (TILE + NAME)))
    canvas.save(sheet, "WEBP", quality=80, method=6)
    return len(existing)


def _draw_tile(canvas: Image.Image, file: Path, position: tuple[int, int]) -> None:
    with Image.open(file) as image:
        small = image.convert("RGB")
        small.thumbnail((TILE - 6, TILE - 6), Image.Resampling.LANCZOS)
    x, y = position
    canvas.paste(small, (x + (TILE - small.width) // 2, y + (TILE - small.height) // 2))
    name = f"{file.parent.name} {file.stem}".replace("brand ", "").replace("silicone", "sil.")
    font = ImageFont.load_default(10)
    ImageDraw.Draw(canvas).text((x + TILE / 2, y + TILE + 2), name[:36], fill=INK, font=font, anchor="ma")
