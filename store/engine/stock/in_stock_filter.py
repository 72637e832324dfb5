"""Filters products to those in stock, for product lists. Same rules as `availability`, for whole products."""

from collections.abc import Iterable

from store.engine.caching.dependencies import depends_on
from store.engine.catalog.models import ProductVariant
from store.engine.stock.availability import reservations_enabled, reserved_quantities
from store.engine.stock.channel_warehouses import ReachableWarehouses


def in_stock(*, product_ids: Iterable[int], within: ReachableWarehouses) -> set[int]:
    """The ids of products with at least one variant that is available in `within` or doesn't track inventory."""
    pks = list(product_ids)
    return depends_on(lambda: _in_stock(pks, within), changes_with_time=reservations_enabled())


def _in_stock(product_ids: list[int], within: ReachableWarehouses) -> set[int]:
    warehouse_ids = within.warehouse_ids()
    rows = ProductVariant.objects.filter(product_id__in=product_ids).order_by()
    untracked, unallocated = set(), []
    for product, tracked, stock, warehouse, quantity, allocated in rows.values_list(
        "product_id",
        "track_inventory",
        "stocks",
        "stocks__warehouse_id",
        "stocks__quantity",
        "stocks__quantity_allocated",
    ):
        if not tracked:
            untracked.add(product)
        elif warehouse in warehouse_ids and quantity > allocated:
            unallocated.append((product, stock, quantity - allocated))
    reserved = reserved_quantities([stock for _, stock, _ in unallocated])
    return untracked | {
        product for product, stock, quantity in unallocated if quantity > reserved.get(stock, 0)
    }
