"""Operations of staff on stock rows: create, set quantities, delete."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from store.engine.errors import NotFound, NotUnique
from store.engine.stock import movements
from store.engine.stock.locking import lock_or_create_stocks, lock_stocks, lock_warehouses
from store.engine.stock.models import Stock
from store.engine.stock.movements import Change
from store.engine.stock.stock_events import record_stock_events


def create_stocks(*, variant_id: int, quantities: Mapping[UUID, int], note: str = "") -> list[Stock]:
    """Create a variant's stock rows; `quantities` are by warehouse id.

    Raises NotUnique for a warehouse that has a row already (`index` is its position), then nothing is created.
    """
    with transaction.atomic():
        lock_warehouses(quantities)
        existing = set(
            Stock.objects.filter(variant_id=variant_id, warehouse_id__in=quantities).values_list(
                "warehouse_id", flat=True
            )
        )
        taken = [index for index, warehouse in enumerate(quantities) if warehouse in existing]
        if taken:
            raise NotUnique(
                "Stock for this warehouse already exists for this product variant.",
                field="warehouse",
                index=taken[0],
            )
        return set_quantities(rows=[(variant_id, *item) for item in quantities.items()], note=note)


def set_quantities(*, rows: Sequence[tuple[int, UUID, int]], note: str = "") -> list[Stock]:
    """Create or change the stock of (variant id, warehouse id, quantity), with a movement for each actual change.

    Joins the caller's transaction if there is one. Returns the stock rows in the order of `rows`. Raises NotFound.
    """
    with transaction.atomic():
        variants, warehouses = {variant for variant, _, _ in rows}, {warehouse for _, warehouse, _ in rows}
        lock_warehouses(warehouses)  # from here on no row is created there by anybody else
        existing = {(stock.variant_id, stock.warehouse_id) for stock in _stocks(variants, warehouses)}
        places = {(variant, warehouse) for variant, warehouse, _ in rows}
        new = places - existing
        by_place = lock_or_create_stocks(places)
        changes = []
        for variant, warehouse, quantity in rows:
            stock = by_place[variant, warehouse]
            difference = quantity - stock.quantity
            stock.quantity = quantity
            reason = "created" if (variant, warehouse) in new else "set"
            if difference or reason == "created":
                changes.append(Change(stock, reason, quantity=difference, note=note))
        Stock.objects.bulk_update([change.stock for change in changes], ["quantity"])
        movements.record_movements(changes)
        record_stock_events(changes)
    return [by_place[variant, warehouse] for variant, warehouse, _ in rows]


def delete_stocks(*, variant_id: int, warehouse_ids: Sequence[UUID]) -> None:
    """Delete a variant's stock rows with their allocations; the movements stay."""
    with transaction.atomic():
        lock_warehouses(warehouse_ids)
        stocks = lock_stocks(variant_ids=[variant_id], warehouse_ids=warehouse_ids)
        changes = []
        for stock in stocks:
            quantity, stock.quantity = stock.quantity, 0
            changes.append(Change(stock, "deleted", quantity=-quantity, allocated=-stock.quantity_allocated))
        movements.record_movements(changes)
        record_stock_events(changes)
        Stock.objects.filter(pk__in=[stock.pk for stock in stocks]).delete()


def change_quantity(*, stock_id: int, quantity: int, note: str = "") -> Stock:
    """Set the quantity of one stock row, for instance after an inventory count. Raises NotFound."""
    with transaction.atomic():
        rows = Stock.objects.filter(pk=stock_id)
        lock_warehouses(rows.values_list("warehouse_id", flat=True))
        if (stock := rows.first()) is None:
            raise NotFound("This stock row is gone.", field="stock")
        return set_quantities(rows=[(stock.variant_id, stock.warehouse_id, quantity)], note=note)[0]


def _stocks(variants: set[int], warehouses: set[UUID]) -> list[Stock]:
    return list(Stock.objects.filter(variant_id__in=variants, warehouse_id__in=warehouses))
