"""In-memory cache of the catalog rows that checkouts and orders need, invalidated by writes to the catalog."""

from collections.abc import Iterable
from decimal import Decimal

from store.engine.caching.invalidation import CachedValue, copy_row, read_through
from store.engine.catalog.models import ProductChannelListing, ProductVariant, VariantChannelListing

_variants: CachedValue[dict[int, ProductVariant | None]] = CachedValue(dict)
_listings: CachedValue[dict[tuple[int, int], ProductChannelListing | None]] = CachedValue(dict)
_prices: CachedValue[dict[tuple[int, int], Decimal | None]] = CachedValue(dict)


def get_variants(pks: Iterable[int]) -> dict[int, ProductVariant]:
    """Copies of the variants that exist, by pk, with product and product type."""

    def read(missing: list[int]) -> dict[int, ProductVariant]:
        return ProductVariant.objects.select_related("product__product_type").in_bulk(missing)

    return {pk: _copy_variant(row) for pk, row in read_through(_variants(), pks, read).items()}


def get_listings(channel_id: int, product_ids: Iterable[int]) -> dict[int, ProductChannelListing]:
    """Listings of the products in a channel, by product pk. The rows are shared and must not be changed."""

    def read(missing: list[tuple[int, int]]) -> dict[tuple[int, int], ProductChannelListing]:
        rows = ProductChannelListing.objects.filter(
            channel_id=channel_id, product_id__in=[pk for _, pk in missing]
        )
        return {(channel_id, row.product_id): row for row in rows.order_by()}

    by_key = read_through(_listings(), [(channel_id, pk) for pk in product_ids], read)
    return {pk: row for (_, pk), row in by_key.items()}


def get_prices(channel_id: int, variant_ids: Iterable[int]) -> dict[int, Decimal]:
    """Prices by variant pk, of the variants that have a price in the channel."""

    def read(missing: list[tuple[int, int]]) -> dict[tuple[int, int], Decimal]:
        rows = VariantChannelListing.objects.filter(
            channel_id=channel_id, variant_id__in=[pk for _, pk in missing], price_amount__isnull=False
        )
        amounts = rows.order_by().values_list("variant_id", "price_amount")
        return {(channel_id, pk): amount for pk, amount in amounts}

    by_key = read_through(_prices(), [(channel_id, pk) for pk in variant_ids], read)
    return {pk: amount for (_, pk), amount in by_key.items()}


def _copy_variant(row: ProductVariant) -> ProductVariant:
    variant, product = copy_row(row), copy_row(row.product)
    product.product_type = copy_row(row.product.product_type)
    variant.product = product
    return variant
