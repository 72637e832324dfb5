"""The words on the cards of shared links: the catalogue's, and all of them inside the card."""

import pytest

pytest.importorskip("numpy", reason="the studio's geometry needs numpy: requirements/studio.txt")
pytest.importorskip("PIL", reason="cards are drawn with Pillow")

from catalog_seed.studio import share_cards
from catalog_seed.studio.alt_text import LANGUAGES, home_card_words
from catalog_seed.studio.catalog import product, products, translated_name


def test_a_card_says_name_material_and_sizes_in_its_language():
    starter = product("silicone-starter-set")
    assert translated_name(starter.name, starter.names, "de") == "Silikon-Startset"
    assert share_cards.facts(starter, "en") == "Silicone · 70, 60, 45 mm"
    assert share_cards.facts(starter, "de") == "Silikon · 70, 60, 45 mm"
    assert share_cards.facts(starter, "es") == "Silicona · 70, 60, 45 mm"
    assert share_cards.facts(product("massage-oil"), "es") == "100 ml, 250 ml"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_runs_into_the_picture(language):
    names = [translated_name(item.name, item.names, language) for item in products().values()]
    for name in (*names, home_card_words(language)):
        font, lines = share_cards.fit_heading(name, share_cards.WORDS_WIDTH)
        assert " ".join(lines) == name
        assert max(font.getlength(line) for line in lines) <= share_cards.WORDS_WIDTH
        assert len(lines) <= share_cards.MOST_LINES
