"""Sorting of categories and collections."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from store.engine.catalog.models import CollectionChannelListing, Product
from store.engine.channels.models import Channel
from store.engine.errors import OperationError

NEVER = datetime(1, 1, 1, tzinfo=UTC)  # a place in the order for what has no date
SortedRows = tuple[QuerySet[Any], tuple[str, ...]]


def sort_categories(rows: QuerySet[Any], sort_by: dict[str, Any] | None) -> SortedRows:
    """The rows annotated with what they are sorted by, and the columns of the order."""
    if not sort_by:
        return rows, ("pk",)
    columns = {
        "NAME": ("name", "slug"),
        "PRODUCT_COUNT": ("product_count", "name", "slug"),
        "SUBCATEGORY_COUNT": ("subcategory_count", "name", "slug"),
    }[sort_by["field"]]
    if sort_by["field"] == "PRODUCT_COUNT":
        rows = rows.annotate(product_count=_products_below())
    if sort_by["field"] == "SUBCATEGORY_COUNT":
        rows = rows.annotate(subcategory_count=Count("children"))
    return rows, _with_direction(columns, sort_by)


def _products_below() -> Coalesce:
    """Number of products in a category and in all categories below it."""
    products = Product.objects.filter(category__path__startswith=OuterRef("path")).order_by()
    counts = products.annotate(group=Value(1)).values("group").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counts), 0)


def sort_collections(
    rows: QuerySet[Any], sort_by: dict[str, Any] | None, channel: Channel | None
) -> SortedRows:
    """As `sort_categories`. Raises OperationError if the order depends on a channel and there is none."""
    if not sort_by:
        return rows, ("slug",)
    field = sort_by["field"]
    if field == "NAME":
        return rows, _with_direction(("name", "slug"), sort_by)
    if field == "PRODUCT_COUNT":
        return rows.annotate(product_count=Count("collection_products")), _with_direction(
            ("product_count", "slug"), sort_by
        )
    if channel is None:
        raise OperationError(
            "Name a channel to sort by what holds in it.", field="channel", code="GraphQLError"
        )
    listed = CollectionChannelListing.objects.filter(collection=OuterRef("pk"), channel=channel)
    if field == "AVAILABILITY":
        rows = rows.annotate(shown=Coalesce(Subquery(listed.values("is_published")[:1]), Value(False)))
        return rows, _with_direction(("shown", "slug"), sort_by)
    since = Coalesce(Subquery(listed.values("published_at")[:1]), Value(NEVER))
    return rows.annotate(since=since), _with_direction(("since", "slug"), sort_by)


def _with_direction(columns: tuple[str, ...], sort_by: dict[str, Any]) -> tuple[str, ...]:
    minus = "-" if sort_by["direction"] == "DESC" else ""
    return tuple(f"{minus}{column}" for column in columns)
