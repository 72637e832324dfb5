"""A part rendered again: new inside, old outside, and no hard edge between them."""

import pytest

np = pytest.importorskip("numpy", reason="blending needs numpy: requirements/studio.txt")
Image = pytest.importorskip("PIL.Image", reason="blending needs Pillow")

from catalog_seed.studio.picture_part import SEAM, Part, blend  # noqa: E402

OLD, NEW = (200, 200, 200), (40, 40, 40)


def blended(part):
    outer = part.with_seam(120, 100)
    fresh = Image.new("RGB", (outer.right - outer.left, outer.bottom - outer.top), NEW)
    return np.asarray(blend(Image.new("RGB", (120, 100), OLD), fresh, part))[..., 0]


def test_the_part_is_new_and_what_is_beyond_its_seam_is_old():
    pixels = blended(Part(40, 30, 80, 70))
    assert set(pixels[30:70, 40:80].ravel()) == {40}
    assert set(pixels[: 30 - SEAM].ravel()) | set(pixels[:, 80 + SEAM :].ravel()) == {200}


def test_across_the_seam_old_passes_into_new_in_even_steps():
    steps = np.diff(blended(Part(40, 30, 80, 70))[50, 40 - SEAM : 41].astype(int))
    assert steps.max() < 0
    assert steps.min() >= -160 // SEAM - 1


def test_a_part_at_the_edge_of_the_picture_is_new_up_to_the_edge():
    pixels = blended(Part(0, 60, 120, 100))
    assert set(pixels[60:].ravel()) == {40}
