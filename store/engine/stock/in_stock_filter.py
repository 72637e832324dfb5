"""Which products can be had at all: what lists of products show. Same rules as `availability`, product by product."""

from collections.abc import Iterable

from store.engine.caching.dependencies import rests_on
from store.engine.catalog.models import ProductVariant
from store.engine.stock.availability import reserved
from store.engine.stock.channel_warehouses import Reach


def in_stock(*, product_ids: Iterable[int], within: Reach) -> set[int]:
    """Those of the products of which at least one variant has a piece left, or isn't counted."""
    wanted = list(product_ids)
    return rests_on(lambda: _in_stock(wanted, within))


def _in_stock(wanted: list[int], within: Reach) -> set[int]:
    places = within.warehouses()
    rows = ProductVariant.objects.filter(product_id__in=wanted).order_by()
    found, free = set(), []
    for product, tracked, stock, warehouse, quantity, allocated in rows.values_list(
        "product_id",
        "track_inventory",
        "stocks",
        "stocks__warehouse_id",
        "stocks__quantity",
        "stocks__quantity_allocated",
    ):
        if not tracked:
            found.add(product)
        elif warehouse in places and quantity > allocated:
            free.append((product, stock, quantity - allocated))
    held = reserved([stock for _, stock, _ in free])
    return found | {product for product, stock, pieces in free if pieces > held.get(stock, 0)}
