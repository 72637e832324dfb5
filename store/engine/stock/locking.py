"""Locks stock rows, always in primary-key order, so that concurrent transactions can't deadlock."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from store.engine.stock.models import Stock


def lock_stocks(
    *, variant_ids: Iterable[int] = (), warehouse_ids: Iterable[UUID] = (), stock_ids: Iterable[int] = ()
) -> list[Stock]:
    """The stock rows of these variants in these warehouses and the rows `stock_ids`, locked until commit.

    On PostgreSQL by SELECT … FOR UPDATE; on SQLite the transaction holds the database's write lock already.
    """
    condition = Q(variant_id__in=list(variant_ids), warehouse_id__in=list(warehouse_ids))
    rows = Stock.objects.filter(condition | Q(pk__in=list(stock_ids))).select_related("variant", "warehouse")
    return list(rows.order_by("pk").select_for_update(of=("self",)))
