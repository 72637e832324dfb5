"""Checks that the stock rows are what their movements and allocations add up to."""

from django.db.models import Sum

from store.engine import ports
from store.engine.stock.models import Allocation, Stock, StockMovement


def differences() -> list[str]:
    """What does not add up, as sentences; empty if all is well. Four statements, whatever the number of movements."""
    moved = {
        pk: (quantity, allocated)
        for pk, quantity, allocated in StockMovement.objects.order_by()
        .values_list("stock_id")
        .annotate(Sum("quantity_change"), Sum("allocated_change"))
    }
    promised = dict(Allocation.objects.order_by().values_list("stock_id").annotate(Sum("quantity")))
    rows = Stock.objects.order_by("pk").values_list(
        "pk", "variant__sku", "warehouse__slug", "quantity", "quantity_allocated"
    )
    found = []
    for pk, sku, warehouse, quantity, allocated in rows.iterator():
        name = f"{sku or f'stock row {pk}'} in {warehouse}"
        shelf, promise = moved.get(pk, (0, 0))
        if shelf != quantity:
            found.append(f"{name}: {quantity} on the shelf, the movements add up to {shelf}.")
        if promised.get(pk, 0) != allocated:
            found.append(f"{name}: {allocated} promised, the orders' shares add up to {promised.get(pk, 0)}.")
        elif promise != allocated:
            found.append(f"{name}: {allocated} promised, the movements add up to {promise}.")
    return found + list(ports.connected().lots.differences())
