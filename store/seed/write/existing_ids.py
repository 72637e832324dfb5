"""Loads the ids of the objects that exist in Saleor, by natural key, and fields of products that merchants edit."""

from store.saleor.client.product_keys import (
    ProductKeysProductsEdgesNode,
    ProductKeysProductsEdgesNodeProductVariantsEdgesNode,
)
from store.seed.write.context import SeedContext, iter_nodes
from store.seed.write.fingerprints import fingerprint
from store.seed.write.merge import amount, rich_text


def load_existing_ids(context: SeedContext) -> None:
    """Fill `context.ids`. The menu section loads its own, since Saleor finds menus by slug only."""
    _load_channels_and_shipping(context)
    load_types(context)
    client = context.client
    for kind, nodes in (
        ("category", iter_nodes(lambda after: client.category_keys(after=after).categories)),
        ("collection", iter_nodes(lambda after: client.collection_keys(after=after).collections)),
        ("page", iter_nodes(lambda after: client.page_keys(after=after).pages)),
    ):
        context.ids[kind] = {node.slug: node.id for node in nodes}
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


def load_types(context: SeedContext) -> None:
    client = context.client
    for node in iter_nodes(lambda after: client.page_type_keys(after=after).page_types):
        context.ids["page-type"][node.slug] = node.id
    for node in iter_nodes(lambda after: client.attribute_keys(after=after).attributes):
        context.ids["attribute"][node.slug] = node.id
        for edge in node.choices.edges if node.choices else ():
            context.ids["value"][f"{node.slug}/{edge.node.name}"] = edge.node.id
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
        for edge in node.product_variants.edges if node.product_variants else ():
            if sku := edge.node.sku:
                context.ids["product-variant"][sku] = edge.node.id
                _note_variant(context, sku, edge.node)
                for stock in edge.node.stocks or ():
                    context.ids["stock"][f"{sku}/{stock.warehouse.slug}"] = edge.node.id


def _note_product(context: SeedContext, node: ProductKeysProductsEdgesNode) -> None:
    context.shop_values["product", node.slug] = {
        "name": fingerprint(node.name),
        "description": fingerprint(rich_text(node.description)),
        "seo": fingerprint([node.seo_title or "", node.seo_description or ""]),
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
