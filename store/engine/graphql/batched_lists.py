"""The same list for several parents at once: choices of each attribute, stock rows of each warehouse."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models import Window as Ranked
from django.db.models.functions import RowNumber

from store.engine.graphql.batching import bind
from store.engine.graphql.connections import Connection, Edge, PageInfo, Window, connect
from store.engine.graphql.connections import _nulls_last as in_order
from store.engine.graphql.connections import _value as value_of
from store.engine.graphql.connections import _write as cursor_of


def connect_each(
    rows: QuerySet[Any], parents: Sequence[Any], *, link: str, order: Sequence[str], **paging: Any
) -> list[Connection]:
    """A connection for each parent, in one statement (and one for all counts). `link`: the parent's column.

    Cursors are those that the list of one parent alone gives, so that a client may go on there.
    """
    if len(parents) == 1 or paging.get("first") is None or paging.get("after") or paging.get("before"):
        return [connect(rows.filter(**{link: one.pk}), order=order, **paging) for one in parents]
    size = Window.of(first=paging["first"], last=paging.get("last")).size
    pks = [one.pk for one in parents]
    keys = order if order[-1].lstrip("-") == "pk" else (*order, "pk")
    groups: dict[Any, list[Any]] = {pk: [] for pk in pks}
    for row in _first_of_each(rows.filter(**{f"{link}__in": pks}), link, keys, size + 1):
        groups[getattr(row, link)].append(row)
    count = cache(lambda: _counts(rows.filter(**{f"{link}__in": pks}), link))
    connections = [_connection(groups[pk], size, keys, partial(_count_of, count, pk)) for pk in pks]
    bind([edge.node for connection in connections for edge in connection.edges])
    return connections


def _first_of_each(rows: QuerySet[Any], link: str, keys: Sequence[str], size: int) -> QuerySet[Any]:
    order = [in_order(key) for key in keys]
    ranked = rows.annotate(_rank=Ranked(RowNumber(), partition_by=[F(link)], order_by=order))
    found: QuerySet[Any] = ranked.filter(_rank__lte=size).order_by(*order)
    return found


def _counts(rows: QuerySet[Any], link: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(link).annotate(Count("pk")))


def _count_of(counts: Callable[[], dict[Any, int]], pk: Any) -> int:
    return counts().get(pk, 0)


def _connection(found: list[Any], size: int, keys: Sequence[str], count: Callable[[], int]) -> Connection:
    names = [key.lstrip("-") for key in keys]
    edges = [Edge(node, cursor_of([value_of(node, name) for name in names])) for node in found[:size]]
    ends = (edges[0].cursor, edges[-1].cursor) if edges else (None, None)
    return Connection(edges, PageInfo(len(found) > size, False, *ends), count)


def recursor(connection: Connection, keys: dict[int, list[Any]]) -> None:
    """Cursors from sort keys instead of positions. `keys` by the id() of the edge."""
    for edge in connection.edges:
        edge.cursor = cursor_of(keys[id(edge)])
    if connection.edges:
        connection.page_info.start_cursor = connection.edges[0].cursor
        connection.page_info.end_cursor = connection.edges[-1].cursor
