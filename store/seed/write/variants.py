"""Variants with prices and initial stock, in the order of the file, which is the order that Saleor shows."""

from decimal import Decimal
from typing import Any

from store.saleor.client.input_types import (
    ProductVariantChannelListingAddInput,
    ProductVariantCreateInput,
    ProductVariantInput,
    StockInput,
)
from store.seed.read.file_models import Attribute, Product, Variant
from store.seed.write.attribute_values import attribute_value
from store.seed.write.box_dimensions import cups_metadata
from store.seed.write.context import SeedContext

Attributes = dict[str, Attribute]


def write_variants(context: SeedContext, product: Product, product_id: str, attributes: Attributes) -> None:
    for variant in product.variants:
        is_known = variant.sku in context.ids["product-variant"]
        _variant(context, product_id, variant, attributes)
        _prices(context, variant)
        if is_known:
            _add_stock(context, variant)


def reset_stock(context: SeedContext, product: Product) -> None:
    """Set every quantity to that of the file. Only on request, since it undoes the effect of sales."""
    for variant in product.variants:
        _send_stock(context, variant, list(variant.stock))


def _variant(context: SeedContext, product_id: str, variant: Variant, attributes: Attributes) -> None:
    """Created one at a time, since Saleor's bulk mutation does not preserve the order."""
    client = context.client
    fields: dict[str, Any] = {
        "name": variant.name,
        "track_inventory": True,
        "attributes": [
            attribute_value(context, attributes[slug], value)
            for slug, value in [*variant.attributes.items(), *variant.own_facts.items()]
        ],
        "metadata": cups_metadata(variant.cups),
        "weight": Decimal(str(variant.weight_kg)) if variant.weight_kg else None,
    }
    stocks = _stocks(context, variant, list(variant.stock))
    create_input = ProductVariantCreateInput(product=product_id, sku=variant.sku, stocks=stocks, **fields)
    context.upsert(
        "product-variant",
        variant.sku,
        variant.model_dump(mode="json", include={"name", "attributes", "facts", "cups", "weight_kg"}),
        create=lambda: client.product_variant_create(create_input).product_variant_create,
        update=lambda id_: (
            client.product_variant_update(id_, ProductVariantInput(**fields)).product_variant_update
        ),
    )


def _prices(context: SeedContext, variant: Variant) -> None:
    id_ = context.id("product-variant", variant.sku)
    prices = [
        ProductVariantChannelListingAddInput(channel_id=context.id("channel", slug), price=amount)
        for slug, amount in variant.price.items()
    ]
    client = context.client
    context.send_if_changed(
        "price",
        variant.sku,
        [prices, id_],
        lambda: (
            client.product_variant_channel_listing_update(id_, prices).product_variant_channel_listing_update
        ),
    )


def _add_stock(context: SeedContext, variant: Variant) -> None:
    """Only for warehouses without stock of this variant, so that quantities reduced by sales stay."""
    new = [
        warehouse for warehouse in variant.stock if f"{variant.sku}/{warehouse}" not in context.ids["stock"]
    ]
    if new:
        _send_stock(context, variant, new)


def _send_stock(context: SeedContext, variant: Variant, warehouses: list[str]) -> None:
    stocks = _stocks(context, variant, warehouses)
    id_ = context.id("product-variant", variant.sku)
    client = context.client
    context.send(
        "stock",
        variant.sku,
        lambda: client.product_variant_stocks_update(id_, stocks).product_variant_stocks_update,
    )


def _stocks(context: SeedContext, variant: Variant, warehouses: list[str]) -> list[StockInput]:
    return [
        StockInput(warehouse=context.id("warehouse", slug), quantity=variant.stock[slug])
        for slug in warehouses
    ]
