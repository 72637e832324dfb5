"""Variants with their prices and first stock. New ones go in one call, known ones where they changed."""

from typing import Any

from store.saleor.client.input_types import (
    AttributeValueInput,
    AttributeValueSelectableTypeInput,
    BulkAttributeValueInput,
    ProductVariantBulkCreateInput,
    ProductVariantChannelListingAddInput,
    ProductVariantInput,
    StockInput,
)
from store.saleor.errors import Problem, Refused
from store.seed.read.shapes import Attribute, Product, Variant
from store.seed.write.bench import Bench, Declined
from store.seed.write.ledger import fingerprint
from store.seed.write.measures import cups_metadata

Attributes = dict[str, Attribute]


def write_variants(bench: Bench, product: Product, product_id: str, attributes: Attributes) -> None:
    known = [one for one in product.variants if one.sku in bench.ids["product-variant"]]
    new = [one for one in product.variants if one.sku not in bench.ids["product-variant"]]
    for one in known:
        _update(bench, one, attributes)
        _update_prices(bench, one)
        _add_stock(bench, one)
    if new:
        _create(bench, product_id, new, [_new(bench, one, attributes) for one in new])


def reset_stock(bench: Bench, product: Product) -> None:
    """Set every quantity to what the file says: only on demand, since sold goods would come back."""
    for one in product.variants:
        _send_stock(bench, one, list(one.stock))


def _create(
    bench: Bench, product_id: str, new: list[Variant], inputs: list[ProductVariantBulkCreateInput]
) -> None:
    key = ", ".join(one.sku for one in new)
    payload = bench.send(
        "variants",
        key,
        lambda: bench.client.product_variant_bulk_create(product_id, inputs).product_variant_bulk_create,
    )
    problems = [
        Problem(str(error.code.value), f"{one.sku} {error.path or ''}".strip(), error.message or "")
        for one, result in zip(new, payload.results, strict=False)
        for error in result.errors or ()
    ]
    if problems:
        raise Declined("variants", key, Refused(problems))
    for one, result in zip(new, payload.results, strict=True):
        assert result.product_variant is not None
        bench.ids["product-variant"][one.sku] = result.product_variant.id
        bench.ledger.mark("product-variant", one.sku, fingerprint(_said(one)))
        bench.ledger.mark("price", one.sku, fingerprint(_prices(bench, one)))
    bench.tally["created"] += len(new)


def _new(bench: Bench, one: Variant, attributes: Attributes) -> ProductVariantBulkCreateInput:
    values = [
        BulkAttributeValueInput(id=bench.id("attribute", slug), **_pick(attributes[slug], name))
        for slug, name in one.attributes.items()
    ]
    return ProductVariantBulkCreateInput(
        sku=one.sku,
        name=one.name,
        track_inventory=True,
        attributes=values,
        metadata=cups_metadata(one.cups),
        stocks=_stock(bench, one, list(one.stock)),
        channel_listings=_prices(bench, one),
    )


def _update(bench: Bench, one: Variant, attributes: Attributes) -> None:
    values = [
        AttributeValueInput(id=bench.id("attribute", slug), **_pick(attributes[slug], name))
        for slug, name in one.attributes.items()
    ]
    wanted = ProductVariantInput(name=one.name, attributes=values, metadata=cups_metadata(one.cups))
    bench.keep(
        "product-variant",
        one.sku,
        _said(one),
        create=lambda: None,
        update=lambda id_: bench.client.product_variant_update(id_, wanted).product_variant_update,
    )


def _update_prices(bench: Bench, one: Variant) -> None:
    prices = _prices(bench, one)
    id_ = bench.ids["product-variant"][one.sku]

    def send() -> Any:
        bench.tally["updated"] += 1
        client = bench.client
        return client.product_variant_channel_listing_update(
            id_, prices
        ).product_variant_channel_listing_update

    bench.once("price", one.sku, prices, send)


def _add_stock(bench: Bench, one: Variant) -> None:
    """Only for warehouses that do not hold this variant yet: what was sold since stays sold."""
    new = [warehouse for warehouse in one.stock if f"{one.sku}/{warehouse}" not in bench.ids["stock"]]
    if new:
        _send_stock(bench, one, new)


def _send_stock(bench: Bench, one: Variant, warehouses: list[str]) -> None:
    stocks = _stock(bench, one, warehouses)
    id_ = bench.id("product-variant", one.sku)
    bench.send(
        "stock",
        one.sku,
        lambda: bench.client.product_variant_stocks_update(id_, stocks).product_variant_stocks_update,
    )
    bench.tally["updated"] += 1


def _said(one: Variant) -> Any:
    """What the file says of a variant besides price and stock, which have their own ways."""
    return one.model_dump(mode="json", include={"name", "attributes", "cups"})


def _pick(attribute: Attribute, name: str) -> dict[str, AttributeValueSelectableTypeInput]:
    return {attribute.input: AttributeValueSelectableTypeInput(value=name)}


def _stock(bench: Bench, one: Variant, warehouses: list[str]) -> list[StockInput]:
    return [
        StockInput(warehouse=bench.id("warehouse", slug), quantity=one.stock[slug]) for slug in warehouses
    ]


def _prices(bench: Bench, one: Variant) -> list[ProductVariantChannelListingAddInput]:
    return [
        ProductVariantChannelListingAddInput(channel_id=bench.id("channel", slug), price=amount)
        for slug, amount in one.price.items()
    ]
