"""Packaging that comes with the cups: safety insert, lined box, round tin."""

import numpy as np

from catalog_seed.studio import brand, materials
from catalog_seed.studio.curves import rounded_polyline
from catalog_seed.studio.mesh import lathe, sheet, shift, slab
from catalog_seed.studio.shots import Piece, Pieces

INSERT_SIZE = (105.0, 148.0)  # A6, folded
BOARD_THICKNESS = 2.5
SHELL = materials.hard_plastic((0.03, 0.085, 0.09), 0.4)
LINING = materials.matte((0.60, 0.565, 0.51))


def folded_insert() -> Pieces:
    """The folded A6 leaflet, slightly open at its free edge."""
    u = np.linspace(0, 1, 60)
    edge_height = 0.5 + 5.0 * u**2.2
    cover = sheet(np.tile(edge_height, (40, 1)), *INSERT_SIZE)
    back = sheet(np.full((2, 2), 0.25), *INSERT_SIZE)
    blank = np.full((4, 4, 3), 230, dtype=np.uint8)
    return [Piece(cover, materials.paper(brand.leaflet_cover())), Piece(back, materials.paper(blank))]


def lined_box(width: float, depth: float, height: float) -> Pieces:
    """A rigid lined box without lid, by inner width and depth in mm; its floor is at z = FLOOR_HEIGHT."""
    w, d = width + 2 * BOARD_THICKNESS, depth + 2 * BOARD_THICKNESS
    pieces = [_shell(w, d, BOARD_THICKNESS)]
    pieces += [
        _shell(w, BOARD_THICKNESS, height).moved(shift(y=side * (d - BOARD_THICKNESS) / 2))
        for side in (-1, 1)
    ]
    pieces += [
        _shell(BOARD_THICKNESS, d, height).moved(shift(x=side * (w - BOARD_THICKNESS) / 2))
        for side in (-1, 1)
    ]
    pieces.append(Piece(slab(width - 0.4, depth - 0.4, 1.5, 0.8), LINING).moved(shift(z=BOARD_THICKNESS)))
    pieces += [
        Piece(slab(width - 0.4, 1.2, height - BOARD_THICKNESS - 3), LINING).moved(
            shift(y=s * (depth / 2 - 0.8), z=BOARD_THICKNESS)
        )
        for s in (-1, 1)
    ]
    pieces += [
        Piece(slab(1.2, depth - 0.4, height - BOARD_THICKNESS - 3), LINING).moved(
            shift(x=s * (width / 2 - 0.8), z=BOARD_THICKNESS)
        )
        for s in (-1, 1)
    ]
    return pieces


def box_lid(width: float, depth: float, height: float) -> Pieces:
    """The lift-off lid of a lined box of this inner size, lying top up, the wordmark on it."""
    w, d = width + 2 * BOARD_THICKNESS, depth + 2 * BOARD_THICKNESS
    face = materials.printed(brand.box_lid_face(w, d), alpha=0.4)
    top = Piece(slab(w - 0.6, d - 0.6, 0.2, corner=0.8, bevel=0.05), face).moved(shift(z=height))
    return [Piece(slab(w, d, height, corner=0.8, bevel=0.35), SHELL), top]


FLOOR_HEIGHT = BOARD_THICKNESS + 1.5


def round_tin(diameter: float, height: float) -> Pieces:
    """The open tin, with a rolled edge at the top."""
    r = diameter / 2
    inside = [(0, 0.6), (r - 1.2, 0.6), (r - 0.8, 1.4), (r - 0.8, height - 0.6)]
    outside = [(r - 0.4, height), (r + 0.1, height - 0.5), (r, height - 1.6), (r, 1.2), (r - 1.0, 0), (0, 0)]
    return [Piece(lathe(rounded_polyline([*inside, *outside], rounds=2)), materials.tin_plate())]


def tin_lid(diameter: float, height: float = 14.0) -> Pieces:
    """The lid of the tin, lying top up."""
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
    return [Piece(lathe(rounded_polyline(top + wall, rounds=2)), materials.tin_plate())]


def _shell(width: float, depth: float, height: float) -> Piece:
    return Piece(slab(width, depth, height, corner=0.8, bevel=0.35), SHELL)
