"""The picture of how a cup holds: on a plain form in a light and a dark skin tone, one mechanism each.

The form is the back of a thigh, one of the places that the guides name, and the cup stands in its middle.
"""

import numpy as np

from catalog_seed.studio import cups, display_form, materials, props, scene_objects
from catalog_seed.studio.backdrop import BACKDROPS
from catalog_seed.studio.catalog import Cup, Product, Variant
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
    with_pump = product.has_in_box("hand pump")
    front, front_cup = _form(product, variant, large, at=-48, tone="light", with_pump=with_pump)
    back, back_cup = _form(product, variant, small, at=56, tone="dark", with_pump=False)
    near, far = shift(y=-82), shift(y=80)
    held = [*moved(front_cup, near), *moved(back_cup, far)]
    cloth = props.beside(props.linen_cloth(640, 520, props.SAGE), 0, 20, -2)
    view = View(elevation=33, azimuth=-9, margin=1.28, aperture=0.9, vertical_shift=-0.04)
    return Shot(
        [front.moved(near), back.moved(far), *held],
        view,
        BACKDROPS[product.category],
        frame_points=np.vstack([piece.mesh.vertices for piece in held]),
        props=cloth,
        floor=-props.CLOTH_HEIGHT,
    )


def _form(
    product: Product, variant: Variant, cup: Cup, *, at: float, tone: str, with_pump: bool
) -> tuple[Piece, Pieces]:
    """A form in this skin tone, and the cup that holds on it, `at` mm from its middle towards the knee."""
    seat = Seat(at, cup.diameter, DRAWN_UP * cup.diameter)
    held = pressed_in(product, scene_objects.standing_cup(product, cup, variant.color), cup)
    if with_pump:
        held += scene_objects.pump_on_valve(cup.height)
    return Piece(thigh([seat]), materials.skin(tone)), moved(held, seat.pose)


def pressed_in(product: Product, pieces: Pieces, cup: Cup) -> Pieces:
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
