"""Objects of the scenes as pieces (mesh and material), standing on z = 0 at the origin."""

import numpy as np

from catalog_seed.studio import bottle, brand, coins, cups, materials, pump, ruler
from catalog_seed.studio.catalog import Cup, Product
from catalog_seed.studio.curves import Points, longest_side
from catalog_seed.studio.materials import Material
from catalog_seed.studio.mesh import Matrix, band, lathe, shift, slab, tube, turn
from catalog_seed.studio.shots import Piece, Pieces, moved

RUBBER = materials.rubber()
DARK = materials.hard_plastic((0.05, 0.06, 0.065), 0.25)
WHITE = materials.hard_plastic()


def profile(product: Product, cup: Cup) -> Points:
    """The profile of this product's cup."""
    if product.category == "silicone":
        return cups.silicone_cup(cup.diameter, cup.height)
    if product.category == "plastic":
        return cups.pump_cup(cup.diameter, cup.height)
    if "bulb" not in product.suction.lower():
        return cups.glass_valve_cup(cup.diameter, cup.height)
    shape = cups.glide_cup if "glide" in product.slug else cups.bulb_cup
    return shape(cup.diameter, cup.height)


def standing_cup(product: Product, cup: Cup, color: str) -> Pieces:
    """A cup on its rim, with its bulb or valve."""
    pieces = [Piece(lathe(profile(product, cup)), _cup_material(product, color))]
    if product.category == "silicone":
        return pieces
    if "bulb" in product.suction.lower():
        return [*pieces, Piece(lathe(cups.rubber_bulb(cup.diameter, cup.height)), RUBBER)]
    return [*pieces, *moved(valve(), shift(z=cup.height - cups.VALVE_SUNK))]


def lying_cup(product: Product, cup: Cup, color: str, yaw: float) -> Pieces:
    """A cup on its side, resting on rim and bulb; yaw 0 (degrees) shows its mouth."""
    outline = profile(product, cup)
    pose = turn("z", 90 + yaw) @ resting_pose(outline)
    body = Piece(lathe(outline), _cup_material(product, color)).moved(pose)
    centre = (body.mesh.vertices[:, :2].min(0) + body.mesh.vertices[:, :2].max(0)) / 2
    return [body.moved(shift(-centre[0], -centre[1]))]


def resting_pose(outline: Points) -> Matrix:
    """The matrix that lays a body of revolution on the longest edge of its outline."""
    low, high = longest_side(outline)
    along = high - low
    outward = np.degrees(np.arctan2(-along[0], along[1]))
    pose = turn("y", 90 + outward)
    drop = (pose[:3, :3] @ (low[0], 0, low[1]))[2]
    return shift(z=-drop) @ pose


def valve() -> Pieces:
    return [Piece(lathe(cups.valve(), segments=96), WHITE)]


def hand_pump() -> Pieces:
    """The pump on its side along x, knob to the right."""
    pose = shift(z=pump.PUMP_RADIUS) @ turn("y", -90) @ shift(z=-pump.PUMP_LENGTH / 2)
    return moved(_upright_pump(), pose)


def pump_on_valve(cup_height: float) -> Pieces:
    """The pump upright over a standing cup of this height (mm), its nozzle on the pin of the valve."""
    tip = cup_height - cups.VALVE_SUNK + cups.VALVE_SHOULDER
    return moved(_upright_pump(), shift(z=tip + pump.PUMP_LENGTH) @ turn("x", 180))


def _upright_pump() -> Pieces:
    """The pump standing on its knob."""
    materials_by_part = {"barrel": materials.polycarbonate(), "knob": DARK, "ring": DARK}
    return [
        Piece(lathe(part), materials_by_part.get(name, WHITE)) for name, part in pump.pump_parts().items()
    ]


def hose() -> Pieces:
    """The coiled hose with a plug and a socket at its ends."""
    path = pump.hose_path()
    pieces = [Piece(tube(path, pump.HOSE_RADIUS), materials.hose_plastic())]
    for end, inner, socket in ((path[0], path[1], True), (path[-1], path[-2], False)):
        yaw = float(np.degrees(np.arctan2(*(end - inner)[1::-1])))
        pose = shift(end[0], end[1], 5.6) @ turn("z", yaw) @ turn("y", 90) @ shift(z=-4)
        pieces += moved([Piece(lathe(pump.hose_end(socket=socket), segments=64), WHITE)], pose)
    return pieces


def oil_bottle(millilitres: int) -> Pieces:
    size = bottle.BOTTLES[millilitres]
    radius, low, high = bottle.label_band(size)
    label = materials.printed(brand.bottle_label(size.millilitres, radius, high - low, bottle.LABEL_ANGLE))
    return [
        Piece(lathe(bottle.body(size)), materials.amber_glass()),
        Piece(lathe(bottle.cap(size)), DARK),
        Piece(band(radius, low, high, bottle.LABEL_ANGLE), label),
    ]


def rule(length: int) -> Pieces:
    """A ruler of `length` mm along x, its zero at the left end."""
    mesh = slab(length + 2 * ruler.END_MARGIN, ruler.WIDTH, ruler.THICKNESS, corner=2.0, bevel=0.15)
    return [Piece(mesh, materials.printed(ruler.draw_face(length), alpha=0.3))]


def coin() -> Pieces:
    """A plain two-coloured coin lying on the table, as wide and thick as 1 euro; a quarter dollar is 1 mm wider."""
    disc, core = coins.ring(), coins.core()
    return [Piece(lathe(disc), materials.brass()), Piece(lathe(core), materials.tin_plate())]


def _cup_material(product: Product, color: str) -> Material:
    if product.category == "silicone":
        return materials.silicone(color)
    return materials.glass(color) if product.category == "glass" else materials.polycarbonate(color)
