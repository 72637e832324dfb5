"""Every product leads to its guides and its insert and back; no product may be looser than the guidebook."""

import re
import tomllib
from typing import Any

import pytest
from django.conf import settings

from store.guidebook.library import Library
from store.guidebook.mechanisms import mechanism_of_method

PRODUCTS = sorted((settings.CATALOG_SEED_DIR / "products").glob("*.toml"))
TRANSLATIONS = settings.CATALOG_SEED_DIR / "translations"
ATTRIBUTES = tomllib.loads((settings.CATALOG_SEED_DIR / "attributes.toml").read_text(encoding="utf-8"))[
    "attributes"
]


def read(file: Any) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", PRODUCTS, ids=lambda file: file.stem)
def test_a_product_names_guides_and_an_insert_that_exist(file: Any, guide_library: Library) -> None:
    attributes = read(file)["attributes"]
    assert set(attributes.get("guides", ())) <= set(guide_library.guides)
    if "safety-insert" in attributes:
        insert = guide_library.inserts[attributes["safety-insert"]]
        assert insert.maker.maker["address"]
        assert insert.maker.responsible_person["address"]
        for lang in guide_library.languages:
            assert insert.html(lang)


@pytest.mark.parametrize("file", PRODUCTS, ids=lambda file: file.stem)
def test_a_cup_set_has_the_insert_of_its_material_and_is_no_looser_than_the_limits(
    file: Any, guide_library: Library
) -> None:
    product = read(file)
    if product["product_type"] != "cup-set":
        assert "max-parked-minutes" not in product["attributes"]
        return
    attributes = product["attributes"]
    insert = guide_library.inserts[attributes["safety-insert"]]
    assert insert.material == attributes["material"].lower()
    assert insert.mechanism is mechanism_of_method(attributes["suction-method"])
    assert int(attributes["max-parked-minutes"]) <= guide_library.limit("minutes_parked")
    assert attributes["suction-level"] in {"Light", "Light to moderate", "Moderate"}
    for slug in attributes["guides"]:
        guide = guide_library.guides[slug]
        assert not guide.materials or attributes["material"].lower() in guide.materials, slug


def test_every_insert_and_material_guide_is_reached_from_a_product(guide_library: Library) -> None:
    attributes = [read(file)["attributes"] for file in PRODUCTS]
    assert {a["safety-insert"] for a in attributes if "safety-insert" in a} == set(guide_library.inserts)
    linked = {slug for a in attributes for slug in a.get("guides", ())}
    assert {g.slug for g in guide_library.guides.values() if g.topic == "material"} <= linked


@pytest.mark.parametrize("file", PRODUCTS, ids=lambda file: file.stem)
def test_a_product_says_in_each_language_what_a_buyer_compares_by(file: Any) -> None:
    product = read(file)
    for lang, texts in [("en", product), *product["translations"].items()]:
        assert texts["seo"]["description"].endswith("."), lang
        assert " " in texts["seo"]["description"].split(".")[0], lang
        if product["attributes"].get("suction-method") == "Rubber bulb":
            assert re.search(r"natural latex|Naturlatex|látex natural", texts["description"]), lang
    values = {
        text for attribute in ATTRIBUTES for text in attribute.get("values", []) if isinstance(text, str)
    }
    for lang in ("de", "es"):
        names = tomllib.loads((TRANSLATIONS / f"{lang}.toml").read_text(encoding="utf-8"))["names"]
        for slug in ("cup-polymer", "other-parts", "cup-rim", "suction-measured"):
            value = product["attributes"].get(slug)
            assert value is None or (value in values and names[value] != value), (lang, slug)
