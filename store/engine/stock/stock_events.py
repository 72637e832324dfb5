"""Events about stock: out of stock, back in stock, quantity changed."""

from collections import defaultdict
from collections.abc import Sequence

from store.engine.events.outbox import NewEvent, record_events
from store.engine.stock.models import Stock
from store.engine.stock.movements import Change

BY_STAFF = frozenset({"set", "received", "adjusted", "moved", "written_off", "counted"})


def record_stock_events(changes: Sequence[Change]) -> None:
    """Record the events that the changes of each stock row cause; runs inside the caller's transaction."""
    by_stock: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        by_stock[change.stock.pk].append(change)
    events: list[NewEvent] = []
    for own in by_stock.values():
        stock = own[0].stock
        after = stock.quantity - stock.quantity_allocated
        before = after - sum(change.quantity - change.allocated for change in own)
        if before > 0 >= after:
            events.append(_event("PRODUCT_VARIANT_OUT_OF_STOCK", stock))
        elif before <= 0 < after:
            events.append(_event("PRODUCT_VARIANT_BACK_IN_STOCK", stock))
        if any(change.reason in BY_STAFF for change in own):
            events.append(_event("PRODUCT_VARIANT_STOCK_UPDATED", stock))
    record_events(events)


def _event(name: str, stock: Stock) -> NewEvent:
    return NewEvent(name, "ProductVariant", stock.variant_id, {"warehouse": str(stock.warehouse_id)})
