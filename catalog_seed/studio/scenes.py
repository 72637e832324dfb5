"""What each kind of picture shows: hero, close-up, box and scale, for any product of the catalogue."""

from collections.abc import Callable, Mapping

import numpy as np

from catalog_seed.studio import bottle, packing, ruler, things
from catalog_seed.studio.alt import has_hose
from catalog_seed.studio.arrange import Row, bounds, in_grid, in_rows
from catalog_seed.studio.catalogue import Product, Variant
from catalog_seed.studio.curves import Points
from catalog_seed.studio.looks import Plan
from catalog_seed.studio.materials import Colour
from catalog_seed.studio.mesh import shift, turn
from catalog_seed.studio.shots import Pieces, Shot, View, moved

BACKDROPS: Mapping[str, Colour] = {
    "silicone": (0.83, 0.80, 0.76),
    "glass": (0.63, 0.645, 0.65),
    "plastic": (0.72, 0.75, 0.77),
    "accessories": (0.80, 0.775, 0.735),
}
PALE_GROUND: Colour = (0.40, 0.41, 0.415)


def shot(plan: Plan) -> Shot:
    """The picture a plan asks for."""
    makers: Mapping[str, Callable[[Product, Variant], Shot]] = {
        "hero": hero,
        "closeup": closeup,
        "box": box,
        "scale": scale,
    }
    return makers[plan.kind](plan.product, plan.variant)


def hero(product: Product, variant: Variant) -> Shot:
    pieces = _accessory(product, variant) if not variant.cups else _group(product, variant)
    return _on_set(
        product, pieces, _hero_view(product, variant), variant.colour, framing=_widest(product, pieces)
    )


def closeup(product: Product, variant: Variant) -> Shot:
    """Rim, bulb or valve, sharp; whatever else the set has is soft behind it."""
    if not variant.cups:
        return _accessory_closeup(product, variant)
    if product.category == "silicone":
        return _rim_closeup(product, variant)
    cup = variant.cups[0]
    front = things.standing_cup(product, cup, variant.colour)
    top = bounds(front)[1][2]
    bulb = "bulb" in product.suction.lower()
    reach = (0.60 if bulb else 0.46) * cup.diameter
    side = 1 if len(variant.cups) % 4 else -1
    behind = moved(
        things.standing_cup(product, variant.cups[-1], variant.colour), shift(side * cup.diameter, 75)
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
    return _on_set(product, pieces, view, variant.colour, framing=_around((0, 0, top - 0.86 * reach), reach))


def box(product: Product, variant: Variant) -> Shot:
    """Everything that is in the box, seen from above."""
    if product.has_in_box("lined box"):
        pieces = _boxed(product, variant)
    else:
        pieces = in_rows(_laid_out(product, variant), gap=16, deep=16)
    view = View(elevation=52, distance=900, margin=1.12, aperture=0.9, lift=0)
    return _on_set(product, pieces, view, variant.colour)


def scale(product: Product, variant: Variant) -> Shot:
    """One of each size standing on a rule: the rim's left and right edge can be read off."""
    row = _one_of_each(product, variant)
    edges = [(bounds(thing)[0][0], bounds(thing)[1][0]) for thing in row]
    marks, mark = [], 10.0
    for low, high in edges:
        marks.append(mark)
        mark += 10 * np.ceil((high - low + 8) / 10)
    length = int(50 * np.ceil(mark / 50))
    pieces = things.rule(length)
    for thing, at, (low, _) in zip(row, marks, edges, strict=True):
        pieces += moved(thing, shift(at - low - length / 2, 0, ruler.THICKNESS))
    view = View(elevation=27, distance=1100, margin=1.08, aperture=0.6, lift=0)
    return _on_set(product, pieces, view, variant.colour)


def _on_set(
    product: Product, pieces: Pieces, view: View, colour: str = "", framing: Points | None = None
) -> Shot:
    """Clear things need a darker ground and black cards to be seen."""
    clear = product.category in ("glass", "plastic")
    pale = product.category == "silicone" and colour == "Clear"
    ground = PALE_GROUND if pale else BACKDROPS[product.category]
    return Shot(pieces, view, ground, black_cards=clear or pale, framing=framing)


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
        rows = [[things.standing_cup(product, cups[0], variant.colour)]]
    elif product.category == "silicone":
        rows = _with_one_lying(product, variant)
    else:
        columns = {2: 2, 4: 2, 6: 3, 8: 4, 12: 4, 18: 6}.get(len(cups), 6 if len(cups) > 12 else 3)
        rows = in_grid([things.standing_cup(product, cup, variant.colour) for cup in cups], columns)
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
    down = things.lying_cup(product, lying, variant.colour, yaw=24)
    up = [things.standing_cup(product, cup, variant.colour) for cup in cups]
    if len(up) == 1:
        return [[up[0], down]]
    half = (len(up) + 1) // 2
    return [up[:half], [*up[half:], down]]


def _tools(product: Product, variant: Variant) -> list[Row]:
    """The pump in front of the cups, the hose beside it where the variant has one."""
    if not product.has_in_box("hand pump"):
        return []
    pump = moved(things.hand_pump(), turn("z", 9))
    return [[pump, things.hose()]] if has_hose(product, variant) else [[pump]]


def _accessory(product: Product, variant: Variant) -> Pieces:
    if "oil" in product.slug:
        return things.oil_bottle(_millilitres(variant))
    valves = [things.valve() for _ in range(6)]
    return in_rows([[things.hose()], valves[:3], valves[3:]], gap=12, stagger=6)


def _accessory_closeup(product: Product, variant: Variant) -> Shot:
    view = View(elevation=18, azimuth=-14, distance=380, margin=1.0, aperture=2.4, lift=0)
    if "oil" in product.slug:
        size = bottle.BOTTLES[_millilitres(variant)]
        detail = _around((0, 0, size.body - 4), 33)
        return _on_set(product, things.oil_bottle(size.millilitres), view, framing=detail)
    row = [moved(things.valve(), shift(x, y)) for x, y in ((-12, -6), (12, 6), (34, -14))]
    hose = moved(things.hose(), shift(8, 84))
    return _on_set(product, sum(row, hose), view, framing=_around((6, 0, 8), 24))


def _rim_closeup(product: Product, variant: Variant) -> Shot:
    """Pairs and singles: into the mouth of a lying cup. Larger sets: along the lips of cups in a row."""
    if len(variant.cups) > 2:
        return _lips(product, variant)
    cup = variant.cups[0]
    front = things.lying_cup(product, cup, variant.colour, yaw=34)
    low, high = bounds(front)
    behind = things.standing_cup(product, variant.cups[-1], variant.colour)
    pieces = front + (
        moved(behind, shift(-cup.diameter * 0.75, cup.diameter * 1.3)) if len(variant.cups) > 1 else []
    )
    lip = ((low + high)[0] / 2 - 0.12 * cup.diameter, low[1] + 0.25 * cup.diameter, 0.48 * cup.diameter)
    view = View(
        elevation=20, distance=420, margin=1.0, aperture=1.8, lift=0, focus=(lip[0], low[1] + 8, lip[2])
    )
    return _on_set(product, pieces, view, variant.colour, framing=_around(lip, 0.50 * cup.diameter))


def _lips(product: Product, variant: Variant) -> Shot:
    largest, cup, last = variant.cups[0], variant.cups[1], variant.cups[-1]
    front = things.standing_cup(product, cup, variant.colour)
    down = things.lying_cup(product, last, variant.colour, yaw=-30)
    back = things.standing_cup(product, largest, variant.colour)
    pieces = [
        *front,
        *moved(down, shift(0.95 * cup.diameter, 0.05 * cup.diameter)),
        *moved(back, shift(0.55 * cup.diameter, 1.35 * cup.diameter)),
    ]
    detail = (0.30 * cup.diameter, 0, 0.42 * cup.height)
    view = View(
        elevation=16, distance=420, margin=1.0, aperture=1.8, lift=0, focus=(0, -cup.diameter / 2, 10)
    )
    return _on_set(product, pieces, view, variant.colour, framing=_around(detail, 0.56 * cup.diameter))


def _laid_out(product: Product, variant: Variant) -> list[Row]:
    """Rows for a layout on the table: cups, then what comes with them, the insert in front."""
    upright = [things.standing_cup(product, cup, variant.colour) for cup in variant.cups]
    columns = {4: 4, 6: 3, 7: 4, 12: 4}.get(len(upright), 4)
    rows = in_grid(upright, columns)
    extras: Row = [packing.insert()]
    if product.has_in_box("cotton pouch"):
        extras.append(packing.pouch(130, 170))
    if product.has_in_box("round tin"):
        tin = max(cup.diameter for cup in variant.cups) + 50
        extras.append(in_rows([[packing.round_tin(tin, 56)], [packing.tin_lid(tin)]], gap=12))
    tools = _box_tools(product, variant)
    if not variant.cups:
        rows = [[_accessory(product, variant)]]
    if len(variant.cups) < 2 and not tools:
        return [[*rows[0], *extras]]
    return [*rows, [*extras, *([in_rows([[tool] for tool in tools], gap=14)] if tools else [])]]


def _box_tools(product: Product, variant: Variant) -> Row:
    tools: Row = []
    if not variant.cups:
        return tools
    if product.has_in_box("hand pump"):
        tools.append(things.hand_pump())
    small: Row = [things.valve(), things.valve()] if product.has_in_box("spare valves") else []
    if has_hose(product, variant):
        small.append(things.hose())
    return [*tools, in_rows([small], gap=14)] if small else tools


def _boxed(product: Product, variant: Variant) -> Pieces:
    """Cups and tools standing in the lined box, the insert beside it."""
    upright = [things.standing_cup(product, cup, variant.colour) for cup in variant.cups]
    rows = in_grid(upright, {2: 2, 4: 2, 6: 3, 8: 4}.get(len(upright), 4))
    tools = [in_rows([[*_box_tools(product, variant)]], gap=12)] if _box_tools(product, variant) else []
    inside = in_rows([*rows, *([tools] if tools else [])], gap=7)
    low, high = bounds(inside)
    width, depth = (high - low)[:2] + 14
    tray = packing.lined_box(float(width), float(depth), 0.5 * variant.cups[0].height)
    centre = (low + high) / 2
    filled = tray + moved(inside, shift(-centre[0], -centre[1], packing.FLOOR))
    leaflet = moved(packing.insert(), turn("z", -7))
    return in_rows([[filled, leaflet]], gap=22)


def _one_of_each(product: Product, variant: Variant) -> Row:
    """Each size once, largest first, over all variants of a product."""
    if not variant.cups:
        return _accessory_row(product)
    sizes = {cup.diameter: cup for v in product.variants for cup in v.cups}
    ordered = sorted(sizes.values(), key=lambda cup: -cup.diameter)
    return [things.standing_cup(product, cup, variant.colour) for cup in ordered]


def _accessory_row(product: Product) -> Row:
    if "oil" in product.slug:
        return [things.oil_bottle(_millilitres(variant)) for variant in reversed(product.variants)]
    return [things.valve() for _ in range(3)]


def _widest(product: Product, pieces: Pieces) -> Points | None:
    """A product sold in single sizes is framed by its largest, so that its pictures share one scale."""
    if any(len(variant.cups) != 1 for variant in product.variants) and product.slug != "massage-oil":
        return None
    if product.slug == "massage-oil":
        return np.vstack([piece.mesh.vertices for piece in things.oil_bottle(250)])
    largest = max((variant.cups[0] for variant in product.variants), key=lambda cup: cup.diameter)
    cup = things.standing_cup(product, largest, "Clear" if product.category != "silicone" else "Teal")
    return np.vstack([piece.mesh.vertices for piece in [*cup, *pieces]])


def _millilitres(variant: Variant) -> int:
    return int(variant.attributes["size"].split()[0])


def _around(centre: tuple[float, float, float], reach: float) -> Points:
    corners = np.array([(x, y, z) for x in (-1, 1) for y in (-0.01, 0.01) for z in (-1, 1)])
    return np.array(centre) + corners * reach
