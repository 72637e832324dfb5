"""The picture of how a cup holds: on a plain form in a light and a dark skin tone, one mechanism each.

The form is the back of a thigh, one of the places that the guides name, and the cup stands in its middle.
"""

import numpy as np

from catalog_seed.studio import cups, display_form, materials, props, scene_objects
from catalog_seed.studio.backdrop import BACKDROPS
from catalog_seed.studio.catalog import Cup, Product, Variant
from catalog_seed.studio.curves import Points
from catalog_seed.studio.display_form import Seat, thigh
from catalog_seed.studio.mesh import shift, turn
from catalog_seed.studio.shots import Piece, Pieces, Shot, View, moved

DRAWN_UP = 0.13  # of a cup's diameter: light suction
SQUEEZE_LEFT = {
    "silicone": 0.26,
    "bulb": 0.14,
}  # how far a squeezed bulb stays pressed in while the cup holds


def in_use(product: Product, variant: Variant) -> Shot:
    """A cup on each form; on the front one of a set with pump, the pump is still on the valve."""
    large = variant.cups[0]
    small = variant.cups[len(variant.cups) // 2]
    front = _form(product, variant, large, at=-8, tone="light", with_pump=product.has_in_box("hand pump"))
    back = _form(product, variant, small, at=34, tone="dark", with_pump=False)
    pieces = [*moved(front, shift(y=-88)), *moved(back, shift(y=92))]
    cloth = props.beside(props.linen_cloth(520, 470, props.SAGE), 0, 20, -3)
    view = View(elevation=27, azimuth=-16, margin=1.0, aperture=0.9, vertical_shift=0)
    return Shot(
        pieces,
        view,
        BACKDROPS[product.category],
        frame_points=_frame(product.has_in_box("hand pump")),
        props=cloth,
        floor=-props.CLOTH_HEIGHT,
    )


def _form(product: Product, variant: Variant, cup: Cup, *, at: float, tone: str, with_pump: bool) -> Pieces:
    seat = Seat(at, cup.diameter, DRAWN_UP * cup.diameter)
    held = _pressed_in(product, scene_objects.standing_cup(product, cup, variant.color), cup)
    if with_pump:
        held += scene_objects.pump_on_valve(cup.height)
    return [Piece(thigh([seat]), materials.skin(tone)), *moved(held, seat.pose)]


def _pressed_in(product: Product, pieces: Pieces, cup: Cup) -> Pieces:
    """The bulb of the cup, its last piece, still pressed in at two sides; a valve stays as it is."""
    kind = "bulb" if "bulb" in product.suction.lower() else product.category
    if kind not in SQUEEZE_LEFT:
        return pieces
    *others, bulb = pieces
    low = cup.height * cups.SILICONE_NECK if kind == "silicone" else cup.height
    vertices = bulb.mesh.vertices
    top = float(vertices[:, 2].max())
    share = np.clip((vertices[:, 2] - low) / (top - low), 0, 1)
    press = SQUEEZE_LEFT[kind] * np.sin(np.pi * share) ** 2
    squeezed = vertices * np.column_stack([1 - press, 1 + 0.4 * press, np.ones_like(press)])
    turned = Piece(display_form.reshaped(bulb.mesh, squeezed), bulb.material).moved(turn("z", 20))
    return [*moved(others, turn("z", 20)), turned]


def _frame(with_pump: bool) -> Points:
    """The corners of what the picture shows: both cups, and the pump where one stands on the front cup."""
    low, high = (-125.0, -150.0, 40.0), (140.0, 110.0, 350.0 if with_pump else 235.0)
    return np.array(
        [(x, y, z) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])]
    )
