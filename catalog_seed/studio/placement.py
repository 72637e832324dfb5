"""Places objects in rows from back to front, spaced by their bounding boxes, so that nothing overlaps."""

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


def place_in_rows(
    rows: list[Row], *, gap: float, row_gap: float | None = None, stagger: float = 0.0
) -> Pieces:
    """Place rows from back to front, each shifted by +/- `stagger` in turn; the group is centred on the origin.

    `gap` and `row_gap` (default `gap`) are the distances in mm within and between rows.
    """
    row_gap = gap if row_gap is None else row_gap
    placed: Pieces = []
    y = 0.0
    for number, row in enumerate(rows):
        depth = max(_size(item)[1] for item in row)
        middle = y - depth / 2
        placed += _row(row, gap, middle, stagger if number % 2 else -stagger)
        y -= depth + row_gap
    low, high = bounds(placed)
    return moved(placed, shift(y=-(low + high)[1] / 2))


def split_into_rows(items: Row, columns: int) -> list[Row]:
    """Rows of `columns` items; the last one may be shorter."""
    return [items[k : k + columns] for k in range(0, len(items), columns)]


def _row(row: Row, gap: float, middle: float, offset: float) -> Pieces:
    width = sum(_size(item)[0] for item in row) + gap * (len(row) - 1)
    x = offset - width / 2
    placed: Pieces = []
    for item in row:
        low, high = bounds(item)
        placed += moved(item, shift(x - low[0], middle - (low + high)[1] / 2))
        x += (high - low)[0] + gap
    return placed


def _size(pieces: Pieces) -> Points:
    low, high = bounds(pieces)
    return high - low
