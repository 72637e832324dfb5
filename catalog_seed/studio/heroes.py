"""The hero: the product alone on the paper sweep."""

import numpy as np

from catalog_seed.studio import scene_objects
from catalog_seed.studio.alt_text import has_hose
from catalog_seed.studio.backdrop import accessory, on_set
from catalog_seed.studio.catalog import Product, Variant
from catalog_seed.studio.curves import Points
from catalog_seed.studio.mesh import turn
from catalog_seed.studio.placement import Row, in_grid, in_rows
from catalog_seed.studio.shots import Pieces, Shot, View, moved


def hero(product: Product, variant: Variant) -> Shot:
    pieces = accessory(product, variant) if not variant.cups else _group(product, variant)
    return on_set(
        product, pieces, _hero_view(product, variant), variant.colour, framing=_widest(product, pieces)
    )


def _hero_view(product: Product, variant: Variant) -> View:
    """The more there is, the higher the camera, so that the front does not hide the back."""
    if product.slug == "spare-valves-and-hose":
        return View(elevation=34, margin=1.2, aperture=0.8)
    if _tools(product, variant):
        return View(elevation=min(19 + 0.9 * len(variant.cups), 36), margin=1.19, aperture=0.5, lift=0.02)
    few = len(variant.cups) < 3
    return View(elevation=13 + 0.9 * len(variant.cups), margin=1.26 if few else 1.17, aperture=1.0, lift=0.05)


def _group(product: Product, variant: Variant) -> Pieces:
    """The cups of a set, small ones in front; a silicone set shows one from inside."""
    cups = list(variant.cups)
    gap = 0.16 * cups[0].diameter
    if len(cups) == 1:
        rows = [[scene_objects.standing_cup(product, cups[0], variant.colour)]]
    elif product.category == "silicone":
        rows = _with_one_lying(product, variant)
    else:
        columns = {2: 2, 4: 2, 6: 3, 8: 4, 12: 4, 18: 6}.get(len(cups), 6 if len(cups) > 12 else 3)
        rows = in_grid([scene_objects.standing_cup(product, cup, variant.colour) for cup in cups], columns)
    extras = _tools(product, variant)
    pieces = in_rows(rows, gap=gap, stagger=0.13 * cups[0].diameter if len(rows) > 1 else 0)
    if len(rows) == 1 and len(cups) == 2 and product.category != "silicone":
        pieces = in_rows(
            [[thing] for thing in rows[0]], gap=-0.3 * cups[0].diameter, stagger=0.58 * cups[0].diameter
        )
    return in_rows([[pieces], *extras], gap=16, deep=26) if extras else pieces


def _with_one_lying(product: Product, variant: Variant) -> list[Row]:
    cups = list(variant.cups)
    lying = cups.pop(len(cups) // 2)
    down = scene_objects.lying_cup(product, lying, variant.colour, yaw=24)
    up = [scene_objects.standing_cup(product, cup, variant.colour) for cup in cups]
    if len(up) == 1:
        return [[up[0], down]]
    half = (len(up) + 1) // 2
    return [up[:half], [*up[half:], down]]


def _tools(product: Product, variant: Variant) -> list[Row]:
    """The pump in front of the cups, the hose beside it where the variant has one."""
    if not product.has_in_box("hand pump"):
        return []
    pump = moved(scene_objects.hand_pump(), turn("z", 9))
    return [[pump, scene_objects.hose()]] if has_hose(product, variant) else [[pump]]


def _widest(product: Product, pieces: Pieces) -> Points | None:
    """A product sold in single sizes is framed by its largest, so that its pictures share one scale."""
    if any(len(variant.cups) != 1 for variant in product.variants) and product.slug != "massage-oil":
        return None
    if product.slug == "massage-oil":
        return np.vstack([piece.mesh.vertices for piece in scene_objects.oil_bottle(250)])
    largest = max((variant.cups[0] for variant in product.variants), key=lambda cup: cup.diameter)
    cup = scene_objects.standing_cup(product, largest, "Clear" if product.category != "silicone" else "Teal")
    return np.vstack([piece.mesh.vertices for piece in [*cup, *pieces]])
