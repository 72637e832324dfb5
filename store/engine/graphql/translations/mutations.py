"""Mutations of the translation of a single object, one for each kind."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.text import Truncator

from store.engine.catalog import search
from store.engine.catalog.editorjs import clean_rich_text, plain_text
from store.engine.channels import shop_settings
from store.engine.errors import camel_case
from store.engine.graphql import ids
from store.engine.graphql.channels.translations import save_in_transaction
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.translations.contents import KINDS, MANAGE_TRANSLATIONS, Translatable

RICH_TEXT_FIELDS = ("description", "content", "rich_text")


def save(translatable: Translatable, row: Any, language_code: str, given: Mapping[str, Any]) -> None:
    """Save what is given of a row's translation, inside the caller's transaction. Raises as `save_in_transaction`,
    and OperationError for rich text of another form."""
    values = {
        name: clean_rich_text(value, field=camel_case(name)) if name in RICH_TEXT_FIELDS and value else value
        for name, value in given.items()
    }
    if translatable.kind == "AttributeValue":
        values = _name_of_text(values) | values
    save_in_transaction(translatable.kind, row.pk, language_code, values)
    if translatable.kind == "Product":
        search.index([row.pk])


def _name_of_text(values: Mapping[str, Any]) -> dict[str, Any]:
    """A value that is a text is named by its beginning, as Saleor does; {} for another value."""
    rich_text = values.get("rich_text")
    text = values.get("plain_text") or (plain_text(rich_text) if rich_text else "")
    return {"name": Truncator(text).chars(100)} if text else {}


def _register(name: str, payload_field: str, kind: str) -> None:
    translatable = KINDS[kind]

    def translate(info: Info, *, id: str, language_code: str, input: dict[str, Any]) -> dict[str, Any]:
        row = ids.get_row(id, translatable.model, *translatable.types)
        with transaction.atomic(durable=True):
            save(translatable, row, language_code, input)
        return {payload_field: row}

    translate.__name__ = name
    register: Callable[..., Any] = mutation(permissions=MANAGE_TRANSLATIONS)
    register(translate)


for _name, _payload_field, _kind in (
    ("attribute_translate", "attribute", "ATTRIBUTE"),
    ("attribute_value_translate", "attribute_value", "ATTRIBUTE_VALUE"),
    ("category_translate", "category", "CATEGORY"),
    ("collection_translate", "collection", "COLLECTION"),
    ("menu_item_translate", "menu_item", "MENU_ITEM"),
    ("page_translate", "page", "PAGE"),
    ("product_translate", "product", "PRODUCT"),
    ("product_variant_translate", "product_variant", "VARIANT"),
    ("shipping_price_translate", "shipping_method", "SHIPPING_METHOD"),
    ("voucher_translate", "voucher", "VOUCHER"),
):
    _register(_name, _payload_field, _kind)


@mutation(permissions=MANAGE_TRANSLATIONS)
def shop_settings_translate(info: Info, *, language_code: str, input: dict[str, Any]) -> dict[str, Any]:
    settings = shop_settings.current()
    with transaction.atomic(durable=True):
        save_in_transaction("Shop", settings.pk, language_code, input)
    return {"shop": settings}
