"""What all pictures of a product share: its backdrop, black cards, and a few small tools."""

from collections.abc import Mapping

import numpy as np

from catalog_seed.studio import scene_objects
from catalog_seed.studio.catalog import Product, Variant
from catalog_seed.studio.curves import Points
from catalog_seed.studio.materials import Colour
from catalog_seed.studio.placement import in_rows
from catalog_seed.studio.shots import Pieces, Shot, View

BACKDROPS: Mapping[str, Colour] = {
    "silicone": (0.83, 0.80, 0.76),
    "glass": (0.63, 0.645, 0.65),
    "plastic": (0.72, 0.75, 0.77),
    "accessories": (0.80, 0.775, 0.735),
}
PALE_GROUND: Colour = (0.40, 0.41, 0.415)
WHITE_GROUND: Colour = (0.52, 0.545, 0.56)


def on_set(
    product: Product, pieces: Pieces, view: View, colour: str = "", framing: Points | None = None
) -> Shot:
    """Clear things get black cards, which draw their edges."""
    cards = product.category in ("glass", "plastic") or (product.category == "silicone" and colour == "Clear")
    return Shot(pieces, view, _ground(product, colour), black_cards=cards, framing=framing)


def _ground(product: Product, colour: str) -> Colour:
    """Pale things need a darker ground to be seen."""
    if product.category == "silicone" and colour == "Clear":
        return PALE_GROUND
    return WHITE_GROUND if "valves" in product.slug else BACKDROPS[product.category]


def accessory(product: Product, variant: Variant) -> Pieces:
    if "oil" in product.slug:
        return scene_objects.oil_bottle(millilitres(variant))
    valves = [scene_objects.valve() for _ in range(6)]
    return in_rows([[scene_objects.hose()], valves[:3], valves[3:]], gap=12, stagger=6)


def around(centre: tuple[float, float, float], reach: float) -> Points:
    corners = np.array([(x, y, z) for x in (-1, 1) for y in (-0.01, 0.01) for z in (-1, 1)])
    return np.array(centre) + corners * reach


def millilitres(variant: Variant) -> int:
    return int(variant.attributes["size"].split()[0])
