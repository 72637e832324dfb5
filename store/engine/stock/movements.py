"""The log of stock movements: one for each change of a stock row, written in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from store.engine.events import current_actor
from store.engine.stock.models import Stock, StockMovement

# What a movement is for. Of the shelf: received, fulfilled (sold), returned, restocked (back from a canceled parcel),
# adjusted, moved, written_off, counted; created, set, deleted through the API; exceeded: sold beyond what was there.
# Of the promise to orders alone: allocated, deallocated.
REASONS = frozenset(
    {
        "received",
        "fulfilled",
        "returned",
        "restocked",
        "adjusted",
        "moved",
        "written_off",
        "counted",
        "created",
        "set",
        "deleted",
        "exceeded",
        "allocated",
        "deallocated",
    }
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one stock row. `stock` is the row after all changes; `quantity` and `allocated` are differences."""

    stock: Stock
    reason: str
    quantity: int = 0
    allocated: int = 0
    order_line_id: UUID | None = None
    note: str = ""
    lot: str = ""


def record_movements(changes: Sequence[Change]) -> None:
    """Write a movement for each change, in their order, by the current actor."""
    StockMovement.objects.bulk_create(_rows(changes))


def _rows(changes: Sequence[Change]) -> list[StockMovement]:
    actor = current_actor.current() if changes else current_actor.ANONYMOUS
    after: dict[int, int] = {change.stock.pk: change.stock.quantity for change in changes}
    rows = []
    for change in reversed(changes):
        assert change.reason in REASONS, change.reason
        stock = change.stock
        rows.append(
            StockMovement(
                stock_id=stock.pk,
                sku=stock.variant.sku or "",
                variant_id=stock.variant_id,
                warehouse_slug=stock.warehouse.slug,
                reason=change.reason,
                quantity_change=change.quantity,
                allocated_change=change.allocated,
                quantity_after=after[stock.pk],
                order_line_id=change.order_line_id,
                note=change.note,
                lot=change.lot,
                principal_kind=actor.kind,
                principal_pk=actor.pk,
            )
        )
        after[stock.pk] -= change.quantity
    return rows[::-1]
