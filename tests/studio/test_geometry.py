"""The models have the catalog's dimensions, enclose a volume and stand on the table."""

import pytest

np = pytest.importorskip("numpy", reason="the studio's geometry needs numpy: requirements/studio.txt")

from catalog_seed.studio import bottle, cups, pump, scene_objects  # noqa: E402
from catalog_seed.studio.catalog import products  # noqa: E402
from catalog_seed.studio.mesh import band, lathe, slab, tube  # noqa: E402

SHAPES = [cups.silicone_cup, cups.bulb_cup, cups.glide_cup, cups.pump_cup, cups.glass_valve_cup]
EVERY_CUP = [
    (product, cup)
    for product in products().values()
    for cup in {cup for variant in product.variants for cup in variant.cups}
]


@pytest.mark.parametrize(("product", "cup"), EVERY_CUP, ids=lambda v: getattr(v, "slug", None))
def test_a_cup_has_the_dimensions_of_the_catalog(product, cup):
    outline = scene_objects.profile(product, cup)
    assert 2 * outline[:, 0].max() == pytest.approx(cup.diameter, abs=0.25)
    assert outline[:, 1].max() - outline[:, 1].min() == pytest.approx(cup.height, abs=0.25)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_cup_stands_on_its_rim(shape):
    outline = shape(60, 62)
    lowest = outline[outline[:, 1].argmin()]
    assert lowest[1] == pytest.approx(0, abs=0.3)
    assert lowest[0] > 0.75 * 30


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("diameter", [30, 60, 75])
def test_a_turned_cup_is_solid_with_its_faces_outwards(shape, diameter):
    mesh = lathe(shape(diameter, diameter), segments=48)
    block = np.pi * (diameter / 2) ** 2 * diameter
    assert 0.04 * block < mesh.volume() < 0.45 * block


@pytest.mark.parametrize("shape", SHAPES)
def test_normals_have_length_one_and_point_away_from_the_wall(shape):
    mesh = lathe(shape(60, 62), segments=48)
    assert np.linalg.norm(mesh.normals, axis=1) == pytest.approx(1, abs=1e-6)
    outermost = mesh.vertices[:, 0].argmax()
    assert mesh.normals[outermost, 0] > 0.5


def test_a_lying_cup_touches_the_table_with_rim_and_bulb():
    product = products()["silicone-glide-pair"]
    [cup] = scene_objects.lying_cup(product, product.variants[0].cups[0], "Teal", yaw=0)
    touching = cup.mesh.vertices[cup.mesh.vertices[:, 2] < 0.15]
    assert cup.mesh.vertices[:, 2].min() == pytest.approx(0, abs=0.01)
    assert np.ptp(touching[:, 1]) > 20  # the two contact points lie far apart


def test_a_lying_cup_shows_its_mouth_to_the_camera():
    product = products()["silicone-glide-pair"]
    [cup] = scene_objects.lying_cup(product, product.variants[0].cups[0], "Teal", yaw=0)
    order = cup.mesh.vertices[cup.mesh.vertices[:, 1].argsort()]
    quarter = len(order) // 4
    assert np.ptp(order[:quarter, 0]) > 70  # the wide rim is in front
    assert np.ptp(order[-quarter:, 0]) < 50  # the bulb is behind


def test_the_hose_is_forty_centimetres_long():
    steps = np.linalg.norm(np.diff(pump.hose_path(), axis=0), axis=1)
    assert steps.sum() == pytest.approx(400, abs=1)


@pytest.mark.parametrize("millilitres", [100, 250])
def test_a_bottle_holds_what_its_label_says(millilitres):
    capacity = bottle.capacity_ml(bottle.BOTTLES[millilitres])
    assert millilitres <= capacity < 1.25 * millilitres


@pytest.mark.parametrize("millilitres", [100, 250])
def test_the_label_lies_on_the_bottle_and_below_the_shoulder(millilitres):
    size = bottle.BOTTLES[millilitres]
    radius, low, high = bottle.label_band(size)
    straight = bottle.body(size)
    beside = straight[(straight[:, 1] > low) & (straight[:, 1] < high) & (straight[:, 0] > 5)]
    assert 0 < radius - beside[:, 0].max() < 0.2
    assert radius - beside[:, 0].min() < 0.6


def test_solid_parts_have_their_faces_outwards():
    assert lathe(cups.valve(), segments=32).volume() > 0
    assert slab(20, 30, 2).volume() == pytest.approx(20 * 30 * 2, rel=0.05)
    assert tube(pump.hose_path(), 3.6).volume() == pytest.approx(np.pi * 3.6**2 * 400, rel=0.06)
    for part in pump.pump_parts().values():
        assert lathe(part, segments=32).volume() > 0


def test_a_label_faces_the_camera_with_its_middle():
    mesh = band(23, 10, 60, 230)
    front = mesh.vertices[:, 1].argmin()
    assert mesh.uv[front, 0] == pytest.approx(0.5, abs=0.01)
    assert mesh.normals[front, 1] < -0.99
