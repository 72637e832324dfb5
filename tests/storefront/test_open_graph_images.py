"""A shared link shows a card in the language of its page."""

import pytest
from PIL import Image

from catalog_seed.studio.catalog import products
from store.storefront import open_graph_images


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_every_product_and_the_first_page_have_a_card_in_every_language(language, settings):
    for slug in (open_graph_images.HOME, *products()):
        url = open_graph_images.card_url(slug, language)
        assert url.startswith(settings.PUBLIC_URL)
        assert f"brand/og/{language}/{slug}" in url


def test_a_product_without_a_card_has_no_address_of_one():
    assert open_graph_images.card_url("teapot", "en") == ""


def test_a_card_has_the_size_that_previews_of_links_ask_for():
    folder = open_graph_images.finders.find("brand/og/de")
    with Image.open(f"{folder}/silicone-starter-set.jpg") as card:
        assert card.size == (1200, 630)
