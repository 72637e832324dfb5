"""Close-up pictures of rim, bulb, valve or cap."""

from dataclasses import replace
from itertools import chain

import numpy as np

from catalog_seed.studio import bottle, scene_objects
from catalog_seed.studio.backdrop import box_around, make_shot, millilitres
from catalog_seed.studio.catalog import Product, Variant
from catalog_seed.studio.curves import Points
from catalog_seed.studio.mesh import shift
from catalog_seed.studio.placement import bounds
from catalog_seed.studio.shots import Shot, View, moved


def closeup(product: Product, variant: Variant) -> Shot:
    """The rim, bulb or valve in focus, without the black cards: this near they would stand in the picture."""
    return replace(_detail(product, variant), black_cards=False)


def _detail(product: Product, variant: Variant) -> Shot:
    """The detail in focus, another cup of the set out of focus behind it."""
    if not variant.cups:
        return _accessory_closeup(product, variant)
    if product.category == "silicone":
        return _rim_closeup(product, variant)
    cup = variant.cups[0]
    front = scene_objects.standing_cup(product, cup, variant.color)
    top = bounds(front)[1][2]
    bulb = "bulb" in product.suction.lower()
    half_size = (0.60 if bulb else 0.46) * cup.diameter
    side = 1 if len(variant.cups) % 4 else -1
    behind = moved(
        scene_objects.standing_cup(product, variant.cups[-1], variant.color), shift(side * cup.diameter, 75)
    )
    view = View(
        elevation=17,
        azimuth=-12 * side,
        distance=420,
        aperture=2.6,
        margin=1.0,
        vertical_shift=0,
        focus=(0, -9, top - 12),
    )
    pieces = front + behind if len(variant.cups) > 1 else front
    detail = box_around((0, 0, top - 0.86 * half_size), half_size)
    return make_shot(
        product, pieces, view, variant.color, frame_points=detail, back_edge=_back_edge(detail, view)
    )


def _back_edge(detail: Points, view: View) -> float:
    """How far back (y, in mm) board or cloth has to go to end a quarter up the picture of this detail."""
    low, high = detail[:, 2].min(), detail[:, 2].max()
    return float((low + 0.25 * (high - low)) / np.tan(np.radians(view.elevation)))


def _accessory_closeup(product: Product, variant: Variant) -> Shot:
    view = View(elevation=18, azimuth=-14, distance=380, margin=1.0, aperture=2.4, vertical_shift=0)
    if "oil" in product.slug:
        size = bottle.BOTTLES[millilitres(variant)]
        detail = box_around((0, 0, size.body - 4), 33)
        pieces = scene_objects.oil_bottle(size.millilitres)
        return make_shot(product, pieces, view, frame_points=detail, back_edge=_back_edge(detail, view))
    row = [moved(scene_objects.valve(), shift(x, y)) for x, y in ((-12, -6), (12, 6), (34, -14))]
    hose = moved(scene_objects.hose(), shift(8, 84))
    return make_shot(
        product, [*hose, *chain.from_iterable(row)], view, frame_points=box_around((6, 0, 8), 24)
    )


def _rim_closeup(product: Product, variant: Variant) -> Shot:
    """Up to two cups: the inside of a lying cup. Larger sets: the rims of cups in a row."""
    if len(variant.cups) > 2:
        return _rim_row(product, variant)
    cup = variant.cups[0]
    front = scene_objects.lying_cup(product, cup, variant.color, yaw=34)
    low, high = bounds(front)
    behind = scene_objects.standing_cup(product, variant.cups[-1], variant.color)
    pieces = front + (
        moved(behind, shift(-cup.diameter * 0.75, cup.diameter * 1.3)) if len(variant.cups) > 1 else []
    )
    lip = ((low + high)[0] / 2 - 0.12 * cup.diameter, low[1] + 0.25 * cup.diameter, 0.48 * cup.diameter)
    view = View(
        elevation=20,
        distance=420,
        margin=1.0,
        aperture=1.8,
        vertical_shift=0,
        focus=(lip[0], low[1] + 8, lip[2]),
    )
    return make_shot(product, pieces, view, variant.color, frame_points=box_around(lip, 0.50 * cup.diameter))


def _rim_row(product: Product, variant: Variant) -> Shot:
    largest, cup, last = variant.cups[0], variant.cups[1], variant.cups[-1]
    front = scene_objects.standing_cup(product, cup, variant.color)
    lying = scene_objects.lying_cup(product, last, variant.color, yaw=-30)
    back = scene_objects.standing_cup(product, largest, variant.color)
    pieces = [
        *front,
        *moved(lying, shift(0.95 * cup.diameter, 0.05 * cup.diameter)),
        *moved(back, shift(0.55 * cup.diameter, 1.35 * cup.diameter)),
    ]
    detail = (0.30 * cup.diameter, 0, 0.42 * cup.height)
    view = View(
        elevation=16,
        distance=420,
        margin=1.0,
        aperture=1.8,
        vertical_shift=0,
        focus=(0, -cup.diameter / 2, 10),
    )
    return make_shot(
        product, pieces, view, variant.color, frame_points=box_around(detail, 0.56 * cup.diameter)
    )
