"""Promises to order lines: allocate, take back, send out, bring back.

Each function works inside its caller's transaction (completion, fulfilment and cancellation are one step with
what they do to stock), locks the stock rows in primary-key order, checks under the lock, then writes rows and
ledger.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from store.engine.catalog import catalog_cache
from store.engine.catalog.models import ProductVariant
from store.engine.channels.models import Channel
from store.engine.stock import movements
from store.engine.stock.availability import reserved
from store.engine.stock.channel_warehouses import Reach, reach, shipping
from store.engine.stock.errors import InsufficientStock, Shortage
from store.engine.stock.locking import lock
from store.engine.stock.models import Allocation, Stock, Warehouse
from store.engine.stock.movements import Change
from store.engine.stock.stock_events import tell


@dataclass(frozen=True, slots=True)
class Demand:
    """So many pieces of a variant for a line."""

    line_id: UUID
    variant_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Sending:
    """So many pieces for an order line out of (or back into) one warehouse."""

    order_line_id: UUID
    variant_id: int
    warehouse_id: UUID
    quantity: int


T = TypeVar("T", Demand, Sending)


def allocate(
    *,
    demand: Sequence[Demand],
    channel: Channel,
    country: str,
    collection_point: Warehouse | None = None,
    ignoring_lines: Iterable[UUID] = (),
) -> None:
    """Promise stock to order lines, all of them or none; raises InsufficientStock with all that is lacking.

    `line_id` is the order line's id; `ignoring_lines` are the checkout lines that become it.
    """
    inside_a_transaction()
    demand = tracked(demand)
    if not demand:
        return
    place = (
        reach(channel, collection_point=collection_point) if collection_point else shipping(channel, country)
    )
    stocks = lock(variant_ids={one.variant_id for one in demand}, warehouse_ids=place.warehouses())
    shares = share(demand, stocks, place, strategy=channel.allocation_strategy, ignoring_lines=ignoring_lines)
    Allocation.objects.bulk_create(
        [Allocation(order_line_id=line, stock=stock, quantity=pieces) for line, stock, pieces in shares]
    )
    changes = []
    for line, stock, pieces in shares:
        stock.quantity_allocated += pieces
        changes.append(Change(stock, "allocated", allocated=pieces, order_line_id=line))
    _save(stocks, changes)


def share(
    demand: Sequence[Demand],
    stocks: Sequence[Stock],
    place: Reach,
    *,
    strategy: str = "PRIORITIZE_SORTING_ORDER",
    ignoring_lines: Iterable[UUID] = (),
) -> list[tuple[UUID, Stock, int]]:
    """Which line gets how many from which (locked) stock row; raises InsufficientStock."""
    held = reserved([stock.pk for stock in stocks], ignoring_lines=ignoring_lines)
    free = {
        stock.pk: max(stock.quantity - stock.quantity_allocated - held.get(stock.pk, 0), 0)
        for stock in stocks
    }
    _refuse_what_is_lacking(demand, stocks, place, free)
    rank = {warehouse: at for at, warehouse in enumerate(place.order)}
    high_first = strategy == "PRIORITIZE_HIGH_STOCK"
    shares: list[tuple[UUID, Stock, int]] = []
    for one in demand:
        own = [stock for stock in stocks if stock.variant_id == one.variant_id]
        own.sort(key=lambda stock: (-free[stock.pk] if high_first else rank[stock.warehouse_id], stock.pk))
        shares += _take(one, own, free)
    return shares


def _take(one: Demand, stocks: Sequence[Stock], free: dict[int, int]) -> list[tuple[UUID, Stock, int]]:
    taken, missing = [], one.quantity
    for stock in stocks:
        if pieces := min(missing, free[stock.pk]):
            free[stock.pk] -= pieces
            missing -= pieces
            taken.append((one.line_id, stock, pieces))
    return taken


def _refuse_what_is_lacking(
    demand: Sequence[Demand], stocks: Sequence[Stock], place: Reach, free: dict[int, int]
) -> None:
    wanted: dict[int, int] = defaultdict(int)
    for one in demand:
        wanted[one.variant_id] += one.quantity
    lacking = []
    for variant_id, quantity in wanted.items():
        own = {stock.warehouse_id: free[stock.pk] for stock in stocks if stock.variant_id == variant_id}
        if (available := place.best(own)) < quantity:
            lines = tuple(one.line_id for one in demand if one.variant_id == variant_id)
            lacking.append(Shortage(variant_id, quantity, available, line_ids=lines))
    if lacking:
        raise InsufficientStock(_named(lacking))


def deallocate(*, demand: Sequence[Demand]) -> None:
    """Take promises back, line by line, from wherever they were made; more than was promised is no error."""
    inside_a_transaction()
    stocks, allocations = _allocated_to({one.line_id for one in demand})
    changes = []
    for one in demand:
        changes += _free(one.line_id, one.quantity, allocations, stocks)
    _drop_or_save(allocations)
    _save(list(stocks.values()), changes)


def decrease(*, sendings: Sequence[Sending], allow_stock_to_be_exceeded: bool = False) -> None:
    """Pieces leave the warehouse (fulfilment): the promise is kept and the quantity sinks.

    A piece may leave another warehouse than the one it was promised from; it must not be promised to others.
    """
    inside_a_transaction()
    sendings = tracked(sendings)
    if not sendings:
        return
    promised = Allocation.objects.filter(order_line_id__in={one.order_line_id for one in sendings})
    held_at = set(promised.values_list("stock_id", flat=True))
    stocks = {
        stock.pk: stock
        for stock in lock(
            variant_ids={one.variant_id for one in sendings},
            warehouse_ids={one.warehouse_id for one in sendings},
            also=held_at,
        )
    }
    allocations = list(promised.order_by("pk"))
    at = {(stock.variant_id, stock.warehouse_id): stock for stock in stocks.values()}
    changes, lacking = [], []
    for one in sendings:
        place = at.get((one.variant_id, one.warehouse_id))
        changes += _free(one.order_line_id, one.quantity, allocations, stocks, first=place)
        there = max(place.quantity - place.quantity_allocated, 0) if place else 0
        if place is None or (there < one.quantity and not allow_stock_to_be_exceeded):
            lacking.append(
                Shortage(
                    one.variant_id,
                    one.quantity,
                    there,
                    warehouse_id=one.warehouse_id,
                    line_ids=(one.order_line_id,),
                )
            )
            continue
        reason = "fulfilled" if there >= one.quantity else "exceeded"
        place.quantity -= one.quantity
        changes.append(Change(place, reason, quantity=-one.quantity, order_line_id=one.order_line_id))
    if lacking:
        raise InsufficientStock(_named(lacking))
    _drop_or_save(allocations)
    _save(list(stocks.values()), changes)


def increase(*, sendings: Sequence[Sending], allocate_again: bool = False, reason: str = "restocked") -> None:
    """Pieces come back to a warehouse; with `allocate_again` they stay promised to their order line."""
    inside_a_transaction()
    sendings = tracked(sendings)
    for one in sendings:
        Stock.objects.get_or_create(variant_id=one.variant_id, warehouse_id=one.warehouse_id)
    stocks = lock(
        variant_ids={one.variant_id for one in sendings}, warehouse_ids={one.warehouse_id for one in sendings}
    )
    at = {(stock.variant_id, stock.warehouse_id): stock for stock in stocks}
    changes = []
    for one in sendings:
        stock = at[one.variant_id, one.warehouse_id]
        stock.quantity += one.quantity
        promised = one.quantity if allocate_again else 0
        if promised:
            _promise(one.order_line_id, stock, promised)
        changes.append(
            Change(stock, reason, quantity=one.quantity, allocated=promised, order_line_id=one.order_line_id)
        )
    _save(stocks, changes)


def _promise(line_id: UUID, stock: Stock, quantity: int) -> None:
    stock.quantity_allocated += quantity
    allocation, _ = Allocation.objects.get_or_create(order_line_id=line_id, stock=stock)
    allocation.quantity += quantity
    allocation.save(update_fields=["quantity"])


def _allocated_to(line_ids: set[UUID]) -> tuple[dict[int, Stock], list[Allocation]]:
    """Locked stock rows first (in pk order, as everywhere), then the promises read under that lock."""
    promised = Allocation.objects.filter(order_line_id__in=line_ids)
    stocks = {stock.pk: stock for stock in lock(also=set(promised.values_list("stock_id", flat=True)))}
    return stocks, [one for one in promised.order_by("pk") if one.stock_id in stocks]


def _free(
    line_id: UUID,
    quantity: int,
    allocations: list[Allocation],
    stocks: dict[int, Stock],
    *,
    first: Stock | None = None,
) -> list[Change]:
    """Lower a line's promises by `quantity` in memory, those at `first` before the others."""
    own = [one for one in allocations if one.order_line_id == line_id and one.quantity]
    own.sort(key=lambda one: (first is None or one.stock_id != first.pk, one.pk))
    changes = []
    for one in own:
        pieces = min(quantity, one.quantity)
        if not pieces:
            break
        quantity -= pieces
        one.quantity -= pieces
        stock = stocks[one.stock_id]
        stock.quantity_allocated -= pieces
        changes.append(Change(stock, "deallocated", allocated=-pieces, order_line_id=line_id))
    return changes


def _drop_or_save(allocations: Sequence[Allocation]) -> None:
    Allocation.objects.filter(pk__in=[one.pk for one in allocations if not one.quantity]).delete()
    Allocation.objects.bulk_update([one for one in allocations if one.quantity], ["quantity"])


def _save(stocks: Sequence[Stock], changes: Sequence[Change]) -> None:
    touched = {change.stock.pk for change in changes}
    rows = [stock for stock in stocks if stock.pk in touched]
    Stock.objects.bulk_update(rows, ["quantity", "quantity_allocated"])
    movements.write(changes)
    tell(changes)


def tracked(wanted: Sequence[T]) -> list[T]:
    """Without the variants whose inventory isn't counted."""
    variants = catalog_cache.variants(one.variant_id for one in wanted)
    untracked = {pk for pk, variant in variants.items() if not variant.track_inventory}
    return [one for one in wanted if one.quantity > 0 and one.variant_id not in untracked]


def _named(lacking: Sequence[Shortage]) -> list[Shortage]:
    skus = dict(
        ProductVariant.objects.filter(pk__in=[one.variant_id for one in lacking]).values_list("pk", "sku")
    )
    return [
        Shortage(
            one.variant_id,
            one.wanted,
            one.available,
            skus.get(one.variant_id) or "",
            one.warehouse_id,
            one.line_ids,
        )
        for one in lacking
    ]


def inside_a_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Stock is promised and moved inside the transaction of what it is for.")
