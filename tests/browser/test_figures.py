"""The drawings of guides and inserts are dark lines on a pale sheet, on a dark page too."""

import pytest

from tests.browser.conftest import OpenPage

SHEET = "rgb(255, 253, 248)"


@pytest.mark.parametrize("path", ["/guides/marks/", "/inserts/glass-cups/"])
def test_a_drawing_on_a_dark_page_lies_on_one_pale_sheet(open_page: OpenPage, path: str) -> None:
    page = open_page(path, color_scheme="dark")
    grounds = page.locator("figure > img").evaluate_all(
        "drawings => drawings.map(drawing => getComputedStyle(drawing).backgroundColor)"
    )
    assert grounds
    assert set(grounds) == {SHEET}
