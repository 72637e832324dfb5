"""What baskets and orders ask of the catalogue again and again, kept in memory until something there is written.

Rows that are given out are the asker's own.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeVar

from store.engine.caching.invalidation import Kept, fresh
from store.engine.catalog.models import ProductChannelListing, ProductVariant, VariantChannelListing

T = TypeVar("T")

_variants: Kept[dict[int, ProductVariant | None]] = Kept(dict)
_listings: Kept[dict[tuple[int, int], ProductChannelListing | None]] = Kept(dict)
_prices: Kept[dict[tuple[int, int], Decimal | None]] = Kept(dict)


def variants(pks: Iterable[int]) -> dict[int, ProductVariant]:
    """Those that there are, with product and product type."""

    def read(missing: list[int]) -> dict[int, ProductVariant]:
        return ProductVariant.objects.select_related("product__product_type").in_bulk(missing)

    return {pk: _own(row) for pk, row in _known(_variants(), pks, read).items()}


def listings(channel_id: int, product_ids: Iterable[int]) -> dict[int, ProductChannelListing]:
    """How the products are shown in a channel; not to be changed."""

    def read(missing: list[tuple[int, int]]) -> dict[tuple[int, int], ProductChannelListing]:
        rows = ProductChannelListing.objects.filter(
            channel_id=channel_id, product_id__in=[pk for _, pk in missing]
        )
        return {(channel_id, row.product_id): row for row in rows.order_by()}

    found = _known(_listings(), [(channel_id, pk) for pk in product_ids], read)
    return {pk: row for (_, pk), row in found.items()}


def prices(channel_id: int, variant_ids: Iterable[int]) -> dict[int, Decimal]:
    """Prices of the variants that can be bought in a channel at all."""

    def read(missing: list[tuple[int, int]]) -> dict[tuple[int, int], Decimal]:
        rows = VariantChannelListing.objects.filter(
            channel_id=channel_id, variant_id__in=[pk for _, pk in missing], price_amount__isnull=False
        )
        found = rows.order_by().values_list("variant_id", "price_amount")
        return {(channel_id, pk): price for pk, price in found}

    found = _known(_prices(), [(channel_id, pk) for pk in variant_ids], read)
    return {pk: price for (_, pk), price in found.items()}


def _known(
    kept: dict[Any, T | None], keys: Iterable[Any], read: Callable[[list[Any]], dict[Any, T]]
) -> dict[Any, T]:
    """What is kept under the keys; what isn't yet is read, and what there isn't is known not to be there."""
    wanted = dict.fromkeys(keys)
    if missing := [key for key in wanted if key not in kept]:
        kept.update(dict.fromkeys(missing) | read(missing))
    return {key: value for key in wanted if (value := kept[key]) is not None}


def _own(row: ProductVariant) -> ProductVariant:
    variant, product = fresh(row), fresh(row.product)
    product.product_type = fresh(row.product.product_type)
    variant.product = product
    return variant
