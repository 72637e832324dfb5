"""The satin metal rule of the with-scale pictures: a tick each millimetre, true to scale."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from catalog_seed.studio.materials import Image as Pixels

WIDTH = 26.0
THICKNESS = 0.8
END = 6.0  # metal beyond the first and last tick
DOTS = 14  # picture dots a millimetre
METAL, INK = 206, 12


def face(length: int) -> Pixels:
    """The engraved face, zero at the left, ticks along the near edge."""
    size = (round((length + 2 * END) * DOTS), round(WIDTH * DOTS))
    image = Image.new("RGB", size, (METAL, METAL, METAL))
    draw = ImageDraw.Draw(image)
    # A long rule is seen from further away: fewer, larger numbers.
    every, high = (10, 3.8) if length <= 150 else (50, 6.0)
    font = ImageFont.load_default(high * DOTS)
    for mm in range(length + 1):
        _tick(draw, mm, size[1])
        if mm % every == 0:
            draw.text(
                (place(mm), size[1] - (9.4 + high / 2) * DOTS),
                str(mm),
                fill=(INK,) * 3,
                font=font,
                anchor="mm",
            )
    draw.text(((END + length - 5) * DOTS, 6 * DOTS), "mm", fill=(INK,) * 3, font=font, anchor="mm")
    return np.asarray(image)


def place(mm: float) -> int:
    """Picture column of a millimetre mark."""
    return round((END + mm) * DOTS)


def _tick(draw: ImageDraw.ImageDraw, mm: int, bottom: int) -> None:
    reach = 8.0 if mm % 10 == 0 else 6.0 if mm % 5 == 0 else 4.0
    half = 0.13 * DOTS
    draw.rectangle([place(mm) - half, bottom - reach * DOTS, place(mm) + half, bottom], fill=(INK,) * 3)
