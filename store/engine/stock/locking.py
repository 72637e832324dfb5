"""Locks what a change of stock needs: warehouses, then lots (`ports.Lots`), then stock rows, each in primary-key order.

Transactions that keep to this order, from their first lock to their last, can't deadlock with each other. Stock rows
are created and deleted under their warehouse's lock.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from store.engine.catalog.models import ProductVariant
from store.engine.errors import NotFound
from store.engine.stock.models import Stock, Warehouse


def lock_stocks(
    *, variant_ids: Iterable[int] = (), warehouse_ids: Iterable[UUID] = (), stock_ids: Iterable[int] = ()
) -> list[Stock]:
    """The stock rows of these variants in these warehouses and the rows `stock_ids`, locked until commit.

    On PostgreSQL by SELECT … FOR UPDATE; on SQLite the transaction holds the database's write lock already.
    """
    condition = Q(variant_id__in=list(variant_ids), warehouse_id__in=list(warehouse_ids))
    rows = Stock.objects.filter(condition | Q(pk__in=list(stock_ids))).select_related("variant", "warehouse")
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def lock_or_create_stocks(places: Iterable[tuple[int, UUID]]) -> Mapping[tuple[int, UUID], Stock]:
    """The stock rows at (variant id, warehouse id), locked until commit; those that are missing are created with 0.

    The warehouses are locked first: one that is being deleted would take what is written here along. Raises NotFound
    for a variant or warehouse that is gone.
    """
    wanted = sorted(set(places))
    variants, warehouses = {variant for variant, _ in wanted}, {warehouse for _, warehouse in wanted}
    if len(lock_warehouses(warehouses)) < len(warehouses):
        raise NotFound("There is no such warehouse any more.", field="warehouse")
    # Asked under that lock, which who deletes a variant has, too (`lock_for_deletion`).
    if ProductVariant.objects.filter(pk__in=variants).count() < len(variants):
        raise NotFound("There is no such variant any more.", field="variant")
    by_place = _by_place(lock_stocks(variant_ids=variants, warehouse_ids=warehouses))
    if missing := [place for place in wanted if place not in by_place]:
        Stock.objects.bulk_create(
            [Stock(variant_id=variant, warehouse_id=warehouse) for variant, warehouse in missing]
        )
        by_place = _by_place(lock_stocks(variant_ids=variants, warehouse_ids=warehouses))
    return {place: by_place[place] for place in wanted}


def lock_warehouses(pks: Iterable[UUID]) -> list[Warehouse]:
    """Those of the warehouses that are there, locked until commit.

    Two of these locks exclude each other; rows that refer to the warehouse may still be written. (A parcel's rows ask
    for the warehouse at its commit, while it holds stock rows: with a stronger lock the two would wait in a circle.)
    """
    return list(Warehouse.objects.filter(pk__in=list(pks)).order_by("pk").select_for_update(no_key=True))


def lock_for_rows(*, variant_ids: Iterable[int], warehouse_ids: Iterable[UUID]) -> None:
    """Lock at once what an operation on many rows will lock row by row: the warehouses, then the stock rows there."""
    warehouses = set(warehouse_ids)
    if warehouses:
        lock_warehouses(warehouses)
        lock_stocks(variant_ids=variant_ids, warehouse_ids=warehouses)


def lock_for_deletion(variant_ids: Sequence[int]) -> None:
    """Lock what the deletion of these variants takes along: every warehouse, since first stock of them may be on its
    way to any, then their stock rows.
    """
    lock_warehouses(Warehouse.objects.values_list("pk", flat=True))
    lock_stocks(stock_ids=Stock.objects.filter(variant_id__in=variant_ids).values_list("pk", flat=True))


def _by_place(stocks: Iterable[Stock]) -> dict[tuple[int, UUID], Stock]:
    return {(stock.variant_id, stock.warehouse_id): stock for stock in stocks}
