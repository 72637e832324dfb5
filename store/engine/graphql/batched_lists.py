"""Connections of several parents in one statement: choices of each attribute, stocks of each warehouse."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from store.engine.graphql.connections import (
    Connection,
    Edge,
    PageInfo,
    PagingArguments,
    connect,
    count_only,
    encode_cursor,
    is_without_size,
    nulls_lowest,
    sort_value,
)


def connect_each(
    rows: QuerySet[Any], parents: Sequence[Any], *, parent_field: str, order: Sequence[str], **paging: Any
) -> list[Connection]:
    """A connection per parent, in one statement (and one for all counts). `parent_field`: the parent's column.

    Cursors equal those of `connect` for a single parent, so that a client can fetch the next page there. Raises
    OperationError for invalid paging arguments.
    """
    pks = [parent.pk for parent in parents]
    count = cache(lambda: _counts(rows.filter(**{f"{parent_field}__in": pks}), parent_field))
    if is_without_size(paging):
        return [count_only(partial(_count_of, count, pk)) for pk in pks]
    if len(parents) == 1 or paging.get("first") is None or paging.get("after") or paging.get("before"):
        return [
            connect(rows.filter(**{parent_field: parent.pk}), order=order, **paging) for parent in parents
        ]
    size = PagingArguments.of(first=paging["first"], last=paging.get("last")).size
    keys = order if order[-1].lstrip("-") == "pk" else (*order, "pk")
    groups: dict[Any, list[Any]] = {pk: [] for pk in pks}
    for row in _first_per_parent(rows.filter(**{f"{parent_field}__in": pks}), parent_field, keys, size + 1):
        groups[getattr(row, parent_field)].append(row)
    return [_connection(groups[pk], size, keys, partial(_count_of, count, pk)) for pk in pks]


def connect_groups(groups: Sequence[list[Any]], *, order: Sequence[str], **paging: Any) -> list[Connection]:
    """First pages of lists that are read whole already, each in this order; cursors as those of `connect`."""
    if is_without_size(paging):
        return [count_only(partial(len, group)) for group in groups]
    size = PagingArguments.of(first=paging["first"], last=paging.get("last")).size
    keys = order if order[-1].lstrip("-") == "pk" else (*order, "pk")
    return [_connection(group[: size + 1], size, keys, partial(len, group)) for group in groups]


def _first_per_parent(
    rows: QuerySet[Any], parent_field: str, keys: Sequence[str], size: int
) -> QuerySet[Any]:
    order = [nulls_lowest(key) for key in keys]
    ranked = rows.annotate(_rank=Window(RowNumber(), partition_by=[F(parent_field)], order_by=order))
    first_rows: QuerySet[Any] = ranked.filter(_rank__lte=size).order_by(*order)
    return first_rows


def _counts(rows: QuerySet[Any], parent_field: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(parent_field).annotate(Count("pk")))


def _count_of(counts: Callable[[], dict[Any, int]], pk: Any) -> int:
    return counts().get(pk, 0)


def _connection(rows: list[Any], size: int, keys: Sequence[str], count: Callable[[], int]) -> Connection:
    names = [key.lstrip("-") for key in keys]
    edges = [Edge(node, encode_cursor([sort_value(node, name) for name in names])) for node in rows[:size]]
    ends = (edges[0].cursor, edges[-1].cursor) if edges else (None, None)
    return Connection(edges, PageInfo(len(rows) > size, False, *ends), count)


def replace_cursors(connection: Connection, keys: dict[int, list[Any]]) -> None:
    """Replace the cursors in place by those of sort values. `keys`: the sort values by id() of the edge."""
    for edge in connection.edges:
        edge.cursor = encode_cursor(keys[id(edge)])
    if connection.edges:
        connection.page_info.start_cursor = connection.edges[0].cursor
        connection.page_info.end_cursor = connection.edges[-1].cursor
