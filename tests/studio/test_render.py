"""Renders a small preview; skipped where the renderer is not installed."""

import sys

import pytest

from catalog_seed.studio import __main__ as command

SKIP_REASON = "NOT TESTED: rendering needs requirements/studio.txt (mitsuba, pyoidn) and an LLVM library"


def test_the_command_renders_a_picture_of_the_given_size_with_a_cup(tmp_path, capsys):
    pytest.importorskip("mitsuba", reason=SKIP_REASON)
    pytest.importorskip("pyoidn", reason=SKIP_REASON)
    from PIL import Image

    arguments = ["silicone-palm-cup", "hero", "--size", "96", "--samples", "4", "--out", str(tmp_path)]
    assert command.main(arguments) == 0
    with Image.open(tmp_path / "silicone-palm-cup" / "hero.webp") as image:
        assert image.size == (96, 96)
        cup, ground = image.convert("RGB").getpixel((48, 62)), image.convert("RGB").getpixel((6, 90))
    assert cup[1] > cup[0] + 25  # teal: more green than red
    assert max(ground) - min(ground) < 30  # the backdrop is nearly grey
    assert "Pictures made: 1" in capsys.readouterr().out


def test_without_mitsuba_the_command_explains_the_installation_and_writes_nothing(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.setitem(sys.modules, "mitsuba", None)
    for name in ("batch_render", "render", "mitsuba_scene"):
        monkeypatch.delitem(sys.modules, f"catalog_seed.studio.{name}", raising=False)
        monkeypatch.delattr(f"catalog_seed.studio.{name}", raising=False)
    assert command.main(["massage-oil", "hero", "--out", str(tmp_path)]) == 2
    assert "pip install -r requirements/studio.txt" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_renderer_knows_every_surface():
    mitsuba = pytest.importorskip("mitsuba", reason=SKIP_REASON)
    from catalog_seed.studio import materials, mitsuba_scene

    mitsuba_scene.path_integrator()  # the import has chosen the renderer's variant
    surfaces = [
        materials.glass(),
        materials.polycarbonate("Smoke"),
        materials.amber_glass(),
        materials.rubber(),
    ]
    surfaces += [materials.hard_plastic(), materials.hose_plastic(), materials.tin_plate(), materials.brass()]
    surfaces += [materials.silicone(color) for color in materials.SILICONE]
    assert all(mitsuba.load_dict(surface.bsdf).id() is not None for surface in surfaces)


def test_the_denoiser_is_told_what_stands_behind_clear_glass():
    mitsuba = pytest.importorskip("mitsuba", reason=SKIP_REASON)
    import numpy as np

    from catalog_seed.studio import materials, mitsuba_scene

    wall = {"type": "rectangle", "bsdf": {"type": "diffuse", "reflectance": materials.rgb((0.2, 0.5, 0.3))}}
    cup = {"type": "sphere", "radius": 0.4, "center": [0, 0, 1], "bsdf": materials.glass().bsdf}
    camera = mitsuba.ScalarTransform4f().look_at(origin=[0, 0, 4], target=[0, 0, 0], up=[0, 1, 0])
    film = {"type": "hdrfilm", "width": 9, "height": 9, "rfilter": {"type": "box"}}
    sensor = {"type": "perspective", "fov": 20, "to_world": camera, "film": film}
    scene = mitsuba.load_dict({"type": "scene", "wall": wall, "cup": cup, "sensor": sensor})
    guides = np.array(mitsuba.render(scene, integrator=mitsuba_scene.guide_integrator(), spp=4))
    albedo, normal = guides[4, 4, -6:-3], guides[..., -3:]
    assert albedo == pytest.approx((0.2, 0.5, 0.3), abs=0.05)  # less what the glass reflects
    assert np.abs(normal[4, 4, :2]).max() < 0.3 < np.abs(normal[4, 2, 0])  # the glass's own, for its outline
