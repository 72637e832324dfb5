"""What comes with the cups: safety insert, lined box, round tin."""

import numpy as np

from catalog_seed.studio import brand, materials
from catalog_seed.studio.curves import softened
from catalog_seed.studio.mesh import lathe, sheet, shift, slab
from catalog_seed.studio.shots import Piece, Pieces

INSERT = (105.0, 148.0)  # A6, folded
BOARD = 2.5
SHELL = materials.hard_plastic((0.03, 0.085, 0.09), 0.4)
LINING = materials.matte((0.60, 0.565, 0.51))


def insert() -> Pieces:
    """The folded leaflet, its free edge a little open."""
    u = np.linspace(0, 1, 60)
    lift = 0.5 + 5.0 * u**2.2
    cover = sheet(np.tile(lift, (40, 1)), *INSERT)
    back = sheet(np.full((2, 2), 0.25), *INSERT)
    blank = np.full((4, 4, 3), 230, dtype=np.uint8)
    return [Piece(cover, materials.paper(brand.leaflet_cover())), Piece(back, materials.paper(blank))]


def lined_box(width: float, depth: float, height: float) -> Pieces:
    """A rigid box, lined, without its lid. Inner width and depth; pieces stand on its floor at z = 4."""
    w, d = width + 2 * BOARD, depth + 2 * BOARD
    pieces = [_shell(w, d, BOARD)]
    pieces += [_shell(w, BOARD, height).moved(shift(y=side * (d - BOARD) / 2)) for side in (-1, 1)]
    pieces += [_shell(BOARD, d, height).moved(shift(x=side * (w - BOARD) / 2)) for side in (-1, 1)]
    pieces.append(Piece(slab(width - 0.4, depth - 0.4, 1.5, 0.8), LINING).moved(shift(z=BOARD)))
    pieces += [
        Piece(slab(width - 0.4, 1.2, height - BOARD - 3), LINING).moved(
            shift(y=s * (depth / 2 - 0.8), z=BOARD)
        )
        for s in (-1, 1)
    ]
    pieces += [
        Piece(slab(1.2, depth - 0.4, height - BOARD - 3), LINING).moved(
            shift(x=s * (width / 2 - 0.8), z=BOARD)
        )
        for s in (-1, 1)
    ]
    return pieces


def box_lid(width: float, depth: float, height: float) -> Pieces:
    """The lift-off lid of a lined box of this inner size, lying top up, the wordmark on it."""
    w, d = width + 2 * BOARD, depth + 2 * BOARD
    face = materials.printed(brand.lid(w, d), alpha=0.4)
    top = Piece(slab(w - 0.6, d - 0.6, 0.2, corner=0.8, bevel=0.05), face).moved(shift(z=height))
    return [Piece(slab(w, d, height, corner=0.8, bevel=0.35), SHELL), top]


FLOOR = BOARD + 1.5


def round_tin(diameter: float, height: float) -> Pieces:
    """The tin, open; its rolled edge at the top."""
    r = diameter / 2
    inside = [(0, 0.6), (r - 1.2, 0.6), (r - 0.8, 1.4), (r - 0.8, height - 0.6)]
    outside = [(r - 0.4, height), (r + 0.1, height - 0.5), (r, height - 1.6), (r, 1.2), (r - 1.0, 0), (0, 0)]
    return [Piece(lathe(softened([*inside, *outside], rounds=2)), materials.tin_plate())]


def tin_lid(diameter: float, height: float = 14.0) -> Pieces:
    """The lid, lying beside the tin as taken off, top up."""
    r = diameter / 2 + 0.9
    top = [
        (0, height),
        (r - 4, height),
        (r - 3.4, height - 0.5),
        (r - 2.6, height - 0.2),
        (r - 0.8, height - 0.4),
    ]
    wall = [
        (r, height - 1.4),
        (r, 0.6),
        (r - 0.4, 0.0),
        (r - 0.7, 0.6),
        (r - 0.7, height - 1.6),
        (0, height - 1.8),
    ]
    return [Piece(lathe(softened(top + wall, rounds=2)), materials.tin_plate())]


def _shell(width: float, depth: float, height: float) -> Piece:
    return Piece(slab(width, depth, height, corner=0.8, bevel=0.35), SHELL)
