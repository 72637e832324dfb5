"""The log of stock movements: one for each change of a stock row, written in the same transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from store.engine.stock.models import Stock, StockMovement

REASONS = frozenset(
    {
        "created",
        "set",
        "deleted",
        "allocated",
        "deallocated",
        "fulfilled",
        "returned",
        "restocked",
        "exceeded",
    }
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one stock row. `stock` is the row after the change; `quantity` and `allocated` are differences."""

    stock: Stock
    reason: str
    quantity: int = 0
    allocated: int = 0
    order_line_id: UUID | None = None
    note: str = ""


def record_movements(changes: Iterable[Change]) -> None:
    StockMovement.objects.bulk_create([_row(change) for change in changes])


def _row(change: Change) -> StockMovement:
    assert change.reason in REASONS, change.reason
    stock = change.stock
    return StockMovement(
        stock_id=stock.pk,
        sku=stock.variant.sku or "",
        variant_id=stock.variant_id,
        warehouse_slug=stock.warehouse.slug,
        reason=change.reason,
        quantity_change=change.quantity,
        allocated_change=change.allocated,
        quantity_after=stock.quantity,
        order_line_id=change.order_line_id,
        note=change.note,
    )
