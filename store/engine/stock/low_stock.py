"""Which stock rows run low: free pieces at or below the threshold of the row."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from store.engine.stock.models import Stock

DEFAULT_THRESHOLD = 5  # free pieces, for rows without a threshold of their own


def with_free_pieces(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with `free` and `threshold`."""
    annotated: QuerySet[Any] = rows.annotate(
        free=F("quantity") - F("quantity_allocated"),
        threshold=Coalesce("low_stock_threshold", Value(DEFAULT_THRESHOLD)),
    )
    return annotated


def running_low(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the rows of `with_free_pieces` that run low; variants whose inventory is not tracked never do."""
    return rows.filter(free__lte=F("threshold"), variant__track_inventory=True)


def threshold_of(stock: Stock) -> int:
    return DEFAULT_THRESHOLD if stock.low_stock_threshold is None else stock.low_stock_threshold
