"""The catalogue in another language."""

import json

import pytest

from tests.contract.fixture_data import World

WORDS = json.dumps(
    {"time": 1, "version": "2", "blocks": [{"id": "a", "type": "paragraph", "data": {"text": "Langsam."}}]}
)
ASK = {
    "product": (
        "productTranslate",
        "TranslationInput",
        {"name": "Gläser", "description": WORDS, "seoTitle": "Glas"},
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


@pytest.mark.parametrize("kind", ASK)
def test_what_was_translated_is_read_in_its_language_and_null_in_others(world: World, kind: str) -> None:
    mutation, type_, given, read = ASK[kind]
    world.do(
        f"mutation($id:ID!,$i:{type_}!){{{mutation}(id:$id,languageCode:DE,input:$i){{errors{{field message code}}}}}}",
        id=world.ids[kind],
        i=given,
    )
    fields = f"de:translation(languageCode:DE){{{' '.join(given)}}} es:translation(languageCode:ES){{name}}"
    query = f"query($id:ID!,$c:String!){{one:{read}{{{fields}}} channel(slug:$c){{id}}}}"
    found = world.api.ask(query, {"id": world.ids[kind], "c": world.channel})["one"]
    assert {
        key: json.loads(value) if key == "description" else value for key, value in found["de"].items()
    } == {key: json.loads(value) if key == "description" else value for key, value in given.items()}
    assert found["es"] is None


def test_a_name_that_is_too_long_is_refused(world: World) -> None:
    query = "mutation($id:ID!,$n:String!){productTranslate(id:$id,languageCode:DE,input:{name:$n}){errors{field message code}}}"
    assert world.api.refused(query, {"id": world.ids["product"], "n": "x" * 256}, world.app) == [
        ("name", "INVALID")
    ]


def test_what_is_not_there_is_not_translated(world: World) -> None:
    query = 'mutation{productTranslate(id:"UHJvZHVjdDo5OTk5OTk5",languageCode:DE,input:{name:"x"}){errors{field message code}}}'
    assert world.api.refused(query, token=world.app) == [("id", "NOT_FOUND")]
