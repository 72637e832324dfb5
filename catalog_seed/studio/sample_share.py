"""Where a picture gets all its samples and where it gets fewer: the plain backdrop needs few. Needs no renderer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog_seed.studio.smoothstep import smoothstep

FADE = 0.12  # of the picture's longer side, around the objects, over which many samples pass into few


@dataclass(frozen=True, slots=True)
class DenseArea:
    """The rectangle of a picture that gets more samples, in pixels from its left and top edge.

    `weight` (bottom - top, right - left) is the share of them that counts: 1 wherever there is an object, falling to 0
    towards those sides that are within the picture. It falls smoothly, for where the noise changes at once, or only
    begins to, the denoiser leaves a line.
    """

    left: int
    top: int
    right: int
    bottom: int
    weight: NDArray[np.float32]


def dense_area(objects: tuple[float, float, float, float], width: int, height: int) -> DenseArea:
    """The area around objects, which are given as shares of the picture: left, top, right, bottom."""
    left, top, right, bottom = objects
    fade = FADE * max(width, height)
    first_x, end_x, across = _side(left * width, right * width, width, fade)
    first_y, end_y, down = _side(top * height, bottom * height, height, fade)
    return DenseArea(first_x, first_y, end_x, end_y, np.outer(down, across).astype(np.float32))


def _side(low: float, high: float, size: int, fade: float) -> tuple[int, int, NDArray[np.float64]]:
    """First pixel and end of the area along one side, and the weight of each pixel between them."""
    first, end = max(int(low - fade), 0), min(int(np.ceil(high + fade)), size)
    at = np.arange(first, end) + 0.5
    rise = (at - low + fade) / fade if first > 0 else np.ones_like(at)
    fall = (high + fade - at) / fade if end < size else np.ones_like(at)
    return first, end, smoothstep(np.minimum(rise, fall))
