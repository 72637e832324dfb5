"""Events about stock: out of stock, back in stock, quantity changed; and the mail that a variant runs low."""

from collections import defaultdict
from collections.abc import Sequence

from store.engine import ports
from store.engine.events.outbox import NewEvent, record_events
from store.engine.stock.low_stock import threshold_of
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
        elif before > threshold_of(stock) >= after and stock.variant.track_inventory:
            _tell_low_stock(stock, left=after)
    record_events(events)


def _tell_low_stock(stock: Stock, *, left: int) -> None:
    """Once for each time that sales cross the limit; staff who set a number know it."""
    variant = stock.variant
    ports.connected().tell_low_stock(
        stock_pk=stock.pk,
        sku=variant.sku or "",
        product=variant.product.name,
        variant=variant.name,
        warehouse=stock.warehouse.name,
        left=max(left, 0),
        threshold=threshold_of(stock),
    )


def _event(name: str, stock: Stock) -> NewEvent:
    return NewEvent(name, "ProductVariant", stock.variant_id, {"warehouse": str(stock.warehouse_id)})
