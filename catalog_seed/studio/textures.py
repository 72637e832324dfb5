"""Drawn surfaces of the set: oak and woven linen, as sRGB images of shape (height, width, 3).

Everything is drawn from fixed seeds, so that a picture rendered again shows the same board and the same cloth.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture

from catalog_seed.studio.materials import Image
from catalog_seed.studio.smoothstep import smoothstep

Field = NDArray[np.float64]

OAK_LIGHT, OAK_DARK = np.array([212.0, 181.0, 141.0]), np.array([158.0, 119.0, 80.0])
RINGS = 34  # growth rings across a board
CLOTH_TILE = (
    256.0  # mm of cloth that one tile shows; the tile repeats, so it is larger than what is seen at once
)
THREADS = 288  # threads across a tile: a coarse linen of 11 threads a centimetre
DOTS_PER_THREAD = 8
SLUBS = 26  # changes of a thread's thickness along a tile


@cache
def oak(width: int = 2400, height: int = 1600) -> Image:
    """Rift-sawn oak with the grain along the width: soft lines of the growth rings, pores as short fine strokes."""
    rng = np.random.default_rng(11)
    y = np.linspace(0, 1, height)[:, None]
    bend = _cloud(rng, (3, 3), (height, width)) + 0.25 * _cloud(rng, (6, 9), (height, width))
    rings = (y + 0.035 * bend) * RINGS + 0.35 * _cloud(rng, (RINGS, 5), (height, width))
    strength = 0.5 + 0.5 * _cloud(rng, (RINGS // 2, 4), (height, width))
    fibres = _cloud(rng, (height // 2, 30), (height, width))
    pores = np.clip(_cloud(rng, (height // 3, 90), (height, width)) - 0.5, 0, 1)
    late_wood = _late_wood(rings % 1.0)
    dark = 0.10 + 0.42 * late_wood * strength + 0.09 * fibres + pores * (0.25 + 0.75 * late_wood)
    broad = 0.10 * _cloud(rng, (7, 3), (height, width))
    return _to_image(OAK_LIGHT + (OAK_DARK - OAK_LIGHT) * np.clip(dark + broad, 0, 1)[..., None])


def _late_wood(year: Field) -> Field:
    """The darkness of the wood within a growth ring, by the share of the year: slowly darker, then light again."""
    return np.asarray(np.clip(year / 0.8, 0, 1) ** 2 * np.clip((1 - year) / 0.2, 0, 1), dtype=np.float64)


@cache
def linen(color: tuple[int, int, int]) -> Image:
    """A tile of plain weave in this sRGB colour; its threads are thicker and thinner along their length."""
    rng = np.random.default_rng(23)
    position = np.arange(THREADS * DOTS_PER_THREAD) / DOTS_PER_THREAD
    thread = np.floor(position).astype(int)
    over = (np.add.outer(thread, thread) % 2).astype(bool)
    warp = _thread_round(position)[None, :] + _slubs(rng)[thread].T
    weft = _thread_round(position)[:, None] + _slubs(rng)[thread]
    light = np.where(over, warp, weft) + rng.normal(0, 0.015, over.shape)
    return _to_image(np.array(color) * np.clip(light, 0, 1.1)[..., None])


def _slubs(rng: np.random.Generator) -> Field:
    """How much lighter or darker each thread is along a tile, shape (threads, dots); the ends of the tile meet."""
    coarse = rng.normal(0, 0.055, (THREADS, SLUBS)).astype(np.float32)
    at = np.linspace(0, SLUBS, THREADS * DOTS_PER_THREAD, endpoint=False)
    low, share = np.floor(at).astype(int), at % 1
    smooth = smoothstep(share)
    return np.asarray(coarse[:, low] * (1 - smooth) + coarse[:, (low + 1) % SLUBS] * smooth, dtype=np.float64)


def _thread_round(position: Field) -> Field:
    """The light on a row of round threads, 1 on their backs and less in the gaps between them."""
    return np.asarray(0.84 + 0.17 * np.sin(np.pi * (position % 1.0)), dtype=np.float64)


def _cloud(rng: np.random.Generator, cells: tuple[int, int], shape: tuple[int, int]) -> Field:
    """Smooth noise from -1 to 1: a coarse grid of (rows, columns) random values, enlarged to `shape`."""
    coarse = rng.uniform(-1, 1, cells).astype(np.float32)
    enlarged = Picture.fromarray(coarse).resize((shape[1], shape[0]), Picture.Resampling.BICUBIC)
    return np.asarray(enlarged, dtype=np.float64)


def _to_image(values: Field) -> Image:
    return np.asarray(np.clip(values, 0, 255), dtype=np.uint8)
