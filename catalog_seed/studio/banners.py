"""The wide scenes of the shop window: all materials together, and one for each category."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from catalog_seed.studio import scene_objects
from catalog_seed.studio.backdrop import BACKDROPS
from catalog_seed.studio.catalog import Cup, product
from catalog_seed.studio.mesh import shift, turn
from catalog_seed.studio.placement import in_rows
from catalog_seed.studio.shots import Pieces, Shot, View, moved


@dataclass(frozen=True, slots=True)
class Display:
    """One file of store/storefront/static/brand/."""

    file: str
    width: int
    height: int
    scene: Callable[[], Shot]


def displays() -> Mapping[str, Display]:
    made = [
        Display("hero-wide.webp", 1600, 900, _hero_wide),
        Display("hero-phone.webp", 1080, 1350, _hero_phone),
        Display("category-silicone.webp", 1600, 900, _silicone),
        Display("category-glass.webp", 1600, 900, _glass),
        Display("category-plastic.webp", 1600, 900, _plastic),
        Display("category-accessories.webp", 1600, 900, _accessories),
    ]
    return {display.file.removesuffix(".webp"): display for display in made}


def _hero_wide() -> Shot:
    """Things at the right, quiet paper at the left for the shop's words."""
    return Shot(
        _everything(),
        View(elevation=15, margin=1.62, aperture=1.0, aside=0.35, lift=0.08),
        _ground("silicone"),
    )


def _hero_phone() -> Shot:
    return Shot(_everything(), View(elevation=17, margin=1.16, aperture=1.0, lift=0.16), _ground("silicone"))


def _everything() -> Pieces:
    """The starter cups of each material and a bottle of oil, as one group."""
    soft, glass, pump = product("silicone-starter-set"), product("glass-bulb-cup"), product("pump-single-cup")
    placed = [
        (scene_objects.standing_cup(soft, Cup(70, 62), "Teal"), 6, -8),
        (scene_objects.standing_cup(glass, Cup(60, 70), "Clear"), 62, 40),
        (scene_objects.standing_cup(pump, Cup(60, 62), "Clear"), -94, 50),
        (scene_objects.oil_bottle(100), -38, 78),
        (scene_objects.lying_cup(soft, Cup(60, 54), "Blush", yaw=22), 76, -46),
        (scene_objects.standing_cup(soft, Cup(45, 42), "Plum"), -60, -44),
    ]
    return [piece for thing, x, y in placed for piece in moved(thing, shift(x, y))]


def _silicone() -> Shot:
    soft = product("silicone-palm-cup")
    colours = ("Teal", "Clear", "Blush", "Charcoal", "Plum")
    row = [scene_objects.standing_cup(soft, Cup(60, 54), colour) for colour in colours]
    zigzag = [moved(cup, shift(57.0 * (k - 2), 30.0 if k % 2 else -18.0)) for k, cup in enumerate(row)]
    return Shot(
        list(chain.from_iterable(zigzag)),
        View(elevation=16, margin=1.3, aperture=1.0, lift=0.06),
        _ground("silicone"),
    )


def _glass() -> Shot:
    bulb, glide, valve = (product(slug) for slug in ("glass-bulb-set", "glass-glide-pair", "glass-valve-set"))
    row = [
        (scene_objects.standing_cup(valve, Cup(60, 66), "Clear"), -108, 20),
        (scene_objects.standing_cup(bulb, Cup(60, 70), "Clear"), -36, -14),
        (scene_objects.standing_cup(glide, Cup(55, 66), "Smoke"), 38, 24),
        (scene_objects.standing_cup(bulb, Cup(40, 52), "Clear"), 96, -20),
    ]
    return _clear([piece for thing, x, y in row for piece in moved(thing, shift(x, y))], "glass")


def _plastic() -> Shot:
    home, large = product("pump-home-set"), product("pump-large-cups")
    cups = [scene_objects.standing_cup(large, Cup(75, 72), "Smoke")]
    cups += [scene_objects.standing_cup(home, Cup(d, h), "Clear") for d, h in ((60, 62), (50, 56), (40, 48))]
    back = in_rows([cups], gap=16)
    front = moved(scene_objects.hand_pump(), shift(10, -84) @ turn("z", 8))
    return replace(
        _clear([*back, *front], "plastic"), view=View(elevation=20, margin=1.2, aperture=0.5, lift=0.04)
    )


def _accessories() -> Shot:
    placed = [
        (scene_objects.oil_bottle(250), -78, 18),
        (scene_objects.oil_bottle(100), -14, -6),
        (scene_objects.hose(), 86, 10),
        (scene_objects.valve(), 30, -48),
        (scene_objects.valve(), 58, -60),
        (scene_objects.valve(), 84, -50),
    ]
    pieces = [piece for thing, x, y in placed for piece in moved(thing, shift(x, y))]
    return Shot(pieces, View(elevation=20, margin=1.2, aperture=0.8, lift=0.04), _ground("accessories"))


def _clear(pieces: Pieces, category: str) -> Shot:
    view = View(elevation=15, margin=1.26, aperture=1.0, lift=0.06)
    return Shot(pieces, view, _ground(category), black_cards=True)


def _ground(category: str) -> tuple[float, float, float]:
    return BACKDROPS[category]
