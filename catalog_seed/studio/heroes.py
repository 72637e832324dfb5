"""The main picture of a product: its cups and tools on the plain backdrop."""

import numpy as np

from catalog_seed.studio import scene_objects
from catalog_seed.studio.alt_text import has_hose
from catalog_seed.studio.backdrop import accessory_pieces, make_shot
from catalog_seed.studio.catalog import Product, Variant
from catalog_seed.studio.curves import Points
from catalog_seed.studio.mesh import turn
from catalog_seed.studio.placement import Row, place_in_rows, split_into_rows
from catalog_seed.studio.shots import Pieces, Shot, View, moved

# Twelve cups, eighteen and twenty-four have blocks of their own shape, so that they are told apart on a card.
COLUMNS = {2: 2, 4: 2, 6: 3, 8: 4, 12: 4, 18: 6, 24: 4}
TOOLS_BESIDE = (1, 24)


def hero(product: Product, variant: Variant) -> Shot:
    pieces = accessory_pieces(product, variant) if not variant.cups else _arrange_cups(product, variant)
    return make_shot(
        product,
        pieces,
        _hero_view(product, variant),
        variant.color,
        frame_points=_shared_frame(product, pieces),
    )


def _hero_view(product: Product, variant: Variant) -> View:
    """The more cups, the higher the camera, so that the front row does not hide the back row."""
    if product.slug == "spare-valves-and-hose":
        return View(elevation=34, margin=1.2, aperture=0.8)
    if product.has_in_box("hand pump"):
        return View(
            elevation=min(19 + 0.9 * len(variant.cups), 30) + (14 if len(variant.cups) >= 12 else 0),
            margin=1.12 if len(variant.cups) < 12 else 1.07,
            aperture=0.5,
            vertical_shift=0.02,
        )
    is_small = len(variant.cups) < 3
    return View(
        elevation=13 + 0.9 * len(variant.cups),
        margin=1.26 if is_small else 1.17,
        aperture=1.9 if is_small else 1.2,
        vertical_shift=0.05,
    )


def _arrange_cups(product: Product, variant: Variant) -> Pieces:
    """The cups of a set, small ones in front; in a silicone set one lies and shows its inside."""
    cups = list(variant.cups)
    gap = (0.16 if len(cups) < 12 else 0.10) * cups[0].diameter
    if len(cups) == 1:
        rows = [[scene_objects.standing_cup(product, cups[0], variant.color)]]
    elif product.category == "silicone":
        rows = _rows_with_one_lying(product, variant)
    else:
        columns = COLUMNS.get(len(cups), 3)
        rows = split_into_rows(
            [scene_objects.standing_cup(product, cup, variant.color) for cup in cups], columns
        )
    pieces = place_in_rows(rows, gap=gap, stagger=0.13 * cups[0].diameter if len(rows) > 1 else 0)
    if len(rows) == 1 and len(cups) == 2 and product.category != "silicone":
        pieces = place_in_rows(
            [[item] for item in rows[0]], gap=-0.3 * cups[0].diameter, stagger=0.58 * cups[0].diameter
        )
    return _with_tools(product, variant, pieces)


def _rows_with_one_lying(product: Product, variant: Variant) -> list[Row]:
    cups = list(variant.cups)
    lying = cups.pop(len(cups) // 2)
    lying_pieces = scene_objects.lying_cup(product, lying, variant.color, yaw=24)
    standing_pieces = [scene_objects.standing_cup(product, cup, variant.color) for cup in cups]
    if len(standing_pieces) == 1:
        return [[standing_pieces[0], lying_pieces]]
    in_row = -(-len(standing_pieces) // (2 if len(standing_pieces) < 5 else 3))
    *back, front = split_into_rows(standing_pieces, in_row)
    return [*back, [*front, lying_pieces]]


def _with_tools(product: Product, variant: Variant, cups: Pieces) -> Pieces:
    """Pump and hose in front of the cups; beside one cup, which a pump would hide, and beside the deep block."""
    if not product.has_in_box("hand pump"):
        return cups
    hoses = [scene_objects.hose()] if has_hose(product, variant) else []
    if len(variant.cups) in TOOLS_BESIDE:
        tools = [*hoses, moved(scene_objects.hand_pump(), turn("z", 64))]
        return place_in_rows([[cups, place_in_rows([[tool] for tool in tools], gap=26)]], gap=18)
    pump = moved(scene_objects.hand_pump(), turn("z", 9))
    return place_in_rows([[cups], [pump, *hoses]], gap=16, row_gap=26)


def _shared_frame(product: Product, pieces: Pieces) -> Points | None:
    """A product sold in single sizes is framed by its largest, so that its pictures share one scale."""
    if any(len(variant.cups) != 1 for variant in product.variants) and product.slug != "massage-oil":
        return None
    if product.slug == "massage-oil":
        return np.vstack([piece.mesh.vertices for piece in scene_objects.oil_bottle(250)])
    largest = max((variant.cups[0] for variant in product.variants), key=lambda cup: cup.diameter)
    cup = scene_objects.standing_cup(product, largest, "Clear" if product.category != "silicone" else "Teal")
    return np.vstack([piece.mesh.vertices for piece in [*cup, *pieces]])
