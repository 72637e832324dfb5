"""Bulk mutations of products and variants, under Saleor's error policies."""

from typing import Any

from store.engine.bulk_rows import RowResult
from store.engine.catalog.channel_listings import PriceInput
from store.engine.catalog.models import Product, ProductType, ProductVariant, VariantChannelListing
from store.engine.errors import OperationError, OperationErrors
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload, parse_attribute_values
from store.engine.graphql.catalog.mutations.products import column_values, parse_links, parse_listing
from store.engine.graphql.catalog.mutations.tax_codes import with_tax_class
from store.engine.graphql.catalog.mutations.variants import parse_price
from store.engine.graphql.errors import to_payload_error
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.stock.mutations import quantities_by_warehouse
from store.engine.stock import product_bulk_create as products
from store.engine.stock import variant_creation as variants
from store.engine.stock.models import Stock
from store.engine.stock.variant_creation import VariantInput, VariantUpdateInput


def _variant_input(info: Info, given: dict[str, Any], product_type: ProductType) -> VariantInput:
    """Errors of parsing are stored in the input, so that they are reported with their own row."""
    try:
        return VariantInput(
            given=column_values(info, given),
            attribute_values=parse_attribute_values(
                given.get("attributes"), product_type.variant_attributes.all()
            ),
            stocks=quantities_by_warehouse(given.get("stocks") or []),
            prices=[parse_price(listing) for listing in given.get("channel_listings") or ()],
        )
    except (OperationError, OperationErrors) as error:
        return VariantInput(given={}, errors=_as_list(error))


def _as_list(error: OperationError | OperationErrors) -> list[OperationError]:
    return [error] if isinstance(error, OperationError) else error.errors


def _results(row_results: list[RowResult], name: str) -> list[dict[str, Any]]:
    return [
        {name: result.row, "errors": [_with_path(problem) for problem in result.errors]}
        for result in row_results
    ]


def _with_path(problem: OperationError) -> dict[str, Any]:
    """Bulk errors name the field as a path."""
    return {"path": problem.field} | to_payload_error(problem)


def _duplicate_skus(rows: list[dict[str, Any]]) -> dict[int, OperationError]:
    """An error for each row, by position, whose SKU the request contains more than once."""
    skus = [row.get("sku") for row in rows]
    return {
        at: OperationError("Duplicated SKU.", field="sku", code="UNIQUE")
        for at, sku in enumerate(skus)
        if sku and skus.count(sku) > 1
    }


@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_bulk_create(
    info: Info,
    *,
    product: str,
    variants: list[dict[str, Any]],
    error_policy: str = "REJECT_EVERYTHING",
) -> Payload:
    row = ids.get_row(product, Product, field="product")
    duplicates = _duplicate_skus(variants)
    inputs = [
        VariantInput(given={}, errors=[duplicates[at]])
        if at in duplicates
        else _variant_input(info, given, row.product_type)
        for at, given in enumerate(variants)
    ]
    row_results = _create(row, inputs, error_policy)
    errors = [
        to_payload_error(problem) | {"index": at}
        for at, result in enumerate(row_results)
        for problem in result.errors
    ]
    created = [result.row for result in row_results if result.row is not None]
    return {
        "count": len(created),
        "product_variants": created,
        "results": _results(row_results, "product_variant"),
        "errors": errors,
        "bulk_product_errors": errors,
    }


def _create(product: Product, inputs: list[VariantInput], policy: str) -> list[RowResult]:
    return variants.bulk_create(product=product, inputs=inputs, policy=policy)


@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_bulk_update(
    info: Info,
    *,
    product: str,
    variants: list[dict[str, Any]],
    error_policy: str = "REJECT_EVERYTHING",
) -> Payload:
    row = ids.get_row(product, Product, field="product")
    inputs = [_variant_update_input(info, given, row) for given in variants]
    row_results = _update(row, inputs, error_policy)
    return {
        "count": sum(1 for result in row_results if result.row is not None),
        "results": _results(row_results, "product_variant"),
        "errors": [_with_path(problem) for result in row_results for problem in result.errors],
    }


def _update(product: Product, inputs: list[VariantUpdateInput], policy: str) -> list[RowResult]:
    return variants.bulk_update(product=product, inputs=inputs, policy=policy)


def _variant_update_input(info: Info, given: dict[str, Any], product: Product) -> VariantUpdateInput:
    try:
        variant = ids.get_row(given["id"], ProductVariant)
        if variant.product_id != product.pk:
            raise OperationError(
                "The variant belongs to another product.", field="id", code="NOT_PRODUCTS_VARIANT"
            )
        stocks, prices = given.get("stocks") or {}, given.get("channel_listings") or {}
        return VariantUpdateInput(
            variant=variant,
            given=column_values(info, given),
            attribute_values=parse_attribute_values(
                given.get("attributes"), product.product_type.variant_attributes.all()
            ),
            new_stocks=quantities_by_warehouse(stocks.get("create") or []),
            stocks=_changed_stocks(stocks.get("update") or (), variant),
            remove_stocks=[
                stock.warehouse_id for stock in _rows_of_variant(stocks.get("remove") or (), Stock, variant)
            ],
            prices=[parse_price(listing) for listing in prices.get("create") or ()]
            + [_changed_price(listing, variant) for listing in prices.get("update") or ()],
            remove_listings=[
                listing.pk
                for listing in _rows_of_variant(prices.get("remove") or (), VariantChannelListing, variant)
            ],
        )
    except (OperationError, OperationErrors) as error:
        return VariantUpdateInput(variant=ProductVariant(product=product), given={}, errors=_as_list(error))


def _rows_of_variant(global_ids: Any, model: Any, variant: ProductVariant) -> list[Any]:
    name = "ProductVariantChannelListing" if model is VariantChannelListing else model.__name__
    return list(ids.get_rows(global_ids, model.objects.filter(variant=variant), name, field="remove"))


def _changed_stocks(given: Any, variant: ProductVariant) -> dict[Any, int]:
    rows = ids.get_rows(
        [stock["stock"] for stock in given], Stock.objects.filter(variant=variant), field="stocks"
    )
    if any(stock["quantity"] < 0 for stock in given):
        raise OperationError("Stock can't be below zero.", field="stocks")
    return {row.warehouse_id: stock["quantity"] for stock, row in zip(given, rows, strict=True)}


def _changed_price(given: dict[str, Any], variant: ProductVariant) -> PriceInput:
    listings = VariantChannelListing.objects.filter(variant=variant).select_related("channel")
    row = ids.get_row(
        given["channel_listing"], listings, "ProductVariantChannelListing", field="channelListings"
    )
    names = ("price", "cost_price", "prior_price")
    return PriceInput(channel=row.channel, given={name: given[name] for name in names if name in given})


@mutation(permissions="MANAGE_PRODUCTS")
def product_bulk_create(
    info: Info, *, products: list[dict[str, Any]], error_policy: str = "REJECT_EVERYTHING"
) -> Payload:
    row_results = _create_products([_product_input(info, given) for given in products], error_policy)
    return {
        "count": sum(1 for result in row_results if result.row is not None),
        "results": _results(row_results, "product"),
        "errors": [_with_path(problem) for result in row_results for problem in result.errors],
    }


def _create_products(inputs: list[Any], policy: str) -> list[RowResult]:
    return products.bulk_create(inputs=inputs, policy=policy)


def _product_input(info: Info, given: dict[str, Any]) -> products.ProductInput | OperationError:
    try:
        product_type = ids.get_row(given["product_type"], ProductType, field="productType")
        given = with_tax_class(given)
        return products.ProductInput(
            product_type=product_type,
            given=column_values(info, given),
            links=parse_links(given, product_type),
            listings=[
                parse_listing(listing, field="channelListings")
                for listing in given.get("channel_listings") or ()
            ],
            media=given.get("media") or (),
            variants=[_variant_input(info, variant, product_type) for variant in given.get("variants") or ()],
        )
    except OperationError as problem:
        return problem
    except OperationErrors as several:
        return several.errors[0]
