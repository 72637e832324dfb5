"""Variants with prices and initial stock, in the order of the file, which is the order that Saleor shows."""

from collections.abc import Collection
from decimal import Decimal
from functools import partial
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
from store.seed.write.merge import amount, changed_values

Attributes = dict[str, Attribute]


def write_variants(context: SeedContext, product: Product, product_id: str, attributes: Attributes) -> None:
    for variant in product.variants:
        is_known = variant.sku in context.ids["product-variant"]
        _variant(context, product_id, variant, attributes)
        _prices(context, variant, is_new=not is_known)
        if is_known:
            _add_stock(context, variant)


def reset_stock(context: SeedContext, product: Product) -> None:
    """Set every quantity to that of the file. Only on request, since it undoes the effect of sales."""
    for variant in product.variants:
        _send_stock(context, variant, list(variant.stock))


def _variant(context: SeedContext, product_id: str, variant: Variant, attributes: Attributes) -> None:
    """Created one at a time, since Saleor's bulk mutation does not preserve the order."""
    client = context.client
    attribute_inputs = {
        slug: attribute_value(context, attributes[slug], value)
        for slug, value in [*variant.attributes.items(), *variant.own_facts.items()]
    }
    fields: dict[str, Any] = {
        "name": variant.name,
        "track_inventory": True,
        "metadata": cups_metadata(variant.cups),
        "weight": Decimal(str(variant.weight_kg)) if variant.weight_kg else None,
    }
    content = {**fields, **{f"attribute {slug}": given for slug, given in attribute_inputs.items()}}

    def update(id_: str, changed: Collection[str]) -> Any:
        chosen = changed_values(fields, attribute_inputs, changed)
        return client.product_variant_update(id_, ProductVariantInput(**chosen)).product_variant_update

    if known := context.ids["product-variant"].get(variant.sku):
        context.update_fields("product-variant", variant.sku, content, partial(update, known))
        return
    create_input = ProductVariantCreateInput(
        product=product_id,
        sku=variant.sku,
        stocks=_stocks(context, variant, list(variant.stock)),
        attributes=list(attribute_inputs.values()),
        **fields,
    )
    context.create(
        "product-variant",
        variant.sku,
        lambda: client.product_variant_create(create_input).product_variant_create,
    )
    context.note_fields("product-variant", variant.sku, content)


def _prices(context: SeedContext, variant: Variant, *, is_new: bool) -> None:
    """Channel by channel: a new price in euro leaves the one in dollars to the merchant."""
    id_ = context.id("product-variant", variant.sku)
    client = context.client

    def send(changed: Collection[str]) -> Any:
        prices = [
            ProductVariantChannelListingAddInput(channel_id=context.id("channel", slug), price=price)
            for slug, price in variant.price.items()
            if slug in changed
        ]
        answer = client.product_variant_channel_listing_update(id_, prices)
        return answer.product_variant_channel_listing_update

    if is_new:
        context.fingerprints.forget("price", variant.sku)
    context.update_fields(
        "price", variant.sku, {slug: amount(price) for slug, price in variant.price.items()}, send
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
