"""What is in the box, and the sizes on a rule."""

import numpy as np

from catalog_seed.studio import packaging, ruler, scene_objects
from catalog_seed.studio.alt_text import has_hose
from catalog_seed.studio.backdrop import accessory, millilitres, on_set
from catalog_seed.studio.catalog import Product, Variant
from catalog_seed.studio.mesh import shift, turn
from catalog_seed.studio.placement import Row, bounds, in_grid, in_rows
from catalog_seed.studio.pouch import pouch
from catalog_seed.studio.shots import Pieces, Shot, View, moved


def box(product: Product, variant: Variant) -> Shot:
    """Everything that is in the box, seen from above."""
    if product.has_in_box("lined box"):
        pieces = _boxed(product, variant)
    else:
        pieces = in_rows(_laid_out(product, variant), gap=16, deep=16)
    view = View(elevation=52, distance=900, margin=1.12, aperture=0.9, lift=0)
    return on_set(product, pieces, view, variant.colour)


def scale(product: Product, variant: Variant) -> Shot:
    """One of each size standing on a rule: the rim's left and right edge can be read off."""
    row = _one_of_each(product, variant)
    edges = [(bounds(thing)[0][0], bounds(thing)[1][0]) for thing in row]
    marks, mark = [], 10.0
    for low, high in edges:
        marks.append(mark)
        mark += 10 * np.ceil((high - low + 8) / 10)
    length = int(50 * np.ceil(mark / 50))
    pieces = scene_objects.rule(length)
    for thing, at, (low, _) in zip(row, marks, edges, strict=True):
        pieces += moved(thing, shift(at - low - length / 2, 0, ruler.THICKNESS))
    view = View(elevation=27, distance=1100, margin=1.08, aperture=0.6, lift=0)
    return on_set(product, pieces, view, variant.colour)


def _laid_out(product: Product, variant: Variant) -> list[Row]:
    """Rows for a layout on the table: cups behind, in front the insert and what else comes with them."""
    things_ = [scene_objects.standing_cup(product, cup, variant.colour) for cup in variant.cups]
    things_ = things_ or [accessory(product, variant)]
    rest = _packing(product, variant)
    if product.has_in_box("round tin"):
        return [rest, [packaging.insert(), *things_]]
    if len(things_) == 1 and not rest:
        return [[*things_, packaging.insert()]]
    return [*in_grid(things_, 3 if len(things_) == 6 else 4), [packaging.insert(), *rest]]


def _packing(product: Product, variant: Variant) -> Row:
    """What comes with the cups, the insert apart."""
    if product.has_in_box("cotton pouch"):
        return [pouch(*_pouch_size(variant))]
    if product.has_in_box("round tin"):
        inside = sum(cup.diameter for cup in variant.cups) + 10
        return [packaging.round_tin(inside, 56), packaging.tin_lid(inside)]
    tools = _box_tools(product, variant)
    return [in_rows([[tool] for tool in tools], gap=14)] if tools else []


def _pouch_size(variant: Variant) -> tuple[float, float]:
    """Large enough that the cups, lying side by side, go in."""
    side = float(np.sqrt(2.6 * sum(cup.diameter * cup.height for cup in variant.cups)))
    return side, 1.2 * side


def _box_tools(product: Product, variant: Variant) -> Row:
    tools: Row = []
    if not variant.cups:
        return tools
    if product.has_in_box("hand pump"):
        tools.append(scene_objects.hand_pump())
    small: Row = [scene_objects.valve(), scene_objects.valve()] if product.has_in_box("spare valves") else []
    if has_hose(product, variant):
        small.append(scene_objects.hose())
    return [*tools, in_rows([small], gap=14)] if small else tools


def _boxed(product: Product, variant: Variant) -> Pieces:
    """Cups and tools standing in the lined box, the insert beside it."""
    upright = [scene_objects.standing_cup(product, cup, variant.colour) for cup in variant.cups]
    rows = in_grid(upright, {2: 2, 4: 2, 6: 3, 8: 4}.get(len(upright), 4))
    tools = [in_rows([[*_box_tools(product, variant)]], gap=12)] if _box_tools(product, variant) else []
    inside = in_rows([*rows, *([tools] if tools else [])], gap=7)
    low, high = bounds(inside)
    width, depth = (float(side) for side in (high - low)[:2] + 14)
    edge = 0.5 * variant.cups[0].height
    centre = (low + high) / 2
    filled = moved(inside, shift(-centre[0], -centre[1], packaging.FLOOR))
    # The lid is as deep as what stands above the edge needs.
    lid = packaging.box_lid(width, depth, float(high[2]) + packaging.FLOOR + 6 - edge)
    tray = [*packaging.lined_box(width, depth, edge), *filled]
    leaflet = moved(packaging.insert(), turn("z", -7))
    return in_rows([[lid], [tray, leaflet]], gap=22, deep=18, stagger=-28)


def _one_of_each(product: Product, variant: Variant) -> Row:
    """Each size once, largest first, over all variants of a product."""
    if not variant.cups:
        return _accessory_row(product)
    sizes = {cup.diameter: cup for v in product.variants for cup in v.cups}
    ordered = sorted(sizes.values(), key=lambda cup: -cup.diameter)
    return [scene_objects.standing_cup(product, cup, variant.colour) for cup in ordered]


def _accessory_row(product: Product) -> Row:
    if "oil" in product.slug:
        return [scene_objects.oil_bottle(millilitres(variant)) for variant in reversed(product.variants)]
    return [scene_objects.valve() for _ in range(3)]
