"""Placement in the scenes: nothing overlaps or floats, and the ruler is true to scale."""

from functools import cache

import pytest

np = pytest.importorskip("numpy", reason="the studio's geometry needs numpy: requirements/studio.txt")
pytest.importorskip("PIL", reason="printed labels need Pillow")

from catalog_seed.studio import placement, ruler, scene_objects, scenes  # noqa: E402
from catalog_seed.studio.banners import banners  # noqa: E402
from catalog_seed.studio.camera import fit_camera  # noqa: E402
from catalog_seed.studio.catalog import product, products  # noqa: E402
from catalog_seed.studio.shot_list import plan, plans  # noqa: E402

HERO_PLANS = [plans(item)["hero"] for item in products().values()]


@cache
def hero_shot(path):
    return scenes.build_shot(next(plan_ for plan_ in HERO_PLANS if plan_.path == path))


@pytest.mark.parametrize("plan_", HERO_PLANS, ids=lambda plan_: plan_.path)
def test_nothing_in_a_hero_floats_or_sinks(plan_):
    lowest = [piece.mesh.vertices[:, 2].min() for piece in hero_shot(plan_.path).pieces]
    assert min(lowest) == pytest.approx(0, abs=0.3)


def test_items_in_rows_do_not_overlap():
    home_set = product("pump-home-set")
    upright = [scene_objects.standing_cup(home_set, cup, "Clear") for cup in home_set.variants[0].cups]
    placed = placement.place_in_rows(placement.split_into_rows(upright, 4), gap=8)
    walls = [placement.bounds(placed[k : k + 2]) for k in range(0, len(placed), 2)]
    for i, (low, high) in enumerate(walls):
        for other_low, other_high in walls[i + 1 :]:
            distance = np.maximum(low - other_high, other_low - high)[:2]
            assert distance.max() > 7.9


def test_no_valve_of_the_accessories_reaches_into_hose_or_bottle():
    *others, first, second, third = banners()["category-accessories"].scene().pieces
    around = np.vstack([piece.mesh.vertices[::4] for piece in others])
    for valve in (first, second, third):
        apart = around[None] - valve.mesh.vertices[::40, None]
        assert np.sqrt((apart**2).sum(-1).min()) > 3


@pytest.mark.parametrize("slug", ["silicone-starter-set", "pump-large-cups", "glass-bulb-cup"])
def test_the_rim_stands_on_the_marks_of_the_rule(slug):
    shot = scenes.build_shot(plan(product(slug), "scale"))
    rule, cup = shot.pieces[0].mesh, shot.pieces[1].mesh
    left = cup.vertices[:, 0].min() - rule.vertices[:, 0].min() - ruler.END_MARGIN
    assert left == pytest.approx(10, abs=0.2)
    assert cup.vertices[:, 2].min() == pytest.approx(ruler.THICKNESS, abs=0.3)


def test_a_millimetre_on_the_rule_is_a_millimetre():
    mesh = scene_objects.rule(150)[0].mesh
    width = np.ptp(mesh.vertices[:, 0])
    dots = ruler.draw_face(150).shape[1]
    assert (ruler.mark_column(110) - ruler.mark_column(50)) * width / dots == pytest.approx(60, abs=0.1)


@pytest.mark.parametrize("plan_", HERO_PLANS, ids=lambda plan_: plan_.path)
def test_everything_in_a_hero_is_inside_the_frame(plan_):
    shot = hero_shot(plan_.path)
    camera_setup = fit_camera(shot, 1.0)
    back = (camera_setup.eye - camera_setup.target) / np.linalg.norm(camera_setup.eye - camera_setup.target)
    right = np.cross((0, 0, 1.0), back) / np.linalg.norm(np.cross((0, 0, 1.0), back))
    ray = np.vstack([piece.mesh.vertices for piece in shot.pieces]) - camera_setup.eye
    edge = np.tan(np.radians(camera_setup.fov / 2))
    assert np.abs(ray @ right / -(ray @ back)).max() < edge
    assert np.abs(ray @ np.cross(back, right) / -(ray @ back)).max() < edge


def test_sizes_of_a_single_cup_share_one_scale():
    single = product("silicone-palm-cup")
    small, large = (fit_camera(scenes.build_shot(plan(single, s)), 1.0) for s in ("hero", "hero-teal-70-mm"))
    assert small.half_width == pytest.approx(large.half_width, rel=0.01)
