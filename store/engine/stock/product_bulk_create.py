"""Creates products in bulk with attributes, listings, media, variants, stock and prices (productBulkCreate)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from store.engine import bulk_rows
from store.engine.bulk_rows import RowResult, run_in_savepoint
from store.engine.catalog import media, products, search
from store.engine.catalog.channel_listings import ListingInput, update_listings_in_transaction
from store.engine.catalog.models import Product, ProductType, update_lowest_prices
from store.engine.errors import OperationError, OperationErrors
from store.engine.stock.locking import lock_for_rows
from store.engine.stock.variant_creation import VariantInput, create_in_transaction, warehouses_of


@dataclass(frozen=True, slots=True)
class ProductInput:
    """One product to create. `errors` were found while its input was parsed; they are reported in its result."""

    product_type: ProductType
    given: Mapping[str, Any]
    links: products.Links = field(default_factory=products.Links)
    listings: Sequence[ListingInput] = ()
    media: Sequence[Mapping[str, Any]] = ()
    variants: Sequence[VariantInput] = ()
    errors: Sequence[OperationError] = ()


def bulk_create(
    *, inputs: Sequence[ProductInput | OperationError], policy: str = "REJECT_EVERYTHING"
) -> list[RowResult]:
    """One result for each input, in their order. An OperationError stands for an input that could not be parsed.

    `policy` is Saleor's ErrorPolicyEnum.
    """
    steps = [lambda given=given: _create_row(given, policy) for given in inputs]
    variants = [item for given in inputs if not isinstance(given, OperationError) for item in given.variants]
    return bulk_rows.run_results(
        steps,
        policy=policy,
        lock=lambda: lock_for_rows(variant_ids=(), warehouse_ids=warehouses_of(variants)),
        finish=_update_indexes,
    )


def _update_indexes(created: list[Product]) -> None:
    pks = [product.pk for product in created]
    update_lowest_prices(pks)
    search.index(pks)


def _create_row(product_input: ProductInput | OperationError, policy: str) -> RowResult:
    if isinstance(product_input, OperationError):
        return RowResult(errors=[product_input])
    ignored: list[OperationError] = []
    result = run_in_savepoint(
        lambda: _create_product(product_input, ignored if policy == "IGNORE_FAILED" else None)
    )
    result.errors += ignored
    return result


def _create_product(product_input: ProductInput, ignored: list[OperationError] | None) -> Product:
    """With `ignored`, a variant or image that fails is left out and its errors are appended to that list."""
    if product_input.errors:
        raise OperationErrors(product_input.errors)
    product = products.create_in_transaction(
        product_type=product_input.product_type, given=product_input.given, links=product_input.links
    )
    update_listings_in_transaction(product=product, listings=product_input.listings)
    for index, item in enumerate(product_input.variants):
        _run_step(lambda item=item: create_in_transaction(product, item), f"variants.{index}", ignored)
    for index, media_input in enumerate(product_input.media):
        _run_step(
            lambda media_input=media_input: _create_media(product, media_input), f"media.{index}", ignored
        )
    return product


def _create_media(product: Product, media_input: Mapping[str, Any]) -> None:
    media.create(
        product=product,
        alt=media_input.get("alt") or "",
        picture=media_input.get("image"),
        url=media_input.get("media_url"),
    )


def _run_step(step: Any, path: str, ignored: list[OperationError] | None) -> None:
    result = run_in_savepoint(step)
    for error in result.errors:
        error.extras["path"] = ".".join(filter(None, (path, error.field)))
    if ignored is not None:
        ignored += result.errors
    elif result.errors:
        raise OperationErrors(result.errors)
