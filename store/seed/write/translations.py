"""The catalog in other languages: names, box contents, categories and collections. Products bring their own texts.

A text that is written in the same way in both languages is not sent: Saleor's own name is shown then.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from store.saleor.client.enums import LanguageCodeEnum
from store.saleor.client.fragments import TextValues
from store.saleor.client.input_types import (
    AttributeValueTranslationInput,
    NameTranslationInput,
    ShippingPriceTranslationInput,
    TranslationInput,
)
from store.seed.read import Catalog, editorjs
from store.seed.read.file_models import Translations
from store.seed.read.texts import BOX_CONTENTS, VARIANT_BOX_CONTENTS
from store.seed.write.context import SeedContext, iter_nodes
from store.seed.write.existing_ids import load_types, note_translations
from store.seed.write.merge import comparable_texts


@dataclass(frozen=True, slots=True)
class Target:
    """One language of the shop, and what is written of it."""

    context: SeedContext
    code: LanguageCodeEnum
    texts: Translations

    def send(
        self, kind: str, key: str, texts: Mapping[str, str | None], send: Callable[[str, dict[str, Any]], Any]
    ) -> None:
        """`send` takes the id and the texts that have changed in the files; what the merchant has changed stays.

        An object that is not in the shop, such as one that a merchant deleted, is left out.
        """
        id_ = self.context.ids[kind].get(key)
        if id_:
            self.context.update_fields(
                f"{kind}-{self.code.value.lower()}",
                key,
                comparable_texts(texts),
                lambda changed: send(id_, {name: texts[name] for name in changed}),
            )

    def send_name(
        self, kind: str, key: str, name: str, send: Callable[[str, NameTranslationInput], Any]
    ) -> None:
        translated = self.texts.name(name)
        if translated != name:
            self.send(
                kind, key, {"name": translated}, lambda id_, texts: send(id_, NameTranslationInput(**texts))
            )


def write_translations(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    load_types(context)  # values that were just created have an id by now
    _load_text_values(context)
    for language, texts in catalog.translations.items():
        target = Target(context, LanguageCodeEnum(language.upper()), texts)
        _attributes(target, catalog)
        _variants(target, catalog)
        _deliveries(target, catalog)
        _menu_items(target, catalog)
        _categories_and_collections(target)
        context.fingerprints.save()
        yield language


def _attributes(target: Target, catalog: Catalog) -> None:
    client, code = target.context.client, target.code
    for attribute in catalog.attributes:
        target.send_name(
            "attribute",
            attribute.slug,
            attribute.name,
            lambda id_, name: client.attribute_translate(id_, code, name).attribute_translate,
        )
        for value in attribute.value_names:
            key, translated = f"{attribute.slug}/{value}", target.texts.name(value)
            if translated != value:
                _value(target, "value", key, {"name": translated})


def _value(target: Target, kind: str, key: str, texts: Mapping[str, str]) -> None:
    client = target.context.client
    target.send(
        kind,
        key,
        texts,
        lambda id_, changed: (
            client.attribute_value_translate(
                id_, target.code, AttributeValueTranslationInput(**changed)
            ).attribute_value_translate
        ),
    )


def _variants(target: Target, catalog: Catalog) -> None:
    client, code = target.context.client, target.code
    for product in catalog.products:
        _box(target, product.slug, BOX_CONTENTS, product.attributes.get(BOX_CONTENTS))
        for variant in product.variants:
            target.send_name(
                "product-variant",
                variant.sku,
                variant.name,
                lambda id_, name: client.product_variant_translate(id_, code, name).product_variant_translate,
            )
            _box(target, variant.sku, VARIANT_BOX_CONTENTS, variant.facts.get(VARIANT_BOX_CONTENTS))


def _box(target: Target, owner: str, attribute: str, contents: object) -> None:
    if contents:
        text = target.texts.box_contents(str(contents))
        _value(target, "text-value", f"{owner}/{attribute}", {"plain_text": text})


def _deliveries(target: Target, catalog: Catalog) -> None:
    client, code = target.context.client, target.code
    for zone in catalog.zones:
        for method in zone.methods:
            target.send(
                "shipping-method",
                f"{zone.name}/{method.name}",
                {"name": target.texts.name(method.name)},
                lambda id_, changed: (
                    client.shipping_price_translate(
                        id_, code, ShippingPriceTranslationInput(**changed)
                    ).shipping_price_translate
                ),
            )


def _menu_items(target: Target, catalog: Catalog) -> None:
    client, code = target.context.client, target.code
    for menu in catalog.menus:
        for item in menu.items:
            target.send_name(
                "menu-item",
                f"{menu.slug}/{item.name}",
                item.name,
                lambda id_, name: client.menu_item_translate(id_, code, name).menu_item_translate,
            )


def _categories_and_collections(target: Target) -> None:
    client, code = target.context.client, target.code
    for slug, category in target.texts.categories.items():
        target.send(
            "category",
            slug,
            {
                "name": category.name,
                "description": editorjs.document(category.description),
                "seo_title": category.seo.title,
                "seo_description": category.seo.description,
            },
            lambda id_, changed: (
                client.category_translate(id_, code, TranslationInput(**changed)).category_translate
            ),
        )
    for slug, collection in target.texts.collections.items():
        target.send(
            "collection",
            slug,
            {"name": collection.name, "description": editorjs.document(collection.description)},
            lambda id_, changed: (
                client.collection_translate(id_, code, TranslationInput(**changed)).collection_translate
            ),
        )


def _load_text_values(context: SeedContext) -> None:
    """Ids of the values of attributes of text, such as `silicone-starter-set/box-contents`, or with the SKU."""
    client = context.client
    for product in iter_nodes(lambda after: client.text_value_keys(after=after).products):
        _keep_ids(context, product.slug, product.attributes)
        for edge in product.product_variants.edges if product.product_variants else ():
            _keep_ids(context, edge.node.sku or "", edge.node.attributes)


def _keep_ids(context: SeedContext, owner: str, attributes: list[TextValues]) -> None:
    for selected in attributes:
        for value in selected.values:
            if value.plain_text:
                key = f"{owner}/{selected.attribute.slug}"
                context.ids["text-value"][key] = value.id
                note_translations(context, "text-value", key, value, ("plain_text",))
