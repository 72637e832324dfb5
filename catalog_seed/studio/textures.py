"""Drawn surfaces of the set: oak and woven linen, as sRGB images of shape (height, width, 3).

Everything is drawn from fixed seeds, so that a picture rendered again shows the same board and the same cloth.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture

from catalog_seed.studio.materials import Image

Field = NDArray[np.float64]

OAK_LIGHT, OAK_DARK = np.array([214.0, 182.0, 140.0]), np.array([166.0, 126.0, 86.0])
CLOTH_TILE = 64.0  # mm of cloth that one tile shows; the tile repeats
THREADS = 72  # threads across a tile: a coarse linen of 11 threads a centimetre
DOTS_PER_THREAD = 10


@cache
def oak(width: int = 1500, height: int = 1000) -> Image:
    """Plain-sawn oak with the grain along the width: growth rings as long flames, pores as short dark strokes."""
    rng = np.random.default_rng(11)
    y = np.linspace(0, 1, height)[:, None]
    bend = _cloud(rng, (5, 4), (height, width))
    rings = y * 13 + bend * 2.6 + _cloud(rng, (40, 6), (height, width)) * 0.25
    late_wood = (rings % 1.0) ** 2.2
    pores = _cloud(rng, (height, 24), (height, width))
    strokes = np.clip(pores - 0.55, 0, 1) * (0.35 + late_wood)
    dark = np.clip(0.42 * late_wood + 0.9 * strokes + 0.16 * _cloud(rng, (7, 3), (height, width)), 0, 1)
    return _to_image(OAK_LIGHT + (OAK_DARK - OAK_LIGHT) * dark[..., None])


def linen(color: tuple[int, int, int]) -> Image:
    """A tile of plain weave in this sRGB colour; threads differ in thickness and shade, as those of linen do."""
    rng = np.random.default_rng(23)
    size = THREADS * DOTS_PER_THREAD
    position = np.arange(size) / DOTS_PER_THREAD
    shade = rng.normal(0, 0.05, (2, THREADS))
    across = _thread_round(position)
    over = (np.add.outer(np.floor(position), np.floor(position)) % 2).astype(bool)
    warp = across[None, :] + shade[0][np.floor(position).astype(int)][None, :]
    weft = across[:, None] + shade[1][np.floor(position).astype(int)][:, None]
    light = np.where(over, warp, weft) + rng.normal(0, 0.02, (size, size))
    return _to_image(np.array(color) * np.clip(light, 0, 1.1)[..., None])


def _thread_round(position: Field) -> Field:
    """The light on a row of round threads, 1 on their backs and less in the gaps between them."""
    return np.asarray(0.80 + 0.22 * np.sin(np.pi * (position % 1.0)), dtype=np.float64)


def _cloud(rng: np.random.Generator, cells: tuple[int, int], shape: tuple[int, int]) -> Field:
    """Smooth noise from -1 to 1: a coarse grid of (rows, columns) random values, enlarged to `shape`."""
    coarse = rng.uniform(-1, 1, cells).astype(np.float32)
    enlarged = Picture.fromarray(coarse).resize((shape[1], shape[0]), Picture.Resampling.BICUBIC)
    return np.asarray(enlarged, dtype=np.float64)


def _to_image(values: Field) -> Image:
    return np.asarray(np.clip(values, 0, 255), dtype=np.uint8)
