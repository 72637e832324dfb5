"""Backdrop, props and black cards by product, and small functions that several kinds of pictures use."""

from collections.abc import Mapping

import numpy as np

from catalog_seed.studio import props, scene_objects
from catalog_seed.studio.catalog import Product, Variant
from catalog_seed.studio.curves import Points
from catalog_seed.studio.materials import Color
from catalog_seed.studio.placement import bounds, place_in_rows
from catalog_seed.studio.set_choice import TableSet, table_set
from catalog_seed.studio.shots import Pieces, Shot, View

BACKDROPS: Mapping[str, Color] = {
    "silicone": (0.87, 0.775, 0.68),
    "glass": (0.82, 0.775, 0.67),
    "plastic": (0.79, 0.765, 0.70),
    "accessories": (0.86, 0.77, 0.62),
}


def make_shot(
    product: Product,
    pieces: Pieces,
    view: View,
    color: str = "",
    frame_points: Points | None = None,
    back_edge: float | None = None,
) -> Shot:
    """A shot in the set of its product. Clear cups get black cards, whose reflections outline their edges.

    `back_edge`: how far back (y, in mm) board or cloth goes; without it, just beyond the products.
    """
    cards = product.category in ("glass", "plastic") or (product.category == "silicone" and color == "Clear")
    props, floor = dress(product, color, pieces, frame_points, back_edge)
    return Shot(
        pieces,
        view,
        BACKDROPS[product.category],
        black_cards=cards,
        frame_points=frame_points,
        props=props,
        floor=floor,
    )


def dress(
    product: Product, color: str, pieces: Pieces, frame_points: Points | None, back_edge: float | None = None
) -> tuple[Pieces, float]:
    """The props of a picture and the height of its backdrop, which is lower where the products stand on a board."""
    low, high = bounds(pieces)
    if back_edge is not None:
        high[1] = max(high[1], back_edge)
    middle, (width, depth, _) = (low + high) / 2, (float(side) for side in high - low)
    chosen = table_set(product, color)
    if chosen is TableSet.CLOTH:
        cloth = props.linen_cloth(width + 56, depth + 44, props.SLATE)
        return props.beside(cloth, middle[0], middle[1], -2), -props.CLOTH_HEIGHT
    if chosen is TableSet.TOWELS:
        frame = high if frame_points is None else frame_points.max(0)
        pile = props.folded_towels([props.SAGE, props.ECRU])
        return props.beside(pile, frame[0] + 50, frame[1] + 175, -9), 0.0
    board = props.oak_board(max(width + 58, 250), max(depth + 46, 160))
    return props.beside(board, middle[0], middle[1], 3), -props.BOARD_HEIGHT


def accessory_pieces(product: Product, variant: Variant) -> Pieces:
    if "oil" in product.slug:
        return scene_objects.oil_bottle(millilitres(variant))
    valves = [scene_objects.valve() for _ in range(6)]
    return place_in_rows([[scene_objects.hose()], valves[:3], valves[3:]], gap=12, stagger=6)


def box_around(centre: tuple[float, float, float], half_size: float) -> Points:
    corners = np.array([(x, y, z) for x in (-1, 1) for y in (-0.01, 0.01) for z in (-1, 1)])
    return np.array(centre) + corners * half_size


def millilitres(variant: Variant) -> int:
    return int(variant.attributes["size"].split()[0])
