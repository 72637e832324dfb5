"""Loads the ids of the objects that exist in Saleor, by natural key, and fields of products that merchants edit."""

from collections.abc import Sequence
from typing import Any

from store.saleor.client.product_keys import (
    ProductKeysProductsEdgesNode,
    ProductKeysProductsEdgesNodeMedia,
    ProductKeysProductsEdgesNodeProductVariantsEdgesNode,
)
from store.seed.write.context import SeedContext, iter_nodes
from store.seed.write.fingerprints import fingerprint
from store.seed.write.merge import amount, comparable_texts, rich_text

SHELF_TEXTS = ("name", "description", "seo_title", "seo_description")
PAGE_TEXTS = ("title", "content", "seo_title", "seo_description")
LANGUAGES = ("de", "es")


def note_texts(context: SeedContext, kind: str, key: str, node: Any, names: Sequence[str]) -> None:
    """What the shop says in these fields, for the three-way merge."""
    texts = comparable_texts({name: getattr(node, name) for name in names})
    context.shop_values[kind, key] = {name: fingerprint(text) for name, text in texts.items()}


def note_translations(
    context: SeedContext, kind: str, key: str, node: Any, names: Sequence[str] = ("name",)
) -> None:
    """As `note_texts`, of each language; a text without translation is no work of a merchant."""
    for language in LANGUAGES:
        translation = getattr(node, language)
        texts = {name: text for name in names if translation and (text := getattr(translation, name))}
        context.shop_values[f"{kind}-{language}", key] = {
            name: fingerprint(text) for name, text in comparable_texts(texts).items()
        }


def load_existing_ids(context: SeedContext) -> None:
    """Fill `context.ids`. The menu section loads its own, since Saleor finds menus by slug only."""
    _load_channels_and_shipping(context)
    load_types(context)
    client = context.client
    for kind, nodes, names in (
        ("category", iter_nodes(lambda after: client.category_keys(after=after).categories), SHELF_TEXTS),
        (
            "collection",
            iter_nodes(lambda after: client.collection_keys(after=after).collections),
            SHELF_TEXTS[:2],
        ),
        ("page", iter_nodes(lambda after: client.page_keys(after=after).pages), PAGE_TEXTS),
    ):
        context.ids[kind] = {}
        for node in nodes:
            context.ids[kind][node.slug] = node.id
            note_texts(context, kind, node.slug, node, names)
            note_translations(context, kind, node.slug, node, names)
    _load_products(context)


def _load_channels_and_shipping(context: SeedContext) -> None:
    client = context.client
    for channel in client.channel_keys().channels or ():
        context.ids["channel"][channel.slug] = channel.id
        context.ids["currency"][channel.slug] = channel.currency_code
        context.ids["tax-configuration"][channel.slug] = channel.tax_configuration.id
    for node in iter_nodes(lambda after: client.warehouse_keys(after=after).warehouses):
        context.ids["warehouse"][node.slug] = node.id
    for node in iter_nodes(lambda after: client.tax_class_keys(after=after).tax_classes):
        context.ids["tax-class"][node.name] = node.id
    for node in iter_nodes(lambda after: client.shipping_zone_keys(after=after).shipping_zones):
        context.ids["shipping-zone"][node.name] = node.id
        for method in node.shipping_methods or ():
            context.ids["shipping-method"][f"{node.name}/{method.name}"] = method.id
            note_translations(context, "shipping-method", f"{node.name}/{method.name}", method)


def load_types(context: SeedContext) -> None:
    client = context.client
    for node in iter_nodes(lambda after: client.page_type_keys(after=after).page_types):
        context.ids["page-type"][node.slug] = node.id
    for node in iter_nodes(lambda after: client.attribute_keys(after=after).attributes):
        context.ids["attribute"][node.slug] = node.id
        note_translations(context, "attribute", node.slug, node)
        for edge in node.choices.edges if node.choices else ():
            context.ids["value"][f"{node.slug}/{edge.node.name}"] = edge.node.id
            note_translations(context, "value", f"{node.slug}/{edge.node.name}", edge.node)
    for node in iter_nodes(lambda after: client.product_type_keys(after=after).product_types):
        context.ids["product-type"][node.slug] = node.id
        for attribute in node.product_attributes or ():
            context.ids["assigned"][f"{node.slug}/{attribute.slug}"] = node.id
        for attribute in node.assigned_variant_attributes or ():
            context.ids["assigned"][f"{node.slug}/{attribute.attribute.slug}"] = node.id


def _load_products(context: SeedContext) -> None:
    client = context.client
    for node in iter_nodes(lambda after: client.product_keys(first=20, after=after).products):
        context.ids["product"][node.slug] = node.id
        _note_product(context, node)
        for media in node.media or ():
            context.ids[f"media:{node.slug}"][media.id] = media.alt
            _note_picture(context, media)
        for edge in node.product_variants.edges if node.product_variants else ():
            if sku := edge.node.sku:
                context.ids["product-variant"][sku] = edge.node.id
                _note_variant(context, sku, edge.node)
                note_translations(context, "product-variant", sku, edge.node)
                for stock in edge.node.stocks or ():
                    context.ids["stock"][f"{sku}/{stock.warehouse.slug}"] = edge.node.id


def _note_product(context: SeedContext, node: ProductKeysProductsEdgesNode) -> None:
    context.shop_values["product", node.slug] = {
        "name": fingerprint(node.name),
        "description": fingerprint(rich_text(node.description)),
        "seo": fingerprint([node.seo_title or "", node.seo_description or ""]),
    }
    note_translations(context, "product", node.slug, node, SHELF_TEXTS)


def _note_picture(context: SeedContext, media: ProductKeysProductsEdgesNodeMedia) -> None:
    """Its texts, by its id: the file that it was made from is known by the fingerprints only."""
    texts = {"en": media.alt, "de": media.de, "es": media.es}
    context.shop_values["picture-texts", media.id] = {
        language: fingerprint(text) for language, text in texts.items() if text
    }


def _note_variant(
    context: SeedContext, sku: str, node: ProductKeysProductsEdgesNodeProductVariantsEdgesNode
) -> None:
    context.shop_values["product-variant", sku] = {"name": fingerprint(node.name)}
    context.shop_values["price", sku] = {
        listing.channel.slug: fingerprint(amount(listing.price.amount))
        for listing in node.channel_listings or ()
        if listing.price
    }
