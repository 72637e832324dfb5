"""Where the renderer spends its samples: every object in full, and no step that the denoiser makes a line of."""

import pytest

np = pytest.importorskip("numpy", reason="the studio's geometry needs numpy: requirements/studio.txt")

from catalog_seed.studio import scenes  # noqa: E402
from catalog_seed.studio.camera import fit_camera  # noqa: E402
from catalog_seed.studio.catalog import product  # noqa: E402
from catalog_seed.studio.sample_share import dense_area  # noqa: E402
from catalog_seed.studio.shot_list import plan  # noqa: E402

WIDTH, HEIGHT = 800, 600


def weights_of_the_picture(objects):
    area = dense_area(objects, WIDTH, HEIGHT)
    weights = np.zeros((HEIGHT, WIDTH))
    weights[area.top : area.bottom, area.left : area.right] = area.weight
    return weights


def test_every_object_gets_all_samples_and_the_backdrop_far_from_it_few():
    weights = weights_of_the_picture((0.4, 0.3, 0.6, 0.7))
    assert weights[180:420, 320:480].min() == 1
    assert weights[:80].max() == weights[-80:].max() == 0


@pytest.mark.parametrize("objects", [(0.4, 0.3, 0.6, 0.7), (0.0, 0.18, 1.0, 1.0), (-0.3, 0.5, 0.4, 1.4)])
def test_samples_grow_fewer_without_a_step_or_a_bend(objects):
    weights = weights_of_the_picture(objects)
    for along in (weights[HEIGHT * 6 // 10], weights[:, WIDTH * 3 // 10], weights[:, WIDTH // 2]):
        assert np.abs(np.diff(along)).max() < 0.02
        assert np.abs(np.diff(along, 2)).max() < 0.001


def test_objects_that_reach_the_edge_are_clean_up_to_it():
    weights = weights_of_the_picture((0.05, 0.18, 1.0, 1.3))
    assert weights[-1].min() == weights[300, 0] == weights[300, -1] == 1


def test_the_pump_at_the_top_of_its_picture_gets_all_samples():
    setup = fit_camera(scenes.build_shot(plan(product("pump-starter-set"), "use")), 1.0)
    area = dense_area(setup.content_area, 1600, 1600)
    first_row = round(setup.content_area[1] * 1600)
    assert area.weight[first_row - area.top :].min() > 0.999
