"""The catalog in other languages: names, box contents, categories and collections. Products bring their own texts.

A text that is written in the same way in both languages is not sent: Saleor's own name is shown then.
"""

from collections.abc import Callable, Iterator
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
from store.seed.write.existing_ids import load_types


@dataclass(frozen=True, slots=True)
class Target:
    """One language of the shop, and what is written of it."""

    context: SeedContext
    code: LanguageCodeEnum
    texts: Translations

    def send(self, kind: str, key: str, content: Any, send: Callable[[str], Any]) -> None:
        """`send` takes the id. An object that is not in the shop, such as one that a merchant deleted, is left out."""
        id_ = self.context.ids[kind].get(key)
        if id_:
            self.context.send_if_changed(
                f"{kind}-{self.code.value.lower()}", key, [content, id_], lambda: send(id_)
            )

    def send_name(
        self, kind: str, key: str, name: str, send: Callable[[str, NameTranslationInput], Any]
    ) -> None:
        translated = self.texts.name(name)
        if translated != name:
            content = NameTranslationInput(name=translated)
            self.send(kind, key, content, lambda id_: send(id_, content))


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
                _value(target, "value", key, AttributeValueTranslationInput(name=translated))


def _value(target: Target, kind: str, key: str, content: AttributeValueTranslationInput) -> None:
    client = target.context.client
    target.send(
        kind,
        key,
        content,
        lambda id_: client.attribute_value_translate(id_, target.code, content).attribute_value_translate,
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
        _value(target, "text-value", f"{owner}/{attribute}", AttributeValueTranslationInput(plain_text=text))


def _deliveries(target: Target, catalog: Catalog) -> None:
    client, code = target.context.client, target.code
    for zone in catalog.zones:
        for method in zone.methods:
            content = ShippingPriceTranslationInput(name=target.texts.name(method.name))
            target.send(
                "shipping-method",
                f"{zone.name}/{method.name}",
                content,
                lambda id_, content=content: (  # type: ignore[misc]
                    client.shipping_price_translate(id_, code, content).shipping_price_translate
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
        content = TranslationInput(
            name=category.name,
            description=editorjs.document(category.description),
            seo_title=category.seo.title,
            seo_description=category.seo.description,
        )
        target.send(
            "category",
            slug,
            content,
            lambda id_, content=content: client.category_translate(id_, code, content).category_translate,  # type: ignore[misc]
        )
    for slug, collection in target.texts.collections.items():
        content = TranslationInput(
            name=collection.name, description=editorjs.document(collection.description)
        )
        target.send(
            "collection",
            slug,
            content,
            lambda id_, content=content: client.collection_translate(id_, code, content).collection_translate,  # type: ignore[misc]
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
                context.ids["text-value"][f"{owner}/{selected.attribute.slug}"] = value.id
