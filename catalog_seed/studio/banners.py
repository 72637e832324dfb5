"""The banner pictures of the home page: all materials together, and one for each category."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from catalog_seed.studio import props, scene_objects
from catalog_seed.studio.backdrop import BACKDROPS, make_shot
from catalog_seed.studio.catalog import Cup, product
from catalog_seed.studio.mesh import shift, turn
from catalog_seed.studio.placement import place_in_rows
from catalog_seed.studio.shots import Pieces, Shot, View, moved

DARK_BACKDROP = (0.05, 0.047, 0.041)  # next to the ground of the shop's dark pages
CATEGORY_VIEW = View(elevation=16, margin=1.18, aperture=1.0, vertical_shift=0.05)


@dataclass(frozen=True, slots=True)
class Banner:
    """A file of store/storefront/static/brand/; `width` and `height` in pixels."""

    file: str
    width: int
    height: int
    scene: Callable[[], Shot]


def banners() -> Mapping[str, Banner]:
    all_banners = [
        Banner("hero-wide.webp", 1600, 900, _hero_wide),
        Banner("hero-phone.webp", 1080, 1350, _hero_phone),
        Banner("hero-wide-dark.webp", 1600, 900, _hero_wide_dark),
        Banner("hero-phone-dark.webp", 1080, 1350, _hero_phone_dark),
        Banner("category-silicone.webp", 1600, 900, _silicone),
        Banner("category-glass.webp", 1600, 900, _glass),
        Banner("category-plastic.webp", 1600, 900, _plastic),
        Banner("category-accessories.webp", 1600, 900, _accessories),
    ]
    return {banner.file.removesuffix(".webp"): banner for banner in all_banners}


def _hero_wide() -> Shot:
    """All materials at the right, empty backdrop at the left for the text of the page."""
    return _room(View(elevation=15, margin=1.62, aperture=1.6, horizontal_shift=0.35, vertical_shift=0.08))


def _hero_phone() -> Shot:
    return _room(View(elevation=17, margin=1.16, aperture=1.6, vertical_shift=0.16))


def _hero_wide_dark() -> Shot:
    return _by_evening(_hero_wide())


def _hero_phone_dark() -> Shot:
    return _by_evening(_hero_phone())


def _by_evening(shot: Shot) -> Shot:
    """The same set for dark pages: before a dark wall, lit by the window alone."""
    return replace(shot, backdrop=DARK_BACKDROP, room_light=0.5, exposure=0.85)


def _room(view: View) -> Shot:
    """A cup of each material on an oak board, folded towels behind it."""
    towels = props.folded_towels([props.CLAY, props.SAGE, props.ECRU])
    around = [
        *props.beside(props.oak_board(310, 220), 0, 8, 2),
        *moved(props.beside(towels, 128, 210, -12), shift(z=-props.BOARD_HEIGHT)),
    ]
    return Shot(_all_materials(), view, BACKDROPS["silicone"], props=around, floor=-props.BOARD_HEIGHT)


def _all_materials() -> Pieces:
    """A cup of each material and a bottle of oil, as one group."""
    silicone, glass, pump = (
        product("silicone-starter-set"),
        product("glass-bulb-cup"),
        product("pump-single-cup"),
    )
    placed = [
        (scene_objects.standing_cup(silicone, Cup(70, 62), "Teal"), 6, -8),
        (scene_objects.standing_cup(glass, Cup(60, 70), "Clear"), 62, 40),
        (scene_objects.standing_cup(pump, Cup(60, 62), "Clear"), -94, 50),
        (scene_objects.oil_bottle(100), -38, 78),
        (scene_objects.lying_cup(silicone, Cup(60, 54), "Blush", yaw=22), 76, -46),
        (scene_objects.standing_cup(silicone, Cup(45, 42), "Plum"), -60, -44),
    ]
    return [piece for pieces, x, y in placed for piece in moved(pieces, shift(x, y))]


def _silicone() -> Shot:
    silicone = product("silicone-palm-cup")
    colors = ("Teal", "Clear", "Blush", "Charcoal", "Plum")
    row = [scene_objects.standing_cup(silicone, Cup(60, 54), color) for color in colors]
    zigzag = [moved(cup, shift(57.0 * (k - 2), 30.0 if k % 2 else -18.0)) for k, cup in enumerate(row)]
    return make_shot(silicone, list(chain.from_iterable(zigzag)), CATEGORY_VIEW, "Teal")


def _glass() -> Shot:
    bulb, glide, valve = (product(slug) for slug in ("glass-bulb-set", "glass-glide-pair", "glass-valve-set"))
    row = [
        (scene_objects.standing_cup(valve, Cup(60, 66), "Clear"), -108, 20),
        (scene_objects.standing_cup(bulb, Cup(60, 70), "Clear"), -36, -14),
        (scene_objects.standing_cup(glide, Cup(55, 66), "Smoke"), 38, 24),
        (scene_objects.standing_cup(bulb, Cup(40, 52), "Clear"), 96, -20),
    ]
    return make_shot(
        bulb, [piece for pieces, x, y in row for piece in moved(pieces, shift(x, y))], CATEGORY_VIEW
    )


def _plastic() -> Shot:
    home, large = product("pump-home-set"), product("pump-large-cups")
    cups = [scene_objects.standing_cup(large, Cup(75, 72), "Smoke")]
    cups += [scene_objects.standing_cup(home, Cup(d, h), "Clear") for d, h in ((60, 62), (50, 56), (40, 48))]
    back = place_in_rows([cups], gap=16)
    front = moved(scene_objects.hand_pump(), shift(10, -84) @ turn("z", 8))
    return make_shot(home, [*back, *front], replace(CATEGORY_VIEW, elevation=20, aperture=0.5))


def _accessories() -> Shot:
    placed = [
        (scene_objects.oil_bottle(250), -78, 18),
        (scene_objects.oil_bottle(100), -14, -6),
        (scene_objects.hose(), 86, 10),
        (scene_objects.valve(), 22, -52),
        (scene_objects.valve(), 44, -66),
        (scene_objects.valve(), 68, -74),
    ]
    pieces = [piece for pieces, x, y in placed for piece in moved(pieces, shift(x, y))]
    return make_shot(product("massage-oil"), pieces, replace(CATEGORY_VIEW, elevation=20))
