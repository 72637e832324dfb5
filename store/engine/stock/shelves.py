"""Which products can be had at all: what lists of products show. Same rules as `availability`, product by product."""

from collections.abc import Iterable

from store.engine.catalog.models import ProductVariant
from store.engine.stock.availability import reserved
from store.engine.stock.models import Stock
from store.engine.stock.reach import Reach


def in_stock(*, product_ids: Iterable[int], within: Reach) -> set[int]:
    """Those of the products of which at least one priced or untracked variant has a piece left. Three statements."""
    pks = list(product_ids)
    stocks = Stock.objects.filter(
        variant__product_id__in=pks, warehouse_id__in=within.warehouses()
    ).order_by()
    rows = list(stocks.values_list("pk", "variant__product_id", "quantity", "quantity_allocated"))
    held = reserved([pk for pk, *_ in rows]) if rows else {}
    found = {
        product for pk, product, quantity, allocated in rows if quantity - allocated - held.get(pk, 0) > 0
    }
    endless = ProductVariant.objects.filter(product_id__in=pks, track_inventory=False).order_by()
    return found | set(endless.values_list("product_id", flat=True))
