"""What stands around the products so that a picture has a room: an oak board, a linen cloth, folded towels.

All are modelled here, in mm; none of them is sold, and none touches a product except by carrying it.
"""

from dataclasses import replace
from functools import cache

import numpy as np

from catalog_seed.studio import materials, textures
from catalog_seed.studio.curves import Points
from catalog_seed.studio.materials import Material
from catalog_seed.studio.mesh import Mesh, shift, slab, stitch_rings, turn
from catalog_seed.studio.shots import Piece, Pieces, moved

BOARD_HEIGHT = 15.0
BOARD_BEVEL = 2.2
CLOTH_HEIGHT = 2.4
TOWEL_SIZE = (210.0, 140.0)  # a hand towel of 50 x 100 cm, folded
LAYER_HEIGHT = 11.0

ECRU = (236, 226, 208)
SAGE = (158, 168, 150)
CLAY = (196, 148, 122)
PETROL = (52, 92, 96)
SLATE = (126, 140, 138)


def oak_board(width: float, depth: float) -> Pieces:
    """A board with rounded corners whose top is at z = 0, so that products stand on it as on the table."""
    mesh = slab(width, depth, BOARD_HEIGHT, corner=14, bevel=BOARD_BEVEL)
    assert mesh.uv is not None
    # The grain runs along the sides as well, there as straight lines: across the growth rings a board shows no flames.
    down = np.clip((BOARD_HEIGHT - mesh.vertices[:, 2] - 0.4 * BOARD_BEVEL) / (0.6 * BOARD_BEVEL), 0, 1)
    across, aside = 0.2 + 0.03 * mesh.uv[:, 0], 0.5 + 0.1 * mesh.uv[:, 1]
    lines = np.column_stack([across, aside + 0.25 * (1 - mesh.vertices[:, 2] / BOARD_HEIGHT)])
    # Kept off the rim of the picture of the grain, where the renderer mixes in the opposite side.
    flames = 0.002 + 0.996 * mesh.uv
    grained = replace(mesh, uv=flames + (lines - flames) * down[:, None])
    return [Piece(grained, _oak()).moved(shift(z=-BOARD_HEIGHT))]


def linen_cloth(width: float, depth: float, color: tuple[int, int, int]) -> Pieces:
    """A cloth spread on the table, its top at z = 0."""
    mesh = slab(width, depth, CLOTH_HEIGHT, corner=3, bevel=1.1)
    assert mesh.uv is not None
    woven = replace(mesh, uv=mesh.uv * (width, depth) / textures.CLOTH_TILE)
    return [Piece(woven, _cloth(color)).moved(shift(z=-CLOTH_HEIGHT))]


def folded_towels(colors: list[tuple[int, int, int]]) -> Pieces:
    """Folded towels in a pile, the first at the bottom, standing on z = 0, their folds towards the camera."""
    pieces: Pieces = []
    for number, color in enumerate(colors):
        for layer in range(2):
            level = 2 * number + layer
            pose = shift(1.5 * (-1) ** level, 1.2 * level, level * (LAYER_HEIGHT - 0.6)) @ turn(
                "z", 1.4 * (-1) ** number
            )
            pieces.append(
                Piece(_folded_layer(*TOWEL_SIZE, LAYER_HEIGHT, seed=level), _cloth(color)).moved(pose)
            )
    return pieces


def pile_height(towels: int) -> float:
    """The height in mm of a pile of so many folded towels."""
    return (2 * towels - 1) * (LAYER_HEIGHT - 0.6) + LAYER_HEIGHT


@cache
def _oak() -> Material:
    return materials.oiled_wood(textures.oak())


@cache
def _cloth(color: tuple[int, int, int]) -> Material:
    return materials.paper(textures.linen(color))


def _folded_layer(width: float, depth: float, height: float, seed: int) -> Mesh:
    """A soft layer with round folds along its long sides, slightly uneven; it stands on z = 0."""
    along, around = 90, 128
    x = np.linspace(-1, 1, along)
    end = np.sqrt(np.clip(1 - np.clip((np.abs(x) - 0.965) / 0.035, 0, 1) ** 2, 0, 1))
    outline, length = _stadium(depth, height, around)
    wave = _waves(along, around, seed)
    rings = np.empty((along, around, 3))
    rings[..., 0] = (x * width / 2)[:, None] + 1.6 * wave
    rings[..., 1] = outline[:, 0] * (0.985 + 0.015 * end)[:, None] + 1.1 * wave
    rings[..., 2] = outline[:, 1] * end[:, None] + 0.45 * wave * end[:, None]
    rings[0], rings[-1] = rings[0].mean(0), rings[-1].mean(0)
    mesh = stitch_rings(rings[:, ::-1])
    mesh = mesh.moved(shift(z=-float(mesh.vertices[:, 2].min())))
    u, v = np.meshgrid(x * width / 2, length[::-1], indexing="ij")
    return replace(mesh, uv=np.column_stack([u.ravel(), v.ravel()]) / textures.CLOTH_TILE)


def _stadium(depth: float, height: float, count: int) -> tuple[Points, Points]:
    """The outline of a folded layer across its folds, from the middle of its underside around, and its arc length."""
    radius = height / 2
    straight = depth - height
    quarter = np.linspace(-np.pi / 2, np.pi / 2, count // 4)
    right = np.column_stack([straight / 2 + radius * np.cos(quarter), radius * np.sin(quarter)])
    top = np.column_stack(
        [np.linspace(straight / 2, -straight / 2, count // 4 + 2)[1:-1], np.full(count // 4, radius)]
    )
    left = -right
    bottom = np.linspace(0, straight / 2, count // 8 + 1)[:-1]
    first = np.column_stack([bottom, np.full(count // 8, -radius)])
    last = np.column_stack([bottom - straight / 2, np.full(count // 8, -radius)])
    points = np.vstack([first, right, top, left, last])
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    return points, np.concatenate([[0.0], np.cumsum(steps)])


def _waves(along: int, around: int, seed: int) -> Points:
    """Low waves from -1 to 1 over a layer, periodic around it, so that the cloth is soft and not machined."""
    rng = np.random.default_rng(100 + seed)
    u, v = np.linspace(0, 2 * np.pi, along)[:, None], np.linspace(0, 2 * np.pi, around, endpoint=False)
    waves = [
        np.sin(k * u + phase) * np.cos(m * v + other)
        for k, m, phase, other in zip((1, 2, 3), (1, 1, 2), *rng.uniform(0, 6.28, (2, 3)), strict=True)
    ]
    return np.asarray(sum(waves) / 3, dtype=np.float64)


def beside(pieces: Pieces, x: float, y: float, yaw: float) -> Pieces:
    """The prop turned by `yaw` degrees and put at (x, y)."""
    return moved(pieces, shift(x, y) @ turn("z", yaw))
