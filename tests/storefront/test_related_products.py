"""Links from every product to its guides and insert, and back, in the seeded shop."""

import tomllib
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from store.guidebook import library

PRODUCTS = [
    tomllib.loads(file.read_text(encoding="utf-8"))
    for file in sorted((settings.CATALOG_SEED_DIR / "products").glob("*.toml"))
]
pytestmark = [pytest.mark.usefixtures("seeded_shop"), pytest.mark.slow]


def referring_products(attribute: str, slug: str) -> set[str]:
    """Slugs of the products that refer to this page."""
    return {p["slug"] for p in PRODUCTS if slug in _as_tuple(p["attributes"].get(attribute, ()))}


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def test_every_product_page_leads_to_each_of_its_guides_and_to_its_insert() -> None:
    shopper = Client()
    for product in PRODUCTS:
        page = shopper.get(f"/products/{product['slug']}/").text
        for slug in product["attributes"].get("guides", ()):
            assert f'href="/guides/{slug}/"' in page, product["slug"]
        insert = product["attributes"]["safety-insert"]
        assert f'href="/inserts/{insert}/"' in page
        assert f'href="/inserts/{insert}.pdf"' in page


def test_every_guide_leads_back_to_each_product_that_names_it() -> None:
    shopper = Client()
    for slug in library().guides:
        page = shopper.get(f"/guides/{slug}/").text
        linked = {p["slug"] for p in PRODUCTS if f'href="/products/{p["slug"]}/' in page}
        assert linked == referring_products("guides", slug), slug


def test_every_insert_leads_back_to_each_product_it_comes_with() -> None:
    shopper = Client()
    for slug in library().inserts:
        page = shopper.get(f"/inserts/{slug}/").text
        linked = {p["slug"] for p in PRODUCTS if f'href="/products/{p["slug"]}/' in page}
        assert linked == referring_products("safety-insert", slug) != set(), slug


def test_the_way_back_costs_one_question_in_every_market_and_language() -> None:
    shopper = Client()
    shopper.cookies["region"] = "eu"
    page = shopper.get("/de/inserts/glass-cups/").text
    assert "€" in page.split('id="sets-title"')[1]
