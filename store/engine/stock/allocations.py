"""Allocations of stock to order lines: allocate, deallocate, decrease on fulfillment, increase on return.

Each function runs inside its caller's transaction (an order operation and its effect on stock are atomic), locks the
stock rows in primary-key order, checks under the lock, then writes rows and movements.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from store.engine.catalog import catalog_cache
from store.engine.catalog.models import ProductVariant
from store.engine.channels.models import Channel
from store.engine.stock import movements
from store.engine.stock.availability import reserved_quantities
from store.engine.stock.channel_warehouses import (
    ReachableWarehouses,
    get_channel_warehouses,
    get_shipping_warehouses,
)
from store.engine.stock.errors import InsufficientStock, Shortage
from store.engine.stock.locking import lock_or_create_stocks, lock_stocks
from store.engine.stock.models import Allocation, Stock, Warehouse
from store.engine.stock.movements import Change
from store.engine.stock.stock_events import record_stock_events


@dataclass(frozen=True, slots=True)
class Demand:
    """The quantity of a variant that an order or checkout line needs."""

    line_id: UUID
    variant_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class WarehouseLine:
    """The quantity of an order line that leaves one warehouse or returns to it; `lots`: quantities by lot code."""

    order_line_id: UUID
    variant_id: int
    warehouse_id: UUID
    quantity: int
    lots: Mapping[str, int] = field(default_factory=dict)

    def by_lot(self) -> Iterator[tuple[str, int]]:
        """The quantity of each lot, and of the rest under an empty code."""
        yield from self.lots.items()
        if rest := self.quantity - sum(self.lots.values()):
            yield "", rest


T = TypeVar("T", Demand, WarehouseLine)


def allocate(
    *,
    demand: Sequence[Demand],
    channel: Channel,
    country: str,
    collection_point: Warehouse | None = None,
    ignoring_lines: Iterable[UUID] = (),
) -> None:
    """Allocate stock to order lines, to all of them or to none.

    `line_id` is the order line's id; `ignoring_lines` are the ids of the checkout lines whose reservations it takes
    over. Raises InsufficientStock with all shortages.
    """
    stocks, shares = _lock_and_distribute(
        demand,
        channel=channel,
        country=country,
        collection_point=collection_point,
        ignoring_lines=ignoring_lines,
    )
    if not shares:
        return
    Allocation.objects.bulk_create(
        [
            Allocation(order_line_id=line_id, stock=stock, quantity=quantity)
            for line_id, stock, quantity in shares
        ]
    )
    changes = []
    for line_id, stock, quantity in shares:
        stock.quantity_allocated += quantity
        changes.append(Change(stock, "allocated", allocated=quantity, order_line_id=line_id))
    _save_stocks(stocks, changes)


def check_allocatable(
    *,
    demand: Sequence[Demand],
    channel: Channel,
    country: str,
    collection_point: Warehouse | None = None,
    ignoring_lines: Iterable[UUID] = (),
) -> None:
    """Raises InsufficientStock if `allocate` would; writes nothing."""
    _lock_and_distribute(
        demand,
        channel=channel,
        country=country,
        collection_point=collection_point,
        ignoring_lines=ignoring_lines,
    )


def _lock_and_distribute(
    demand: Sequence[Demand],
    *,
    channel: Channel,
    country: str,
    collection_point: Warehouse | None,
    ignoring_lines: Iterable[UUID],
) -> tuple[list[Stock], list[tuple[UUID, Stock, int]]]:
    """The locked stock rows, and the shares of `distribute` in them. Raises InsufficientStock."""
    require_transaction()
    demand = only_tracked(demand)
    if not demand:
        return [], []
    reachable = (
        get_channel_warehouses(channel, collection_point=collection_point)
        if collection_point
        else get_shipping_warehouses(channel, country)
    )
    stocks = lock_stocks(
        variant_ids={line.variant_id for line in demand}, warehouse_ids=reachable.warehouse_ids()
    )
    shares = distribute(
        demand, stocks, reachable, strategy=channel.allocation_strategy, ignoring_lines=ignoring_lines
    )
    return stocks, shares


def distribute(
    demand: Sequence[Demand],
    stocks: Sequence[Stock],
    reachable: ReachableWarehouses,
    *,
    strategy: str = "PRIORITIZE_SORTING_ORDER",
    ignoring_lines: Iterable[UUID] = (),
) -> list[tuple[UUID, Stock, int]]:
    """Split each line's demand over the locked stock rows: (line id, stock row, quantity).

    `strategy` is Saleor's AllocationStrategyEnum. Raises InsufficientStock.
    """
    reserved = reserved_quantities([stock.pk for stock in stocks], ignoring_lines=ignoring_lines)
    available = {
        stock.pk: max(stock.quantity - stock.quantity_allocated - reserved.get(stock.pk, 0), 0)
        for stock in stocks
    }
    _check_available(demand, stocks, reachable, available)
    rank = {warehouse: position for position, warehouse in enumerate(reachable.order)}
    high_first = strategy == "PRIORITIZE_HIGH_STOCK"
    shares: list[tuple[UUID, Stock, int]] = []
    for line in demand:
        of_variant = [stock for stock in stocks if stock.variant_id == line.variant_id]
        of_variant.sort(
            key=lambda stock: (-available[stock.pk] if high_first else rank[stock.warehouse_id], stock.pk)
        )
        shares += _take_from_stocks(line, of_variant, available)
    return shares


def _take_from_stocks(
    line: Demand, stocks: Sequence[Stock], available: dict[int, int]
) -> list[tuple[UUID, Stock, int]]:
    """Take the line's quantity from the rows in their order, and lower `available` by it."""
    taken, remaining = [], line.quantity
    for stock in stocks:
        if quantity := min(remaining, available[stock.pk]):
            available[stock.pk] -= quantity
            remaining -= quantity
            taken.append((line.line_id, stock, quantity))
    return taken


def _check_available(
    demand: Sequence[Demand],
    stocks: Sequence[Stock],
    reachable: ReachableWarehouses,
    available: dict[int, int],
) -> None:
    """Sum the demand by variant; raises InsufficientStock. `available` is by stock row pk."""
    requested: dict[int, int] = defaultdict(int)
    for line in demand:
        requested[line.variant_id] += line.quantity
    shortages = []
    for variant_id, quantity in requested.items():
        by_warehouse = {
            stock.warehouse_id: available[stock.pk] for stock in stocks if stock.variant_id == variant_id
        }
        if (most := reachable.max_quantity(by_warehouse)) < quantity:
            line_ids = tuple(line.line_id for line in demand if line.variant_id == variant_id)
            shortages.append(Shortage(variant_id, quantity, most, line_ids=line_ids))
    if shortages:
        raise InsufficientStock(_with_skus(shortages))


def deallocate(*, demand: Sequence[Demand]) -> None:
    """Lower the allocations of order lines in whichever warehouses they are; an excess quantity is ignored."""
    require_transaction()
    stocks, allocations = _lock_allocations({line.line_id for line in demand})
    changes = []
    for line in demand:
        changes += _deallocate_line(line.line_id, line.quantity, allocations, stocks)
    _save_allocations(allocations)
    _save_stocks(list(stocks.values()), changes)


def decrease(*, lines: Sequence[WarehouseLine], allow_stock_to_be_exceeded: bool = False) -> None:
    """Fulfillment: lower both the allocations of the order lines and the quantity in the warehouses.

    The warehouse need not be the one that the line is allocated in, but what is allocated to other lines there can't be
    taken. Raises InsufficientStock with all shortages.
    """
    require_transaction()
    lines = only_tracked(lines)
    if not lines:
        return
    own_allocations = Allocation.objects.filter(order_line_id__in={line.order_line_id for line in lines})
    stocks = {
        stock.pk: stock
        for stock in lock_stocks(
            variant_ids={line.variant_id for line in lines},
            warehouse_ids={line.warehouse_id for line in lines},
            stock_ids=set(own_allocations.values_list("stock_id", flat=True)),
        )
    }
    allocations = list(own_allocations.order_by("pk"))
    by_place = {(stock.variant_id, stock.warehouse_id): stock for stock in stocks.values()}
    changes, shortages = [], []
    for line in lines:
        stock = by_place.get((line.variant_id, line.warehouse_id))
        changes += _deallocate_line(line.order_line_id, line.quantity, allocations, stocks, first=stock)
        available = max(stock.quantity - stock.quantity_allocated, 0) if stock else 0
        if stock is None or (available < line.quantity and not allow_stock_to_be_exceeded):
            shortages.append(
                Shortage(
                    line.variant_id,
                    line.quantity,
                    available,
                    warehouse_id=line.warehouse_id,
                    line_ids=(line.order_line_id,),
                )
            )
            continue
        reason = "fulfilled" if available >= line.quantity else "exceeded"
        stock.quantity -= line.quantity
        changes += [
            Change(stock, reason, quantity=-quantity, order_line_id=line.order_line_id, lot=lot)
            for lot, quantity in line.by_lot()
        ]
    if shortages:
        raise InsufficientStock(_with_skus(shortages))
    _save_allocations(allocations)
    _save_stocks(list(stocks.values()), changes)


def increase(*, lines: Sequence[WarehouseLine], reallocate: bool = False, reason: str = "restocked") -> None:
    """Return or restock: raise the quantity in the warehouses; with `reallocate` it is allocated to its order line."""
    require_transaction()
    lines = only_tracked(lines)
    stocks = lock_or_create_stocks((line.variant_id, line.warehouse_id) for line in lines)
    changes = []
    for line in lines:
        stock = stocks[line.variant_id, line.warehouse_id]
        stock.quantity += line.quantity
        allocated = line.quantity if reallocate else 0
        if allocated:
            _allocate_to_line(line.order_line_id, stock, allocated)
        changes += [
            Change(
                stock,
                reason,
                quantity=quantity,
                allocated=quantity if reallocate else 0,
                order_line_id=line.order_line_id,
                lot=lot,
            )
            for lot, quantity in line.by_lot()
        ]
    _save_stocks(list(stocks.values()), changes)


def _allocate_to_line(line_id: UUID, stock: Stock, quantity: int) -> None:
    stock.quantity_allocated += quantity
    allocation, _ = Allocation.objects.get_or_create(order_line_id=line_id, stock=stock)
    allocation.quantity += quantity
    allocation.save(update_fields=["quantity"])


def allocated_in(line_ids: Iterable[UUID]) -> set[int]:
    """The ids of the stock rows in which these order lines are allocated."""
    rows = Allocation.objects.filter(order_line_id__in=list(line_ids))
    return set(rows.values_list("stock_id", flat=True))


def _lock_allocations(line_ids: set[UUID]) -> tuple[dict[int, Stock], list[Allocation]]:
    """Lock the stock rows first (in pk order, as everywhere), then read the allocations under that lock."""
    rows = Allocation.objects.filter(order_line_id__in=line_ids)
    stocks = {stock.pk: stock for stock in lock_stocks(stock_ids=allocated_in(line_ids))}
    return stocks, [allocation for allocation in rows.order_by("pk") if allocation.stock_id in stocks]


def _deallocate_line(
    line_id: UUID,
    quantity: int,
    allocations: list[Allocation],
    stocks: dict[int, Stock],
    *,
    first: Stock | None = None,
) -> list[Change]:
    """Lower a line's allocations by `quantity` in memory only, that of stock row `first` before the others."""
    own = [row for row in allocations if row.order_line_id == line_id and row.quantity]
    own.sort(key=lambda row: (first is None or row.stock_id != first.pk, row.pk))
    changes = []
    for allocation in own:
        freed = min(quantity, allocation.quantity)
        if not freed:
            break
        quantity -= freed
        allocation.quantity -= freed
        stock = stocks[allocation.stock_id]
        stock.quantity_allocated -= freed
        changes.append(Change(stock, "deallocated", allocated=-freed, order_line_id=line_id))
    return changes


def _save_allocations(allocations: Sequence[Allocation]) -> None:
    empty = [allocation.pk for allocation in allocations if not allocation.quantity]
    Allocation.objects.filter(pk__in=empty).delete()
    Allocation.objects.bulk_update([row for row in allocations if row.quantity], ["quantity"])


def _save_stocks(stocks: Sequence[Stock], changes: Sequence[Change]) -> None:
    changed = {change.stock.pk for change in changes}
    rows = [stock for stock in stocks if stock.pk in changed]
    Stock.objects.bulk_update(rows, ["quantity", "quantity_allocated"])
    movements.record_movements(changes)
    record_stock_events(changes)


def only_tracked(lines: Sequence[T]) -> list[T]:
    """The lines with a positive quantity whose variant tracks its inventory."""
    variants = catalog_cache.get_variants(line.variant_id for line in lines)
    untracked = {pk for pk, variant in variants.items() if not variant.track_inventory}
    return [line for line in lines if line.quantity > 0 and line.variant_id not in untracked]


def _with_skus(shortages: Sequence[Shortage]) -> list[Shortage]:
    variant_ids = [shortage.variant_id for shortage in shortages]
    skus = dict(ProductVariant.objects.filter(pk__in=variant_ids).values_list("pk", "sku"))
    return [replace(shortage, sku=skus.get(shortage.variant_id) or "") for shortage in shortages]


def require_transaction() -> None:
    """Raises RuntimeError outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Stock is promised and moved inside the transaction of what it is for.")
