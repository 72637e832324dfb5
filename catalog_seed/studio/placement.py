"""Where things stand: rows from back to front, measured from the things themselves, so nothing overlaps."""

from typing import TypeAlias

import numpy as np

from catalog_seed.studio.curves import Points
from catalog_seed.studio.mesh import shift
from catalog_seed.studio.shots import Pieces, moved

Row: TypeAlias = list[Pieces]


def bounds(pieces: Pieces) -> tuple[Points, Points]:
    low = np.min([piece.mesh.vertices.min(0) for piece in pieces], axis=0)
    high = np.max([piece.mesh.vertices.max(0) for piece in pieces], axis=0)
    return low, high


def in_rows(rows: list[Row], *, gap: float, deep: float | None = None, stagger: float = 0.0) -> Pieces:
    """Rows from back to front, each centred, every second one shifted by `stagger`; the group ends centred on 0."""
    deep = gap if deep is None else deep
    placed: Pieces = []
    y = 0.0
    for number, row in enumerate(rows):
        depth = max(_size(thing)[1] for thing in row)
        middle = y - depth / 2
        placed += _row(row, gap, middle, stagger if number % 2 else -stagger)
        y -= depth + deep
    low, high = bounds(placed)
    return moved(placed, shift(y=-(low + high)[1] / 2))


def in_grid(things: Row, columns: int) -> list[Row]:
    """Full rows of this many; a short last row stays short."""
    return [things[k : k + columns] for k in range(0, len(things), columns)]


def _row(row: Row, gap: float, middle: float, offset: float) -> Pieces:
    width = sum(_size(thing)[0] for thing in row) + gap * (len(row) - 1)
    x = offset - width / 2
    placed: Pieces = []
    for thing in row:
        low, high = bounds(thing)
        placed += moved(thing, shift(x - low[0], middle - (low + high)[1] / 2))
        x += (high - low)[0] + gap
    return placed


def _size(pieces: Pieces) -> Points:
    low, high = bounds(pieces)
    return high - low
