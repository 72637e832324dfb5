"""Each text that the API takes for a translation is held in a language without rules, and read in one with rules.

The mutations and their fields come from the schema: one that is added is tested without being named here.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import models
from graphql import GraphQLInputObjectType, GraphQLSchema, build_schema, get_named_type

from store.engine.catalog.models import (
    Attribute,
    AttributeValue,
    Category,
    Collection,
    Menu,
    MenuItem,
    Page,
    PageType,
    Product,
    ProductType,
    ProductVariant,
)
from store.engine.channels.models import ShopSettings, Translation
from store.engine.discounts.models import Voucher
from store.engine.shipping.models import ShippingMethod, ShippingZone
from tests.engine.api_client import gid
from tests.engine.merchant import Merchant

pytestmark = pytest.mark.django_db(transaction=True)

FRENCH = "Quatre ventouses en verre pour les jambes"
GERMAN_CLAIM = "Lindert Rückenschmerzen."
RICH_TEXT = "JSONString"


def schema() -> GraphQLSchema:
    return build_schema((settings.BASE_DIR / "store/saleor/schema.graphql").read_text(encoding="utf-8"))


def translations() -> Iterator[tuple[str, GraphQLInputObjectType]]:
    """Mutation and its input: ("productTranslate", TranslationInput)."""
    mutations = schema().mutation_type
    assert mutations
    for name, mutation in mutations.fields.items():
        if "languageCode" in mutation.args and "input" in mutation.args and name.endswith("Translate"):
            kind = get_named_type(mutation.args["input"].type)
            assert isinstance(kind, GraphQLInputObjectType)
            yield name, kind


INPUTS = {name: kind.name for name, kind in translations()}
# Mutation, field and its scalar: ("productTranslate", "seoTitle", "String").
FIELDS = [
    (name, field, get_named_type(given.type).name)
    for name, kind in translations()
    for field, given in kind.fields.items()
]


def row_to_translate(mutation: str) -> models.Model:
    """A row of the kind that the mutation translates; fails for one that is new."""
    kind = ProductType.objects.create(name="Set", slug="set")
    product = Product.objects.create(name="Starter", slug="starter", product_type=kind)
    feel = Attribute.objects.create(name="Feel", slug="feel", type="PRODUCT_TYPE")
    zone = ShippingZone.objects.create(name="Home", countries=["US"])
    rows: dict[str, Callable[[], models.Model]] = {
        "attributeTranslate": lambda: feel,
        "attributeValueTranslate": lambda: AttributeValue.objects.create(
            attribute=feel, name="Soft", slug="soft"
        ),
        "categoryTranslate": lambda: Category.objects.create(name="Sets", slug="sets"),
        "collectionTranslate": lambda: Collection.objects.create(name="New", slug="new"),
        "menuItemTranslate": lambda: MenuItem.objects.create(
            menu=Menu.objects.create(name="Foot", slug="foot"), name="Care"
        ),
        "pageTranslate": lambda: Page.objects.create(
            title="Care", slug="care", page_type=PageType.objects.create(name="Guide", slug="guide")
        ),
        "productTranslate": lambda: product,
        "productVariantTranslate": lambda: ProductVariant.objects.create(
            product=product, name="50 mm", sku="A"
        ),
        "shippingPriceTranslate": lambda: ShippingMethod.objects.create(
            name="Post", type="PRICE", shipping_zone=zone
        ),
        "voucherTranslate": lambda: Voucher.objects.create(name="Spring"),
        "shopSettingsTranslate": lambda: ShopSettings.objects.create(pk=1),
    }
    return rows[mutation]()


def save(row: models.Model, mutation: str, field: str, scalar: str, text: str, language: str) -> Any:
    if field == "slug":
        value = text.lower().strip(".").replace("ü", "ue").replace(" ", "-")
    elif scalar == RICH_TEXT:
        value = json.dumps({"blocks": [{"type": "paragraph", "data": {"text": text}}]})
    else:
        value = text
    type_name = "ShippingMethodType" if isinstance(row, ShippingMethod) else ""
    named = {} if isinstance(row, ShopSettings) else {"id": ("ID!", gid(row, type_name))}
    return Merchant().mutate(
        mutation,
        "__typename",
        **named,
        languageCode=("LanguageCodeEnum!", language),
        input=(f"{INPUTS[mutation]}!", {field: value}),
    )["errors"]


def test_the_schema_has_translations_of_all_that_shoppers_read() -> None:
    assert len(FIELDS) >= 24
    assert {scalar for _, _, scalar in FIELDS} == {"String", RICH_TEXT}


@pytest.mark.parametrize(
    ("text", "language", "rule"), [(FRENCH, "FR", "T2-language"), (GERMAN_CLAIM, "DE", "C9-")]
)
@pytest.mark.parametrize("mutation", sorted(INPUTS))
def test_each_text_of_a_translation_is_checked(mutation: str, text: str, language: str, rule: str) -> None:
    """French is held, since nobody has rules for it; a German claim is refused."""
    row = row_to_translate(mutation)
    for name, field, scalar in FIELDS:
        if name == mutation:
            errors = save(row, mutation, field, scalar, text, language)
            assert errors, f"{field} was saved"
            assert all(rule in error["message"] for error in errors), field
    assert not Translation.objects.exists()
