"""The cotton drawstring pouch, lying flat."""

import numpy as np
from numpy.typing import NDArray

from catalog_seed.studio import materials
from catalog_seed.studio.materials import Image
from catalog_seed.studio.mesh import Mesh, sheet, tube, with_normals
from catalog_seed.studio.shots import Piece, Pieces
from catalog_seed.studio.smoothstep import smoothstep

COTTON = np.array((176.0, 166.0, 145.0))  # raw cotton, in sRGB
CORD = materials.matte((0.33, 0.28, 0.21))
STRING_POSITION = 0.62  # where the drawstring runs, -1 bottom, 1 mouth


def pouch(width: float, depth: float) -> Pieces:
    """Cloth, drawstring and its loose end."""
    height = _heights()
    cloth = _pinched(sheet(height, width, depth), width, depth)
    rows, columns = height.shape
    row = round((STRING_POSITION + 1) / 2 * (rows - 1))
    along = cloth.vertices[row * columns : (row + 1) * columns].copy()
    along[:, 2] += 0.5
    return [
        Piece(cloth, materials.paper(_weave(width, depth))),
        Piece(tube(along, 1.4), CORD),
        Piece(tube(_cord_end(along[-1]), 1.4), CORD),
    ]


def _heights() -> NDArray[np.float64]:
    """Heights in mm of a slightly inflated bag with creases, tight folds at the drawstring and a flat hem."""
    u, v = np.meshgrid(np.linspace(-1, 1, 220), np.linspace(-1, 1, 280))
    pillow = 13.0 * np.clip((1 - np.abs(u) ** 3) * (1 - np.abs(v) ** 3), 0, 1) ** 0.6
    gather = np.exp(-(((v - STRING_POSITION) / 0.13) ** 2))
    above = np.clip((v - STRING_POSITION) / 0.3, 0, 1)
    fan = (
        np.exp(-(((v - STRING_POSITION) / 0.42) ** 2)) * np.sin(21 * u + 1.7 * np.sin(4 * u) + 2.2 * v) * 1.7
    )
    seam = _off_the_edge(u) * _off_the_edge(v)
    inflated = pillow * (1 - 0.55 * gather) * (1 - 0.6 * above)
    return np.asarray(0.5 + np.maximum((inflated + _creases(u, v) + fan) * seam, 0), dtype=np.float64)


def _off_the_edge(along: NDArray[np.float64]) -> NDArray[np.float64]:
    """0 at the edges (-1 and 1), rising smoothly to 1 over a narrow seam, without a crease."""
    return smoothstep((1 - np.abs(along)) * 11)


def _creases(u: NDArray[np.float64], v: NDArray[np.float64]) -> NDArray[np.float64]:
    """Random single folds of different length, slightly curved, mostly running down from the drawstring."""
    rng = np.random.default_rng(23)
    total = np.zeros_like(u)
    for _ in range(22):
        x, y, lean = rng.uniform(-0.9, 0.9), rng.uniform(-0.95, 0.5), np.pi / 2 + rng.normal(0, 0.55)
        along = (u - x) * np.cos(lean) + (v - y) * np.sin(lean)
        across = -(u - x) * np.sin(lean) + (v - y) * np.cos(lean) + rng.normal(0, 0.25) * along**2
        width, length = rng.uniform(0.035, 0.16), rng.uniform(0.2, 0.7)
        total += rng.uniform(-1.6, 2.2) * np.exp(-((across / width) ** 2) - (along / length) ** 2)
    return np.asarray(total, dtype=np.float64)


def _pinched(cloth: Mesh, width: float, depth: float) -> Mesh:
    """The cloth pulled in at the drawstring, its long edges slightly curved."""
    x, y, z = cloth.vertices.T
    v = y / (depth / 2)
    narrow = 1 - 0.13 * np.exp(-(((v - STRING_POSITION) / 0.22) ** 2)) + 0.012 * np.sin(5 * v)
    bow = 1 + 0.015 * np.sin(3.1 * x / (width / 2) + 0.6)
    return with_normals(np.column_stack([x * narrow, y * bow, z]), cloth.faces, cloth.uv)


def _weave(width: float, depth: float) -> Image:
    """Plain weave with uneven yarn, about two threads a millimetre."""
    dots = 8
    rows, columns = round(depth * dots), round(width * dots)
    rng = np.random.default_rng(4)
    y, x = np.mgrid[0:rows, 0:columns]
    checker = np.sin(np.pi * x / 2) * np.sin(np.pi * y / 2)
    yarn = rng.normal(0, 1, (rows, 1)) + rng.normal(0, 1, (1, columns))
    light = 1 + 0.045 * checker + 0.022 * yarn + 0.02 * rng.normal(0, 1, (rows, columns))
    cloth: Image = np.clip(light[..., None] * COTTON, 0, 255).astype(np.uint8)
    return cloth


def _cord_end(start: NDArray[np.float64]) -> NDArray[np.float64]:
    """The path of the loose end of the cord, curving down to the table."""
    t = np.linspace(0, 1, 90)
    x = start[0] + 8 * np.sin(2.6 * t)
    y = start[1] - 44 * t
    z = np.maximum(1.4, start[2] * (1 - t * 5))
    return np.column_stack([x, y, z])
