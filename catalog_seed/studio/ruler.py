"""The metal ruler of the scale pictures: a tick for each millimetre, true to scale."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from catalog_seed.studio.materials import Image as Pixels

WIDTH = 26.0
THICKNESS = 0.8
END_MARGIN = 6.0  # metal beyond the first and last tick
DOTS_PER_MM = 14  # pixels per millimetre
METAL, INK = 206, 12


def draw_face(length: int) -> Pixels:
    """The picture of a ruler of `length` mm: zero at the left, ticks along the near edge."""
    size = (round((length + 2 * END_MARGIN) * DOTS_PER_MM), round(WIDTH * DOTS_PER_MM))
    image = Image.new("RGB", size, (METAL, METAL, METAL))
    draw = ImageDraw.Draw(image)
    # A long ruler is seen from further away, so it gets fewer and larger numbers.
    every, high = (10, 3.8) if length <= 150 else (50, 6.0)
    font = ImageFont.load_default(high * DOTS_PER_MM)
    for mm in range(length + 1):
        _tick(draw, mm, size[1])
        if mm % every == 0:
            draw.text(
                (mark_column(mm), size[1] - (9.4 + high / 2) * DOTS_PER_MM),
                str(mm),
                fill=(INK,) * 3,
                font=font,
                anchor="mm",
            )
    draw.text(
        ((END_MARGIN + length - 5) * DOTS_PER_MM, 6 * DOTS_PER_MM),
        "mm",
        fill=(INK,) * 3,
        font=font,
        anchor="mm",
    )
    return np.asarray(image)


def mark_column(mm: float) -> int:
    """The column, in pixels, of a millimetre mark."""
    return round((END_MARGIN + mm) * DOTS_PER_MM)


def _tick(draw: ImageDraw.ImageDraw, mm: int, bottom: int) -> None:
    length = 8.0 if mm % 10 == 0 else 6.0 if mm % 5 == 0 else 4.0
    half = 0.13 * DOTS_PER_MM
    draw.rectangle(
        [mark_column(mm) - half, bottom - length * DOTS_PER_MM, mark_column(mm) + half, bottom],
        fill=(INK,) * 3,
    )
