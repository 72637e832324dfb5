"""Categories and collections in the order that is asked for."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from store.engine.catalog.models import CollectionChannelListing, Product
from store.engine.channels.models import Channel
from store.engine.errors import Refusal

NEVER = datetime(1, 1, 1, tzinfo=UTC)  # a place in the order for what has no date
Sorted = tuple[QuerySet[Any], tuple[str, ...]]


def categories(rows: QuerySet[Any], wanted: dict[str, Any] | None) -> Sorted:
    """The rows with what they are ordered by, and the order's columns."""
    if not wanted:
        return rows, ("pk",)
    columns = {
        "NAME": ("name", "slug"),
        "PRODUCT_COUNT": ("product_count", "name", "slug"),
        "SUBCATEGORY_COUNT": ("subcategory_count", "name", "slug"),
    }[wanted["field"]]
    if wanted["field"] == "PRODUCT_COUNT":
        rows = rows.annotate(product_count=_products_below())
    if wanted["field"] == "SUBCATEGORY_COUNT":
        rows = rows.annotate(subcategory_count=Count("children"))
    return rows, _directed(columns, wanted)


def _products_below() -> Coalesce:
    """Products of a category and of all categories under it."""
    inside = Product.objects.filter(category__path__startswith=OuterRef("path")).order_by()
    counted = inside.annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def collections(rows: QuerySet[Any], wanted: dict[str, Any] | None, channel: Channel | None) -> Sorted:
    if not wanted:
        return rows, ("slug",)
    field = wanted["field"]
    if field == "NAME":
        return rows, _directed(("name", "slug"), wanted)
    if field == "PRODUCT_COUNT":
        return rows.annotate(product_count=Count("placed")), _directed(("product_count", "slug"), wanted)
    if channel is None:
        raise Refusal("Name a channel to sort by what holds in it.", field="channel", code="GraphQLError")
    listed = CollectionChannelListing.objects.filter(collection=OuterRef("pk"), channel=channel)
    if field == "AVAILABILITY":
        rows = rows.annotate(shown=Coalesce(Subquery(listed.values("is_published")[:1]), Value(False)))
        return rows, _directed(("shown", "slug"), wanted)
    since = Coalesce(Subquery(listed.values("published_at")[:1]), Value(NEVER))
    return rows.annotate(since=since), _directed(("since", "slug"), wanted)


def _directed(columns: tuple[str, ...], wanted: dict[str, Any]) -> tuple[str, ...]:
    minus = "-" if wanted["direction"] == "DESC" else ""
    return tuple(f"{minus}{column}" for column in columns)
