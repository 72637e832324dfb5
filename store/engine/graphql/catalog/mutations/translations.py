"""Mutations of translations."""

from typing import Any

from django.db import transaction
from django.utils.text import Truncator

from store.engine.catalog import search
from store.engine.catalog.editorjs import clean_rich_text, plain_text
from store.engine.catalog.models import (
    Attribute,
    AttributeValue,
    Category,
    Collection,
    MenuItem,
    Page,
    Product,
    ProductVariant,
)
from store.engine.errors import camel_case
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload
from store.engine.graphql.channels.translations import save_translation
from store.engine.graphql.registry import Info, mutation
from store.engine.shipping.models import ShippingMethod

RICH_TEXT_FIELDS = ("description", "content", "rich_text")


def _translate(model: Any, kind: str, global_id: str, language_code: str, given: dict[str, Any]) -> Any:
    """`global_id` may be the object's or that of Saleor's translatable content."""
    row = ids.get_row(global_id, model, kind, f"{model.__name__}TranslatableContent")
    values = {
        name: clean_rich_text(value, field=camel_case(name)) if name in RICH_TEXT_FIELDS else value
        for name, value in given.items()
    }
    save_translation(kind, row, language_code, values)
    return row


@mutation(permissions="MANAGE_TRANSLATIONS")
def product_translate(info: Info, *, id: str, language_code: str, input: dict[str, Any]) -> Payload:
    row = _translate(Product, "Product", id, language_code, input)
    with transaction.atomic(durable=True):
        search.index([row.pk])
    return {"product": row}


@mutation(permissions="MANAGE_TRANSLATIONS")
def product_variant_translate(info: Info, *, id: str, language_code: str, input: dict[str, Any]) -> Payload:
    return {"product_variant": _translate(ProductVariant, "ProductVariant", id, language_code, input)}


@mutation(permissions="MANAGE_TRANSLATIONS")
def page_translate(info: Info, *, id: str, language_code: str, input: dict[str, Any]) -> Payload:
    row = _translate(Page, "Page", id, language_code, input)
    return {"page": row}


@mutation(permissions="MANAGE_TRANSLATIONS")
def category_translate(info: Info, *, id: str, language_code: str, input: dict[str, Any]) -> Payload:
    return {"category": _translate(Category, "Category", id, language_code, input)}


@mutation(permissions="MANAGE_TRANSLATIONS")
def collection_translate(info: Info, *, id: str, language_code: str, input: dict[str, Any]) -> Payload:
    return {"collection": _translate(Collection, "Collection", id, language_code, input)}


@mutation(permissions="MANAGE_TRANSLATIONS")
def attribute_translate(info: Info, *, id: str, language_code: str, input: dict[str, Any]) -> Payload:
    return {"attribute": _translate(Attribute, "Attribute", id, language_code, input)}


@mutation(permissions="MANAGE_TRANSLATIONS")
def attribute_value_translate(info: Info, *, id: str, language_code: str, input: dict[str, Any]) -> Payload:
    given = _name_of_text(input) | input
    return {"attribute_value": _translate(AttributeValue, "AttributeValue", id, language_code, given)}


def _name_of_text(given: dict[str, Any]) -> dict[str, Any]:
    """A value that is a text is named by its beginning, as Saleor does; {} for another value."""
    rich_text = given.get("rich_text")
    text = given.get("plain_text") or (
        plain_text(clean_rich_text(rich_text, field="richText")) if rich_text else ""
    )
    return {"name": Truncator(text).chars(100)} if text else {}


@mutation(permissions="MANAGE_TRANSLATIONS")
def menu_item_translate(info: Info, *, id: str, language_code: str, input: dict[str, Any]) -> Payload:
    return {"menu_item": _translate(MenuItem, "MenuItem", id, language_code, input)}


@mutation(permissions="MANAGE_TRANSLATIONS")
def shipping_price_translate(info: Info, *, id: str, language_code: str, input: dict[str, Any]) -> Payload:
    row = _translate(ShippingMethod, "ShippingMethodType", id, language_code, input)
    return {"shipping_method": row}
