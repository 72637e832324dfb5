"""The set around the products: what they stand on carries them, what stands behind touches none, nothing is framed by it."""

from dataclasses import replace
from functools import cache

import pytest

np = pytest.importorskip("numpy", reason="the studio's geometry needs numpy: requirements/studio.txt")
pytest.importorskip("PIL", reason="drawn surfaces need Pillow")

from catalog_seed.studio import coins, cups, materials, props, pump, scenes, textures  # noqa: E402
from catalog_seed.studio.alt_text import alt_text  # noqa: E402
from catalog_seed.studio.banners import banners  # noqa: E402
from catalog_seed.studio.camera import fit_camera  # noqa: E402
from catalog_seed.studio.catalog import product, products  # noqa: E402
from catalog_seed.studio.placement import bounds  # noqa: E402
from catalog_seed.studio.set_choice import TableSet, table_set  # noqa: E402
from catalog_seed.studio.shot_list import plan, plans  # noqa: E402

HEROES = {
    plan_.path: plan_
    for item in products().values()
    for plan_ in plans(item).values()
    if plan_.kind == "hero"
}


@cache
def hero_shot(path):
    return scenes.build_shot(HEROES[path])


def chosen(path):
    return table_set(HEROES[path].product, HEROES[path].variant.color)


@pytest.mark.parametrize("path", HEROES)
def test_a_board_or_cloth_lies_below_everything_that_is_sold(path):
    if chosen(path) is TableSet.TOWELS:
        pytest.skip("stands on the table itself")
    shot = hero_shot(path)
    low, high = bounds(shot.props)
    product_low, product_high = bounds(shot.pieces)
    assert high[2] == pytest.approx(0, abs=0.01)
    assert low[2] == pytest.approx(shot.floor, abs=0.01)
    assert (low[:2] + 8 < product_low[:2]).all()
    assert (product_high[:2] < high[:2] - 8).all()


@pytest.mark.parametrize("path", HEROES)
def test_towels_stand_on_the_table_behind_everything_that_is_sold(path):
    if chosen(path) is not TableSet.TOWELS:
        pytest.skip("stands on a board or cloth")
    shot = hero_shot(path)
    low, high = bounds(shot.props)
    assert low[2] == pytest.approx(0, abs=0.3)
    assert high[2] == pytest.approx(props.pile_height(2), abs=2)
    assert low[1] > bounds(shot.pieces)[1][1] + 10


def test_clear_cups_stand_on_oak_and_coloured_silicone_before_towels():
    body = product("silicone-body-set")
    assert {table_set(body, color) for color in ("Clear", "Charcoal")} == {TableSet.BOARD, TableSet.TOWELS}
    assert table_set(product("glass-bulb-cup"), "Clear") is TableSet.BOARD
    assert table_set(product("pump-home-set"), "Clear") is TableSet.CLOTH
    assert table_set(product("spare-valves-and-hose"), "Clear") is TableSet.CLOTH
    assert table_set(product("massage-oil"), "Clear") is TableSet.BOARD


@pytest.mark.parametrize("name", banners())
def test_a_banner_has_a_set_too(name):
    assert banners()[name].scene().props


@pytest.mark.parametrize("path", ["silicone-palm-cup/hero.webp", "glass-bulb-set/hero.webp"])
def test_props_do_not_move_the_camera(path):
    shot = hero_shot(path)
    bare = replace(shot, props=[])
    assert fit_camera(shot, 1.0).fov == fit_camera(bare, 1.0).fov
    assert (fit_camera(shot, 1.0).eye == fit_camera(bare, 1.0).eye).all()


def test_a_folded_towel_is_a_closed_body_of_the_size_of_its_fold():
    layer = props.folded_towels([props.ECRU])[0].mesh
    width, depth = props.TOWEL_SIZE
    assert layer.volume() == pytest.approx(width * depth * props.LAYER_HEIGHT, rel=0.08)


def test_oak_and_linen_have_their_colours_and_a_grain():
    oak = textures.oak().astype(float)
    assert (oak[..., 0] > oak[..., 2] + 30).all()  # warm everywhere
    across_grain, along_grain = (np.abs(np.diff(oak, axis=axis)).mean() for axis in (0, 1))
    assert across_grain > 3 * along_grain
    woven = textures.linen(props.SLATE).reshape(-1, 3).mean(0)
    assert woven == pytest.approx(np.array(props.SLATE) * 0.94, rel=0.06)


def test_smoke_is_a_grey_that_one_can_see_through():
    through = np.array(materials.TINT["Smoke"]) ** 4  # near and far wall, two surfaces each
    assert 0.35 < through.mean() < 0.55
    assert np.ptp(through) < 0.06


def test_the_socket_of_pump_and_hose_fits_over_the_pin_of_the_valve():
    outline = cups.valve()
    pin = outline[outline[:, 1] > 10.4][:, 0].max()
    shoulder = outline[(outline[:, 1] > 3.6) & (outline[:, 1] < 9.6)][:, 0].max()
    assert pin + 0.2 < pump.SOCKET_RADIUS < shoulder
    nozzle = pump.pump_parts()["nozzle"]
    end = nozzle[nozzle[:, 1] > 131.5]
    assert end[:, 0].min() == pytest.approx(pump.SOCKET_RADIUS, abs=0.15)
    plug = pump.hose_end(socket=False)
    assert plug[plug[:, 1] > 9][:, 0].max() < 3.7  # goes into the nozzle with a light press


def test_the_set_sizes_with_pump_are_told_apart_by_what_fills_the_frame():
    home = product("pump-home-set")
    views = {shot: hero_shot(f"{home.slug}/{shot}.webp") for shot in ("hero", "hero-18-cups", "hero-24-cups")}
    widths = [fit_camera(shot, 1.0).half_width for shot in views.values()]
    assert widths[0] < 0.85 * widths[1]
    counts = [len(plan(home, shot).variant.cups) for shot in views]
    assert counts == [12, 18, 24]
    wide, deep = (
        block_of_cups(views[shot], count) for shot, count in (("hero-18-cups", 18), ("hero-24-cups", 24))
    )
    assert wide[0] > 1.5 * wide[1]
    assert deep[1] > deep[0]


def block_of_cups(shot, count):
    """Width and depth in mm of the cups with their valves, which come first among the pieces."""
    low, high = bounds(shot.pieces[: 2 * count])
    return (high - low)[:2]


def test_a_single_cup_is_not_hidden_by_its_pump():
    cup, _, *pump = hero_shot("pump-single-cup/hero.webp").pieces
    assert cup.mesh.vertices[:, 0].max() + 10 < min(part.mesh.vertices[:, 0].min() for part in pump)


@pytest.mark.parametrize("slug", ["glass-valve-set", "pump-starter-set", "silicone-body-set"])
def test_no_black_card_stands_in_a_closeup_or_over_a_box(slug):
    assert hero_shot(f"{slug}/hero.webp").black_cards
    assert not scenes.build_shot(plan(product(slug), "closeup")).black_cards
    assert not scenes.build_shot(plan(product(slug), "box")).black_cards


@pytest.mark.parametrize("slug", ["silicone-starter-set", "glass-valve-set", "massage-oil"])
def test_a_coin_of_known_size_lies_free_in_front_of_the_ruler(slug):
    shot = scenes.build_shot(plan(product(slug), "scale"))
    *others, ring, core = shot.pieces
    size = np.ptp(ring.mesh.vertices, axis=0)
    assert size == pytest.approx((coins.DIAMETER, coins.DIAMETER, coins.THICKNESS), abs=0.2)
    assert ring.mesh.vertices[:, 2].min() == pytest.approx(0, abs=0.01)
    nearest = min(piece.mesh.vertices[:, 1].min() for piece in others)
    assert ring.mesh.vertices[:, 1].max() < nearest - 3
    assert core.mesh.vertices[:, 2].max() < coins.THICKNESS


@pytest.mark.parametrize(("language", "width"), [("en", "23.25 mm"), ("de", "23,25 mm"), ("es", "23,25 mm")])
def test_the_alternative_text_names_the_coin_and_its_width(language, width):
    assert float(width.removesuffix(" mm").replace(",", ".")) == coins.DIAMETER
    for item in products().values():
        assert width in alt_text(plan(item, "scale"), language)
