"""The close-up: rim, bulb, valve or cap."""

from itertools import chain

from catalog_seed.studio import bottle, scene_objects
from catalog_seed.studio.backdrop import around, millilitres, on_set
from catalog_seed.studio.catalog import Product, Variant
from catalog_seed.studio.mesh import shift
from catalog_seed.studio.placement import bounds
from catalog_seed.studio.shots import Shot, View, moved


def closeup(product: Product, variant: Variant) -> Shot:
    """Rim, bulb or valve, sharp; whatever else the set has is soft behind it."""
    if not variant.cups:
        return _accessory_closeup(product, variant)
    if product.category == "silicone":
        return _rim_closeup(product, variant)
    cup = variant.cups[0]
    front = scene_objects.standing_cup(product, cup, variant.colour)
    top = bounds(front)[1][2]
    bulb = "bulb" in product.suction.lower()
    reach = (0.60 if bulb else 0.46) * cup.diameter
    side = 1 if len(variant.cups) % 4 else -1
    behind = moved(
        scene_objects.standing_cup(product, variant.cups[-1], variant.colour), shift(side * cup.diameter, 75)
    )
    view = View(
        elevation=17,
        azimuth=-12 * side,
        distance=420,
        aperture=2.6,
        margin=1.0,
        lift=0,
        focus=(0, -9, top - 12),
    )
    pieces = front + behind if len(variant.cups) > 1 else front
    return on_set(product, pieces, view, variant.colour, framing=around((0, 0, top - 0.86 * reach), reach))


def _accessory_closeup(product: Product, variant: Variant) -> Shot:
    view = View(elevation=18, azimuth=-14, distance=380, margin=1.0, aperture=2.4, lift=0)
    if "oil" in product.slug:
        size = bottle.BOTTLES[millilitres(variant)]
        detail = around((0, 0, size.body - 4), 33)
        return on_set(product, scene_objects.oil_bottle(size.millilitres), view, framing=detail)
    row = [moved(scene_objects.valve(), shift(x, y)) for x, y in ((-12, -6), (12, 6), (34, -14))]
    hose = moved(scene_objects.hose(), shift(8, 84))
    return on_set(product, [*hose, *chain.from_iterable(row)], view, framing=around((6, 0, 8), 24))


def _rim_closeup(product: Product, variant: Variant) -> Shot:
    """Pairs and singles: into the mouth of a lying cup. Larger sets: along the lips of cups in a row."""
    if len(variant.cups) > 2:
        return _lips(product, variant)
    cup = variant.cups[0]
    front = scene_objects.lying_cup(product, cup, variant.colour, yaw=34)
    low, high = bounds(front)
    behind = scene_objects.standing_cup(product, variant.cups[-1], variant.colour)
    pieces = front + (
        moved(behind, shift(-cup.diameter * 0.75, cup.diameter * 1.3)) if len(variant.cups) > 1 else []
    )
    lip = ((low + high)[0] / 2 - 0.12 * cup.diameter, low[1] + 0.25 * cup.diameter, 0.48 * cup.diameter)
    view = View(
        elevation=20, distance=420, margin=1.0, aperture=1.8, lift=0, focus=(lip[0], low[1] + 8, lip[2])
    )
    return on_set(product, pieces, view, variant.colour, framing=around(lip, 0.50 * cup.diameter))


def _lips(product: Product, variant: Variant) -> Shot:
    largest, cup, last = variant.cups[0], variant.cups[1], variant.cups[-1]
    front = scene_objects.standing_cup(product, cup, variant.colour)
    down = scene_objects.lying_cup(product, last, variant.colour, yaw=-30)
    back = scene_objects.standing_cup(product, largest, variant.colour)
    pieces = [
        *front,
        *moved(down, shift(0.95 * cup.diameter, 0.05 * cup.diameter)),
        *moved(back, shift(0.55 * cup.diameter, 1.35 * cup.diameter)),
    ]
    detail = (0.30 * cup.diameter, 0, 0.42 * cup.height)
    view = View(
        elevation=16, distance=420, margin=1.0, aperture=1.8, lift=0, focus=(0, -cup.diameter / 2, 10)
    )
    return on_set(product, pieces, view, variant.colour, framing=around(detail, 0.56 * cup.diameter))
