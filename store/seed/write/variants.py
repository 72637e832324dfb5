"""Variants with their prices and first stock, in the order of the file: Saleor keeps the order in which they came."""

from typing import Any

from store.saleor.client.input_types import (
    AttributeValueInput,
    AttributeValueSelectableTypeInput,
    ProductVariantChannelListingAddInput,
    ProductVariantCreateInput,
    ProductVariantInput,
    StockInput,
)
from store.seed.read.file_models import Attribute, Product, Variant
from store.seed.write.box_dimensions import cups_metadata
from store.seed.write.context import Bench

Attributes = dict[str, Attribute]


def write_variants(bench: Bench, product: Product, product_id: str, attributes: Attributes) -> None:
    for one in product.variants:
        is_known = one.sku in bench.ids["product-variant"]
        _variant(bench, product_id, one, attributes)
        _prices(bench, one)
        if is_known:
            _add_stock(bench, one)


def reset_stock(bench: Bench, product: Product) -> None:
    """Set every quantity to what the file says: only on demand, since sold goods would come back."""
    for one in product.variants:
        _send_stock(bench, one, list(one.stock))


def _variant(bench: Bench, product_id: str, one: Variant, attributes: Attributes) -> None:
    """One by one, since Saleor's bulk creation forgets the order."""
    client = bench.client
    said: dict[str, Any] = {
        "name": one.name,
        "track_inventory": True,
        "attributes": [_value(bench, attributes[slug], name) for slug, name in one.attributes.items()],
        "metadata": cups_metadata(one.cups),
    }
    stocks = _stocks(bench, one, list(one.stock))
    created = ProductVariantCreateInput(product=product_id, sku=one.sku, stocks=stocks, **said)
    bench.keep(
        "product-variant",
        one.sku,
        one.model_dump(mode="json", include={"name", "attributes", "cups"}),
        create=lambda: client.product_variant_create(created).product_variant_create,
        update=lambda id_: (
            client.product_variant_update(id_, ProductVariantInput(**said)).product_variant_update
        ),
    )


def _value(bench: Bench, attribute: Attribute, name: str) -> AttributeValueInput:
    pick = {attribute.input: AttributeValueSelectableTypeInput(value=name)}
    return AttributeValueInput(id=bench.id("attribute", attribute.slug), **pick)


def _prices(bench: Bench, one: Variant) -> None:
    id_ = bench.id("product-variant", one.sku)
    prices = [
        ProductVariantChannelListingAddInput(channel_id=bench.id("channel", slug), price=amount)
        for slug, amount in one.price.items()
    ]
    client = bench.client
    bench.once(
        "price",
        one.sku,
        [prices, id_],
        lambda: (
            client.product_variant_channel_listing_update(id_, prices).product_variant_channel_listing_update
        ),
    )


def _add_stock(bench: Bench, one: Variant) -> None:
    """Only for warehouses that do not hold this variant yet: what was sold since stays sold."""
    new = [warehouse for warehouse in one.stock if f"{one.sku}/{warehouse}" not in bench.ids["stock"]]
    if new:
        _send_stock(bench, one, new)


def _send_stock(bench: Bench, one: Variant, warehouses: list[str]) -> None:
    stocks = _stocks(bench, one, warehouses)
    id_ = bench.id("product-variant", one.sku)
    client = bench.client
    bench.send(
        "stock",
        one.sku,
        lambda: client.product_variant_stocks_update(id_, stocks).product_variant_stocks_update,
    )


def _stocks(bench: Bench, one: Variant, warehouses: list[str]) -> list[StockInput]:
    return [
        StockInput(warehouse=bench.id("warehouse", slug), quantity=one.stock[slug]) for slug in warehouses
    ]
