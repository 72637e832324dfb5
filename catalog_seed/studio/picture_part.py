"""A part of a picture, rendered again and blended into the rest. Needs no renderer."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

SEAM = 12  # pixels around the part over which the new passes into the old


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of a picture, in pixels from its left and top edge; right and bottom are outside it."""

    left: int
    top: int
    right: int
    bottom: int

    def with_seam(self, width: int, height: int) -> "Part":
        """The part with the seam around it, as far as the picture goes."""
        return Part(
            max(self.left - SEAM, 0),
            max(self.top - SEAM, 0),
            min(self.right + SEAM, width),
            min(self.bottom + SEAM, height),
        )

    @property
    def box(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.right, self.bottom


def blend(picture: Image.Image, fresh: Image.Image, part: Part) -> Image.Image:
    """The picture with `fresh`, which shows the part and its seam, in place of what was there."""
    outer = part.with_seam(*picture.size)
    mended = picture.copy()
    mended.paste(fresh, (outer.left, outer.top), _mask(part, outer))
    return mended


def _mask(part: Part, outer: Part) -> Image.Image:
    """White in the part, fading to black across the seam; along the edge of the picture there is none."""
    x, y = np.arange(outer.left, outer.right), np.arange(outer.top, outer.bottom)
    across = np.minimum(x - part.left, part.right - 1 - x) + SEAM
    down = np.minimum(y - part.top, part.bottom - 1 - y) + SEAM
    share = np.clip(across / SEAM, 0, 1)[None, :] * np.clip(down / SEAM, 0, 1)[:, None]
    return Image.fromarray(np.round(share * 255).astype(np.uint8))
