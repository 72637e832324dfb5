"""Creates and updates variants together with their stock and prices, singly and in bulk (Saleor's error policies)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from store.engine import bulk_rows
from store.engine.bulk_rows import RowResult
from store.engine.catalog import channel_listings, search, variants
from store.engine.catalog.attribute_assignment import AttributeValueInput
from store.engine.catalog.models import Product, ProductVariant, VariantChannelListing, update_lowest_prices
from store.engine.errors import OperationError, OperationErrors
from store.engine.stock.locking import lock_for_rows
from store.engine.stock.quantities import create_stocks, delete_stocks, set_quantities


@dataclass(frozen=True, slots=True)
class VariantInput:
    """One variant to create. `errors` were found while its input was parsed; they are reported in its result."""

    given: Mapping[str, Any]
    attribute_values: Sequence[AttributeValueInput] = ()
    stocks: Mapping[UUID, int] = field(default_factory=dict)
    prices: Sequence[channel_listings.PriceInput] = ()
    errors: Sequence[OperationError] = ()


@dataclass(frozen=True, slots=True)
class VariantUpdateInput:
    """The changes of one variant in a bulk update; `new_stocks` and `stocks` are quantities by warehouse id."""

    variant: ProductVariant
    given: Mapping[str, Any]
    attribute_values: Sequence[AttributeValueInput] = ()
    new_stocks: Mapping[UUID, int] = field(default_factory=dict)
    stocks: Mapping[UUID, int] = field(default_factory=dict)
    remove_stocks: Sequence[UUID] = ()
    prices: Sequence[channel_listings.PriceInput] = ()
    remove_listings: Sequence[int] = ()
    errors: Sequence[OperationError] = ()


def create(*, product: Product, variant_input: VariantInput) -> ProductVariant:
    """Create a variant with its stock and prices. Raises OperationError, OperationErrors."""
    with transaction.atomic(durable=True):
        variant = create_in_transaction(product, variant_input)
        update_lowest_prices([product.pk])
        search.index([product.pk])
    return variant


def create_in_transaction(product: Product, variant_input: VariantInput) -> ProductVariant:
    """As `create`, inside the caller's transaction and without updating product prices and search index."""
    if variant_input.errors:
        raise OperationErrors(variant_input.errors)
    variant = variants.create_in_transaction(
        product=product, given=variant_input.given, attribute_values=variant_input.attribute_values
    )
    if variant_input.stocks:
        create_stocks(variant_id=variant.pk, quantities=variant_input.stocks)
    if variant_input.prices:
        channel_listings.update_prices_in_transaction(variant=variant, prices=variant_input.prices)
    return variant


def bulk_create(
    *, product: Product, inputs: Sequence[VariantInput], policy: str = "REJECT_EVERYTHING"
) -> list[RowResult]:
    """Create variants; one result for each input, in their order. `policy` is Saleor's ErrorPolicyEnum."""
    return _run_bulk(
        product,
        [lambda item=item: create_in_transaction(product, item) for item in inputs],
        policy,
        lock=lambda: lock_for_rows(variant_ids=(), warehouse_ids=warehouses_of(inputs)),
    )


def bulk_update(
    *, product: Product, inputs: Sequence[VariantUpdateInput], policy: str = "REJECT_EVERYTHING"
) -> list[RowResult]:
    """Update variants; one result for each input, in their order."""
    warehouses = {
        warehouse for item in inputs for warehouse in (*item.new_stocks, *item.stocks, *item.remove_stocks)
    }
    variant_ids = [item.variant.pk for item in inputs]

    def lock() -> None:
        lock_for_rows(variant_ids=variant_ids, warehouse_ids=warehouses)
        bulk_rows.lock_in_order(ProductVariant.objects.filter(pk__in=variant_ids))

    return _run_bulk(product, [lambda item=item: _update_variant(item) for item in inputs], policy, lock=lock)


def warehouses_of(inputs: Iterable[VariantInput]) -> set[UUID]:
    """The ids of the warehouses in which the variants get stock."""
    return {warehouse for item in inputs for warehouse in item.stocks}


def _run_bulk(
    product: Product, steps: Sequence[Any], policy: str, *, lock: Callable[[], None]
) -> list[RowResult]:
    def finish(_rows: list[Any]) -> None:
        update_lowest_prices([product.pk])
        search.index([product.pk])

    return bulk_rows.run(steps, policy=policy, lock=lock, finish=finish)


def _update_variant(item: VariantUpdateInput) -> ProductVariant:
    if item.errors:
        raise OperationErrors(item.errors)
    variants.update_in_transaction(
        variant=item.variant, given=item.given, attribute_values=item.attribute_values
    )
    if item.new_stocks:
        create_stocks(variant_id=item.variant.pk, quantities=item.new_stocks)
    if item.stocks:
        set_quantities(rows=[(item.variant.pk, *stock) for stock in item.stocks.items()])
    if item.remove_stocks:
        delete_stocks(variant_id=item.variant.pk, warehouse_ids=item.remove_stocks)
    if item.prices:
        channel_listings.update_prices_in_transaction(variant=item.variant, prices=item.prices)
    if item.remove_listings:
        VariantChannelListing.objects.filter(variant=item.variant, pk__in=item.remove_listings).delete()
    return item.variant
