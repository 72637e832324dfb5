"""Backdrop and black cards by product, and small functions that several kinds of pictures use."""

from collections.abc import Mapping

import numpy as np

from catalog_seed.studio import scene_objects
from catalog_seed.studio.catalog import Product, Variant
from catalog_seed.studio.curves import Points
from catalog_seed.studio.materials import Color
from catalog_seed.studio.placement import place_in_rows
from catalog_seed.studio.shots import Pieces, Shot, View

BACKDROPS: Mapping[str, Color] = {
    "silicone": (0.83, 0.80, 0.76),
    "glass": (0.63, 0.645, 0.65),
    "plastic": (0.72, 0.75, 0.77),
    "accessories": (0.80, 0.775, 0.735),
}
PALE_BACKDROP: Color = (0.40, 0.41, 0.415)
WHITE_BACKDROP: Color = (0.52, 0.545, 0.56)


def make_shot(
    product: Product, pieces: Pieces, view: View, color: str = "", frame_points: Points | None = None
) -> Shot:
    """A shot on the backdrop of its product. Clear cups get black cards, whose reflections outline their edges."""
    cards = product.category in ("glass", "plastic") or (product.category == "silicone" and color == "Clear")
    return Shot(pieces, view, _backdrop_color(product, color), black_cards=cards, frame_points=frame_points)


def _backdrop_color(product: Product, color: str) -> Color:
    """Pale products get a darker backdrop, so that they stand out."""
    if product.category == "silicone" and color == "Clear":
        return PALE_BACKDROP
    return WHITE_BACKDROP if "valves" in product.slug else BACKDROPS[product.category]


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
