"""The picture of the box contents, and the picture of all sizes on a ruler."""

from dataclasses import replace

import numpy as np

from catalog_seed.studio import packaging, ruler, scene_objects
from catalog_seed.studio.alt_text import has_hose
from catalog_seed.studio.backdrop import accessory_pieces, make_shot, millilitres
from catalog_seed.studio.catalog import Product, Variant
from catalog_seed.studio.mesh import shift, turn
from catalog_seed.studio.placement import Row, bounds, place_in_rows, split_into_rows
from catalog_seed.studio.pouch import pouch
from catalog_seed.studio.shots import Pieces, Shot, View, moved


def box(product: Product, variant: Variant) -> Shot:
    """All contents of the box, seen from above; from there black cards would lean into the picture."""
    if product.has_in_box("lined box"):
        pieces = _lined_box_layout(product, variant)
    else:
        pieces = place_in_rows(_layout_rows(product, variant), gap=16, row_gap=16)
    view = View(elevation=52, distance=900, margin=1.12, aperture=0.9, vertical_shift=0)
    return replace(make_shot(product, pieces, view, variant.color), black_cards=False)


def scale(product: Product, variant: Variant) -> Shot:
    """One cup of each size on a ruler, its left edge on a centimetre mark, so that the diameter can be read.

    The coin in front shows the size to those who read no marks.
    """
    row = _distinct_sizes(product, variant)
    edges = [(bounds(item)[0][0], bounds(item)[1][0]) for item in row]
    marks, mark = [], 10.0
    for low, high in edges:
        marks.append(mark)
        mark += 10 * np.ceil((high - low + 8) / 10)
    length = int(50 * np.ceil(mark / 50))
    pieces = scene_objects.rule(length)
    for item, at, (low, _) in zip(row, marks, edges, strict=True):
        pieces += moved(item, shift(at - low - length / 2, 0, ruler.THICKNESS))
    coin_y = -(max(ruler.WIDTH, row[0][0].mesh.vertices[:, 1].max() * 2) / 2 + 22)
    pieces += moved(scene_objects.coin(), shift(marks[0] + 8 - length / 2, coin_y))
    view = View(elevation=27, distance=1100, margin=1.08, aperture=0.6, vertical_shift=0)
    shot = make_shot(product, pieces, view, variant.color)
    # Beside a single cup the cards stand so near that one shows in the corner of the picture.
    return replace(shot, black_cards=shot.black_cards and len(row) > 1)


def _layout_rows(product: Product, variant: Variant) -> list[Row]:
    """Rows from back to front for a layout on the table: cups, then the insert and the packaging."""
    cup_pieces = [scene_objects.standing_cup(product, cup, variant.color) for cup in variant.cups]
    cup_pieces = cup_pieces or [accessory_pieces(product, variant)]
    rest = _packaging_row(product, variant)
    if product.has_in_box("round tin"):
        return [rest, [packaging.folded_insert(), *cup_pieces]]
    if len(cup_pieces) == 1 and not rest:
        return [[*cup_pieces, packaging.folded_insert()]]
    return [
        *split_into_rows(cup_pieces, 3 if len(cup_pieces) == 6 else 4),
        [packaging.folded_insert(), *rest],
    ]


def _packaging_row(product: Product, variant: Variant) -> Row:
    """Pouch, tin or tools that come with the cups, without the insert."""
    if product.has_in_box("cotton pouch"):
        return [pouch(*_pouch_size(variant))]
    if product.has_in_box("round tin"):
        inside = sum(cup.diameter for cup in variant.cups) + 10
        return [packaging.round_tin(inside, 56), packaging.tin_lid(inside)]
    tools = _box_tools(product, variant)
    return [place_in_rows([[tool] for tool in tools], gap=14)] if tools else []


def _pouch_size(variant: Variant) -> tuple[float, float]:
    """Width and height in mm of a pouch that holds the cups lying side by side."""
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
    return [*tools, place_in_rows([small], gap=14)] if small else tools


def _lined_box_layout(product: Product, variant: Variant) -> Pieces:
    """Cups and tools standing in the lined box, the insert beside it."""
    upright = [scene_objects.standing_cup(product, cup, variant.color) for cup in variant.cups]
    rows = split_into_rows(upright, {2: 2, 4: 2, 6: 3, 8: 4}.get(len(upright), 4))
    tools = [place_in_rows([[*_box_tools(product, variant)]], gap=12)] if _box_tools(product, variant) else []
    inside = place_in_rows([*rows, *([tools] if tools else [])], gap=7)
    low, high = bounds(inside)
    width, depth = (float(side) for side in (high - low)[:2] + 14)
    edge = 0.5 * variant.cups[0].height
    centre = (low + high) / 2
    filled = moved(inside, shift(-centre[0], -centre[1], packaging.FLOOR_HEIGHT))
    # The lid is as deep as what stands above the edge needs.
    lid = packaging.box_lid(width, depth, float(high[2]) + packaging.FLOOR_HEIGHT + 6 - edge)
    tray = [*packaging.lined_box(width, depth, edge), *filled]
    leaflet = moved(packaging.folded_insert(), turn("z", -7))
    return place_in_rows([[lid], [tray, leaflet]], gap=22, row_gap=18, stagger=-28)


def _distinct_sizes(product: Product, variant: Variant) -> Row:
    """Each size once, largest first, over all variants of a product."""
    if not variant.cups:
        return _accessory_row(product)
    sizes = {cup.diameter: cup for v in product.variants for cup in v.cups}
    ordered = sorted(sizes.values(), key=lambda cup: -cup.diameter)
    return [scene_objects.standing_cup(product, cup, variant.color) for cup in ordered]


def _accessory_row(product: Product) -> Row:
    if "oil" in product.slug:
        return [scene_objects.oil_bottle(millilitres(variant)) for variant in reversed(product.variants)]
    return [scene_objects.valve() for _ in range(3)]
