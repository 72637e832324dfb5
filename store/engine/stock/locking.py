"""The lock on stock rows: always in primary-key order, so that no two buyers wait in a circle."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from store.engine.stock.models import Stock


def lock(
    *, variant_ids: Iterable[int] = (), warehouse_ids: Iterable[UUID] = (), also: Iterable[int] = ()
) -> list[Stock]:
    """The stock rows of these variants in these warehouses, and those of `also`, locked until commit.

    On PostgreSQL by SELECT … FOR UPDATE; on SQLite the transaction holds the database's write lock already.
    """
    wanted = Q(variant_id__in=list(variant_ids), warehouse_id__in=list(warehouse_ids)) | Q(pk__in=list(also))
    rows = Stock.objects.filter(wanted).select_related("variant", "warehouse")
    return list(rows.order_by("pk").select_for_update(of=("self",)))
