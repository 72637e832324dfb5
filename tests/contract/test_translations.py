"""Translations of the catalog."""

import json
from typing import Any

import pytest

from tests.contract.fixture_data import ShopSetup

DESCRIPTION = json.dumps(
    {"time": 1, "version": "2", "blocks": [{"id": "a", "type": "paragraph", "data": {"text": "Langsam."}}]}
)
TRANSLATIONS = {
    "product": (
        "productTranslate",
        "TranslationInput",
        {"name": "Gläser", "description": DESCRIPTION, "seoTitle": "Glas"},
        "product(id:$id,channel:$c)",
    ),
    "variant": (
        "productVariantTranslate",
        "NameTranslationInput",
        {"name": "Türkis"},
        "productVariant(id:$id,channel:$c)",
    ),
    "category": ("categoryTranslate", "TranslationInput", {"name": "Sätze"}, "category(id:$id)"),
    "material": ("attributeTranslate", "NameTranslationInput", {"name": "Stoff"}, "attribute(id:$id)"),
}


@pytest.mark.parametrize("kind", TRANSLATIONS)
def test_a_translation_is_returned_in_its_language_and_null_in_others(shop: ShopSetup, kind: str) -> None:
    mutation, type_, given, query_field = TRANSLATIONS[kind]
    shop.mutate(
        f"mutation($id:ID!,$i:{type_}!){{{mutation}(id:$id,languageCode:DE,input:$i){{errors{{field message code}}}}}}",
        id=shop.ids[kind],
        i=given,
    )
    fields = f"de:translation(languageCode:DE){{{' '.join(given)}}} es:translation(languageCode:ES){{name}}"
    query = f"query($id:ID!,$c:String!){{object:{query_field}{{{fields}}} channel(slug:$c){{id}}}}"
    found = shop.api.execute(query, {"id": shop.ids[kind], "c": shop.channel})["object"]
    assert {
        key: json.loads(value) if key == "description" else value for key, value in found["de"].items()
    } == {key: json.loads(value) if key == "description" else value for key, value in given.items()}
    assert found["es"] is None


def test_a_name_that_is_too_long_is_refused(shop: ShopSetup) -> None:
    query = "mutation($id:ID!,$n:String!){productTranslate(id:$id,languageCode:DE,input:{name:$n}){errors{field message code}}}"
    assert shop.api.mutation_errors(query, {"id": shop.ids["product"], "n": "x" * 256}, shop.app_token) == [
        ("name", "INVALID")
    ]


def test_an_unknown_product_is_not_translated(shop: ShopSetup) -> None:
    query = 'mutation{productTranslate(id:"UHJvZHVjdDo5OTk5OTk5",languageCode:DE,input:{name:"x"}){errors{field message code}}}'
    assert shop.api.mutation_errors(query, token=shop.app_token) == [("id", "NOT_FOUND")]


def test_a_slug_of_a_language_belongs_to_one_row_and_leads_to_it(shop: ShopSetup) -> None:
    query = (
        "mutation($id:ID!,$l:LanguageCodeEnum!,$s:String){categoryTranslate(id:$id,languageCode:$l,input:{slug:$s})"
        "{category{translation(languageCode:$l){slug name}} errors{field code}}}"
    )

    def translate(id_: str, language: str, slug: str | None) -> Any:
        answer = shop.api.execute(query, {"id": id_, "l": language, "s": slug}, shop.app_token)[
            "categoryTranslate"
        ]
        return answer["errors"] or answer["category"]["translation"]["slug"]

    other = shop.mutate('mutation{categoryCreate(input:{name:"Pumps"}){category{id} errors{field code}}}')[
        "category"
    ]
    assert translate(shop.ids["category"], "DE", "saetze") == "saetze"
    assert translate(shop.ids["category"], "DE", "saetze") == "saetze"
    assert translate(other["id"], "DE", "saetze") == [{"field": "slug", "code": "UNIQUE"}]
    assert translate(other["id"], "ES", "saetze") == "saetze"
    find = '{category(slug:"saetze",slugLanguageCode:DE){id}}'
    assert shop.api.execute(find)["category"]["id"] == shop.ids["category"]
    assert translate(shop.ids["category"], "DE", None) is None
    assert translate(other["id"], "DE", "saetze") == "saetze"
    assert shop.api.execute(find)["category"]["id"] == other["id"]
