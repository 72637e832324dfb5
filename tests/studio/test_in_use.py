"""How a cup holds on a form: its rim lies on the surface, which is drawn up inside it, and a pump ends on the valve."""

import pytest

np = pytest.importorskip("numpy", reason="the studio's geometry needs numpy: requirements/studio.txt")
pytest.importorskip("PIL", reason="printed labels need Pillow")

from catalog_seed.studio import cups, display_form, in_use, pump, scene_objects  # noqa: E402
from catalog_seed.studio.alt_text import LANGUAGES, alt_text  # noqa: E402
from catalog_seed.studio.catalog import Cup, product  # noqa: E402
from catalog_seed.studio.display_form import Seat  # noqa: E402
from catalog_seed.studio.shot_list import SHOWN_IN_USE, plan  # noqa: E402

SEAT = Seat(x=20, diameter=60, drawn_up=8)


@pytest.fixture(scope="module")
def around_the_seat():
    """The form's vertices as the cup on the seat sees them: its rim at z = 0, its axis along z."""
    vertices = display_form.thigh([SEAT]).vertices
    local = (vertices - SEAT.pose[:3, 3]) @ SEAT.pose[:3, :3]
    return local[local[:, 2] > -60], np.hypot(local[:, 0], local[:, 1])[local[:, 2] > -60]


def test_the_surface_lies_flat_against_the_rim_all_around(around_the_seat):
    points, away = around_the_seat
    under_the_rim = points[(away > 0.82 * 30) & (away < 30)]
    assert len(under_the_rim) > 500
    assert np.abs(under_the_rim[:, 2]).max() < 0.05


def test_the_surface_is_drawn_up_inside_the_cup(around_the_seat):
    points, away = around_the_seat
    assert points[away < 1.5][:, 2].max() == pytest.approx(SEAT.drawn_up, abs=0.2)


def test_the_form_rests_on_the_table_and_is_closed():
    form = display_form.thigh([])
    assert form.vertices[:, 2].min() == pytest.approx(0, abs=0.1)
    assert form.volume() > 0


@pytest.mark.parametrize("slug", SHOWN_IN_USE)
def test_one_cup_holds_on_a_light_and_one_on_a_dark_form(slug):
    shown = plan(product(slug), "use")
    shot = in_use.in_use(shown.product, shown.variant)
    light, dark, *held = shot.pieces
    assert light.material is not dark.material
    widest = max(np.ptp(piece.mesh.vertices[:, 1]) for piece in held)
    assert widest == pytest.approx(shown.variant.cups[0].diameter, rel=0.02)


def test_a_bulb_that_is_still_pressed_in_is_narrower_and_a_valve_is_as_it_was():
    silicone, valves = product("silicone-starter-set"), product("pump-starter-set")
    cup = Cup(60, 54)
    standing = scene_objects.standing_cup(silicone, cup, "Teal")
    pressed = in_use.pressed_in(silicone, standing, cup)
    neck, before, after = cups.SILICONE_NECK * cup.height, *(p[0].mesh.vertices for p in (standing, pressed))
    directions = np.radians(np.arange(0, 180, 10))
    sides = np.stack([np.cos(directions), np.sin(directions)])
    narrowest = [np.abs(v[v[:, 2] > neck + 6, :2] @ sides).max(axis=0).min() for v in (before, after)]
    assert narrowest[1] < 0.85 * narrowest[0]
    assert np.abs(after[before[:, 2] < neck][:, 2] - before[before[:, 2] < neck][:, 2]).max() < 1e-9
    clear = scene_objects.standing_cup(valves, cup, "Clear")
    assert in_use.pressed_in(valves, clear, cup) is clear


def test_the_pump_on_a_valve_ends_on_its_shoulder():
    parts = scene_objects.pump_on_valve(62)
    lowest = min(piece.mesh.vertices[:, 2].min() for piece in parts)
    highest = max(piece.mesh.vertices[:, 2].max() for piece in parts)
    assert lowest == pytest.approx(62 - cups.VALVE_SUNK + cups.VALVE_SHOULDER, abs=0.2)
    assert highest - lowest == pytest.approx(pump.PUMP_LENGTH, abs=0.2)


@pytest.mark.parametrize(
    ("language", "tones"), [("en", "light and one with dark"), ("de", "hellem"), ("es", "claro y")]
)
def test_the_words_name_both_tones_and_say_that_it_is_a_form(language, tones):
    assert language in LANGUAGES
    for slug in SHOWN_IN_USE:
        text = alt_text(plan(product(slug), "use"), language)
        assert tones in text
        assert "form" in text.lower()
