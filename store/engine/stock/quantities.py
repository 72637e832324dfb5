"""What the merchant says lies in a warehouse."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from store.engine.errors import NotFound, NotUnique
from store.engine.stock import movements
from store.engine.stock.locking import lock
from store.engine.stock.models import Stock
from store.engine.stock.movements import Change
from store.engine.stock.stock_events import tell


def create_stocks(*, variant_id: int, quantities: Mapping[UUID, int], note: str = "") -> list[Stock]:
    """First quantities of a variant by warehouse; one that has a row already is refused, nothing changes."""
    with transaction.atomic():
        there = set(
            Stock.objects.filter(variant_id=variant_id, warehouse_id__in=quantities).values_list(
                "warehouse_id", flat=True
            )
        )
        taken = [at for at, warehouse in enumerate(quantities) if warehouse in there]
        if taken:
            raise NotUnique(
                "Stock for this warehouse already exists for this product variant.",
                field="warehouse",
                index=taken[0],
            )
        return set_quantities(wanted=[(variant_id, *one) for one in quantities.items()], note=note)


def set_quantities(*, wanted: Sequence[tuple[int, UUID, int]], note: str = "") -> list[Stock]:
    """(variant, warehouse, quantity) rows: make or change them, with a movement for each real change.

    Joins the caller's transaction if there is one. Returns the rows in the order of `wanted`.
    """
    with transaction.atomic():
        variants, warehouses = {one[0] for one in wanted}, {one[1] for one in wanted}
        known = {(one.variant_id, one.warehouse_id) for one in _rows(variants, warehouses)}
        fresh = {(variant, warehouse) for variant, warehouse, _ in wanted} - known
        Stock.objects.bulk_create(
            [Stock(variant_id=variant, warehouse_id=warehouse) for variant, warehouse in sorted(fresh)],
            ignore_conflicts=True,
        )
        at = {
            (one.variant_id, one.warehouse_id): one
            for one in lock(variant_ids=variants, warehouse_ids=warehouses)
        }
        changes = []
        for variant, warehouse, quantity in wanted:
            stock = at[variant, warehouse]
            change = quantity - stock.quantity
            stock.quantity = quantity
            reason = "created" if (variant, warehouse) in fresh else "set"
            if change or reason == "created":
                changes.append(Change(stock, reason, quantity=change, note=note))
        Stock.objects.bulk_update([change.stock for change in changes], ["quantity"])
        movements.write(changes)
        tell(changes)
    return [at[variant, warehouse] for variant, warehouse, _ in wanted]


def delete_stocks(*, variant_id: int, warehouse_ids: Sequence[UUID]) -> None:
    """Forget rows; their allocations go with them, the ledger stays."""
    with transaction.atomic():
        gone = lock(variant_ids=[variant_id], warehouse_ids=warehouse_ids)
        changes = []
        for stock in gone:
            quantity, stock.quantity = stock.quantity, 0
            changes.append(Change(stock, "deleted", quantity=-quantity, allocated=-stock.quantity_allocated))
        movements.write(changes)
        tell(changes)
        Stock.objects.filter(pk__in=[stock.pk for stock in gone]).delete()


def change_quantity(*, stock_id: int, quantity: int, note: str = "") -> Stock:
    """The merchant counted again: one row gets a new quantity."""
    with transaction.atomic():
        found = lock(also=[stock_id])
        if not found:
            raise NotFound("This stock row is gone.", field="stock")
        return set_quantities(wanted=[(found[0].variant_id, found[0].warehouse_id, quantity)], note=note)[0]


def _rows(variants: set[int], warehouses: set[UUID]) -> list[Stock]:
    return list(Stock.objects.filter(variant_id__in=variants, warehouse_id__in=warehouses))
