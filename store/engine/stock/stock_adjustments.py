"""What staff do to the shelf: receive, adjust, move, write off, count. With reason, person and lot.

Each runs inside its caller's transaction and locks warehouses, lots and stock rows in this order (`stock.locking`).
A change that would leave less on the shelf than is allocated to orders raises BelowAllocated unless it is allowed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from store.engine import ports
from store.engine.accounts import actor_names
from store.engine.catalog.models import ProductVariant
from store.engine.errors import NotFound, OperationError
from store.engine.stock import movements
from store.engine.stock.allocations import require_transaction
from store.engine.stock.locking import lock_or_create_stocks, lock_warehouses
from store.engine.stock.models import Stock, Warehouse
from store.engine.stock.movements import Change
from store.engine.stock.stock_events import record_stock_events


@dataclass(frozen=True, slots=True)
class LotDetails:
    """What is known of a delivered lot; an empty code: no lot is recorded."""

    code: str = ""
    supplier: str = ""
    expires_on: date | None = None


NO_LOT = LotDetails()


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes in one stock row, which is created if there is none."""

    variant_id: int
    warehouse_id: UUID
    quantity: int
    reason: str
    note: str = ""
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted stock row. `seen`: the quantity that the shop showed when it was counted."""

    variant_id: int
    warehouse_id: UUID
    seen: int
    quantity: int


class BelowAllocated(OperationError):
    """Less would be on the shelf than is promised to orders; `stocks` are the rows as they would be."""

    def __init__(self, stocks: Sequence[Stock]) -> None:
        self.stocks = list(stocks)
        rows = "; ".join(
            f"{stock.variant.sku or stock.variant}: {stock.quantity} of {stock.quantity_allocated} promised"
            for stock in self.stocks
        )
        super().__init__(f"Less would be there than is promised to orders ({rows}).", field="quantity")


def receive(
    *, variant_id: int, warehouse_id: UUID, quantity: int, lot: LotDetails = NO_LOT, note: str = ""
) -> Stock:
    """Add a delivery to the shelf, and to its lot. Raises NotFound or OperationError."""
    _require_positive(quantity)
    if lot.code:
        sku, slug = _sku(variant_id), _slug(warehouse_id)
        _with_lots(
            lambda lots, who: lots.receive(
                sku=sku,
                warehouse=slug,
                quantity=quantity,
                code=lot.code,
                supplier=lot.supplier,
                expires_on=lot.expires_on,
                who=who,
                reason=note,
            ),
            warehouse_id,
        )
    return apply([Difference(variant_id, warehouse_id, quantity, "received", note, lot.code)])[0]


def write_off(
    *,
    variant_id: int,
    warehouse_id: UUID,
    quantity: int,
    note: str,
    lot: str = "",
    allow_below_allocated: bool = False,
) -> Stock:
    """Take broken, lost or expired pieces off the shelf, and out of their lot. Raises NotFound or OperationError."""
    _require_positive(quantity)
    _require_reason(note)
    if lot:
        sku, slug = _sku(variant_id), _slug(warehouse_id)
        _with_lots(
            lambda lots, who: lots.write_off(
                sku=sku, warehouse=slug, quantity=quantity, code=lot, who=who, reason=note
            ),
            warehouse_id,
        )
    return apply(
        [Difference(variant_id, warehouse_id, -quantity, "written_off", note, lot)],
        allow_below_allocated=allow_below_allocated,
    )[0]


def adjust(
    *, variant_id: int, warehouse_id: UUID, difference: int, note: str, allow_below_allocated: bool = False
) -> Stock:
    """Correct the quantity by a difference. Raises NotFound or OperationError."""
    _require_reason(note)
    return apply(
        [Difference(variant_id, warehouse_id, difference, "adjusted", note)],
        allow_below_allocated=allow_below_allocated,
    )[0]


def move(
    *,
    variant_id: int,
    source_id: UUID,
    target_id: UUID,
    quantity: int,
    lot: str = "",
    note: str = "",
    allow_below_allocated: bool = False,
) -> list[Stock]:
    """Carry pieces from one warehouse to another, as one act. Raises NotFound or OperationError."""
    _require_positive(quantity)
    if source_id == target_id:
        raise OperationError("Choose another warehouse to move to.", field="target")
    source, target = _slug(source_id), _slug(target_id)
    if lot:
        sku = _sku(variant_id)
        _with_lots(
            lambda lots, who: lots.move(
                sku=sku, source=source, target=target, quantity=quantity, code=lot, who=who, reason=note
            ),
            source_id,
            target_id,
        )
    to_note, from_note = (
        f"{way} {slug}{f': {note}' if note else ''}"[:255] for way, slug in (("to", target), ("from", source))
    )
    return apply(
        [
            Difference(variant_id, source_id, -quantity, "moved", to_note, lot),
            Difference(variant_id, target_id, quantity, "moved", from_note, lot),
        ],
        allow_below_allocated=allow_below_allocated,
    )


def count(*, rows: Sequence[Counted], note: str = "", allow_below_allocated: bool = False) -> list[Stock]:
    """Book what was counted: the difference to what the shop showed, so that a parcel sent meanwhile stays counted.

    Raises OperationError; then nothing was booked.
    """
    differences = [
        Difference(row.variant_id, row.warehouse_id, row.quantity - row.seen, "counted", note) for row in rows
    ]
    return apply(
        [row for row in differences if row.quantity],
        allow_below_allocated=allow_below_allocated,
    )


def apply(differences: Sequence[Difference], *, allow_below_allocated: bool = False) -> list[Stock]:
    """Change the stock rows by their differences, all or none; returns the rows in the order of `differences`.

    Raises NotFound for a variant that is gone, OperationError below 0, BelowAllocated.
    """
    require_transaction()
    stocks = lock_or_create_stocks((row.variant_id, row.warehouse_id) for row in differences)
    changes = []
    for row in differences:
        stock = stocks[row.variant_id, row.warehouse_id]
        stock.quantity += row.quantity
        if row.quantity < 0 and stock.quantity < 0:
            name = stock.variant.sku or str(stock.variant)
            there = stock.quantity - row.quantity
            raise OperationError(
                f"{name}: only {there} are on the shelf in {stock.warehouse}, {-row.quantity} can't be taken.",
                field="quantity",
            )
        changes.append(Change(stock, row.reason, quantity=row.quantity, note=row.note, lot=row.lot))
    below = _short(differences, stocks)
    if below and not allow_below_allocated:
        raise BelowAllocated(below)
    Stock.objects.bulk_update(stocks.values(), ["quantity"])
    movements.record_movements(changes)
    record_stock_events(changes)
    return [stocks[row.variant_id, row.warehouse_id] for row in differences]


def below_allocated(
    differences: Sequence[Difference], stocks: Mapping[tuple[int, UUID], Stock]
) -> list[Stock]:
    """The rows of which `apply` would say BelowAllocated, judged by `stocks` as they were read, without a lock.

    `stocks`: by variant and warehouse; their quantities become those after the differences.
    """
    for row in differences:
        if stock := stocks.get((row.variant_id, row.warehouse_id)):
            stock.quantity += row.quantity
    return _short(differences, stocks)


def _short(differences: Sequence[Difference], stocks: Mapping[tuple[int, UUID], Stock]) -> list[Stock]:
    lowered = {(row.variant_id, row.warehouse_id) for row in differences if row.quantity < 0}
    return [stocks[key] for key in lowered if stocks[key].quantity < stocks[key].quantity_allocated]


def _with_lots(change: Callable[[ports.Lots, str], None], *warehouse_ids: UUID) -> None:
    """Change the lots in these warehouses, which are locked first."""
    lock_warehouses(warehouse_ids)
    try:
        change(ports.connected().lots, actor_names.current_name())
    except ValueError as error:
        raise OperationError(str(error), field="lot") from None


def _sku(variant_id: int) -> str:
    sku = ProductVariant.objects.values_list("sku", flat=True).filter(pk=variant_id).first()
    if not sku:
        raise OperationError("A variant without an SKU has no lots. Give it an SKU first.", field="lot")
    return sku


def _slug(warehouse_id: UUID) -> str:
    slug = Warehouse.objects.values_list("slug", flat=True).filter(pk=warehouse_id).first()
    if slug is None:
        raise NotFound("There is no such warehouse any more.", field="warehouse")
    return slug


def _require_positive(quantity: int) -> None:
    if quantity < 1:
        raise OperationError("At least one piece.", field="quantity")


def _require_reason(note: str) -> None:
    if not note.strip():
        raise OperationError("Write the reason.", field="note", code="REQUIRED")
