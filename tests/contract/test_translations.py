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


def test_translators_see_the_source_and_each_language(shop: ShopSetup) -> None:
    shop.mutate(
        'mutation($id:ID!){productTranslate(id:$id,languageCode:ES,input:{name:"Vasos"}){errors{field message code}}}',
        id=shop.ids["product"],
    )
    query = """query($id:ID!){translation(id:$id,kind:PRODUCT){... on ProductTranslatableContent{
        id productId name product{id} attributeValues{id}
        es:translation(languageCode:ES){name language{code} translatableContent{productId}}
        cs:translation(languageCode:CS){name}}}}"""
    found = shop.api.execute(query, {"id": shop.ids["product"]}, shop.app_token)["translation"]
    assert found["productId"] == found["product"]["id"] == shop.ids["product"]
    assert found["name"] == f"glass {shop.suffix}"
    assert found["es"] == {
        "name": "Vasos",
        "language": {"code": "ES"},
        "translatableContent": {"productId": shop.ids["product"]},
    }
    assert found["cs"] is None


KINDS = [
    "ATTRIBUTE",
    "ATTRIBUTE_VALUE",
    "CATEGORY",
    "COLLECTION",
    "MENU_ITEM",
    "PAGE",
    "PRODUCT",
    "SHIPPING_METHOD",
    "VARIANT",
    "VOUCHER",
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_lists_what_can_be_translated(shop: ShopSetup, kind: str) -> None:
    query = "query($k:TranslatableKinds!){translations(kind:$k,first:100){totalCount edges{node{__typename ... on Node{id}}}}}"
    found = shop.api.execute(query, {"k": kind}, shop.app_token)["translations"]
    content = {"VARIANT": "ProductVariant"}.get(kind) or kind.title().replace("_", "")
    assert {edge["node"]["__typename"] for edge in found["edges"]} <= {f"{content}TranslatableContent"}
    assert found["totalCount"] >= len(found["edges"])


def test_many_are_translated_at_once_under_an_error_policy(shop: ShopSetup) -> None:
    query = """mutation($t:[ProductBulkTranslateInput!]!,$p:ErrorPolicyEnum){productBulkTranslate(translations:$t,errorPolicy:$p){
        count results{translation{name} errors{path code}}}}"""
    given = [
        {"id": shop.ids["product"], "languageCode": "ES", "translationFields": {"name": "Copas"}},
        {"id": shop.ids["product"], "languageCode": "ES", "translationFields": {"name": "x" * 256}},
    ]
    failed = {"translation": None, "errors": [{"path": "name", "code": "INVALID"}]}
    nothing = shop.api.execute(query, {"t": given}, shop.app_token)["productBulkTranslate"]
    assert (nothing["count"], nothing["results"][1]) == (0, failed)
    some = shop.api.execute(query, {"t": given, "p": "IGNORE_FAILED"}, shop.app_token)["productBulkTranslate"]
    assert some["count"] == 1
    assert some["results"] == [{"translation": {"name": "Copas"}, "errors": []}, failed]


def test_the_shops_own_texts_are_translated(shop: ShopSetup) -> None:
    query = 'mutation{shopSettingsTranslate(languageCode:DE,input:{headerText:"Hallo"}){shop{translation(languageCode:DE){headerText}} errors{field message code}}}'
    found = shop.mutate(query)["shop"]["translation"]
    assert found["headerText"] == "Hallo"
