"""Relay connections: edges, cursors, pageInfo, totalCount. `first` or `last` is required, at most 100 a page."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db.models import F, Model, Q, QuerySet

from store.engine.channels.models import Channel
from store.engine.errors import OperationError
from store.saleor.text import load_json

MAX_PAGE_SIZE = 100
MISSING_SIZE = "You must provide a `first` or `last` value to properly paginate the connection, not both."


@dataclass(slots=True)
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(slots=True)
class Edge:
    node: Any
    cursor: str


@dataclass(slots=True)
class Connection:
    """A page of nodes. `channel`: in which they are shown. `is_bound`: whether they are siblings already.

    `is_page`: False when neither `first` nor `last` was given; then it has a count, and no edges may be asked for.

    `fetch_nodes` replaces the primary keys in `edges` by rows, in this connection and in those made with it, and makes
    the rows siblings; it is called when the first of them is asked for its edges.
    """

    edges: list[Edge]
    page_info: PageInfo
    count: Callable[[], int] = field(repr=False)  # called once
    channel: Channel | None = None
    is_bound: bool = False
    is_page: bool = True
    fetch_nodes: Callable[[], None] | None = field(default=None, repr=False)
    _total: int | None = None

    @property
    def total_count(self) -> int:
        """Lazy: most queries don't select it."""
        if self._total is None:
            self._total = self.count()
        return self._total


def bound_edges(connection: Connection, info: Any) -> list[Edge]:
    """The resolver of `edges`: makes the nodes siblings of each other (see `batching`) unless they are.

    Raises OperationError without `first` and `last`.
    """
    if not connection.is_page:
        raise OperationError(MISSING_SIZE, code="GraphQLError")
    if connection.fetch_nodes is not None and not connection.is_bound:
        connection.fetch_nodes()
    elif not connection.is_bound:
        info.context.rows.bind_connections([connection])
    return connection.edges


@dataclass(frozen=True, slots=True)
class PagingArguments:
    """`first/after/last/before` after validation. `cursor` holds the decoded `after` or `before`."""

    size: int
    backwards: bool
    cursor: list[Any] | None

    @classmethod
    def of(
        cls,
        *,
        first: int | None = None,
        last: int | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> "PagingArguments":
        """Raises OperationError unless exactly one of `first` and `last` is given and in range."""
        if (first is None) == (last is None) or 0 in (first, last):  # Saleor takes 0 for not given
            raise OperationError(MISSING_SIZE, code="GraphQLError")
        size = first if first is not None else last
        assert size is not None
        if not 0 <= size <= MAX_PAGE_SIZE:
            raise OperationError(
                f"Requesting {size} records exceeds the limit of {MAX_PAGE_SIZE} records.",
                code="GraphQLError",
            )
        if after and before:
            raise OperationError("Give `after` or `before`, not both.", code="GraphQLError")
        cursor = after if first is not None else before
        return cls(size, last is not None, decode_cursor(cursor) if cursor else None)


def connect(
    rows: QuerySet[Any] | Sequence[Any],
    *,
    order: Sequence[str] = ("pk",),
    channel: Channel | None = None,
    count: Callable[[], int] | None = None,
    **paging: Any,
) -> Connection:
    """A page of `rows`; `paging` are the arguments of PagingArguments, others are ignored.

    `order`: Django field names or annotations, "-" for descending; pk is added. Sequences are paged as they are.
    `count` replaces the COUNT of the rows. `channel`: in which the nodes are shown. Raises OperationError for invalid
    paging arguments.
    """
    paging = {key: paging.get(key) for key in ("first", "last", "after", "before")}
    if count is None:
        count = rows.order_by().count if isinstance(rows, QuerySet) else lambda: len(rows)
    if is_without_size(paging):
        return count_only(count)
    arguments = PagingArguments.of(**paging)
    if isinstance(rows, QuerySet):
        return _connect_queryset(rows, arguments, tuple(order), channel, count)
    return _connect_sequence(rows, arguments, channel)


def is_without_size(paging: Mapping[str, Any]) -> bool:
    """Whether only the count of the connection can be asked for. Saleor takes 0 for not given."""
    return not paging.get("first") and not paging.get("last")


def count_only(count: Callable[[], int]) -> Connection:
    return Connection([], PageInfo(False, False, None, None), count, is_page=False)


def _connect_queryset(
    rows: QuerySet[Any],
    arguments: PagingArguments,
    order: tuple[str, ...],
    channel: Channel | None,
    count: Callable[[], int],
) -> Connection:
    keys = order if order[-1].lstrip("-") in ("pk", "id") else (*order, "pk")
    if arguments.backwards:
        keys = tuple(key[1:] if key.startswith("-") else f"-{key}" for key in keys)
    page = rows.order_by(*(nulls_lowest(key) for key in keys))
    if arguments.cursor is not None:
        if len(arguments.cursor) != len(keys):
            raise OperationError("Received cursor is invalid.", code="GraphQLError")
        page = _skip_to_cursor(page, keys, arguments.cursor)
    fetched = list(page[: arguments.size + 1])
    more, nodes = len(fetched) > arguments.size, fetched[: arguments.size]
    if arguments.backwards:
        nodes.reverse()
    names = [key.lstrip("-") for key in keys]
    edges = [Edge(node, encode_cursor([sort_value(node, name) for name in names])) for node in nodes]
    return Connection(edges, _page_info(edges, more, arguments), count, channel)


def _skip_to_cursor(page: QuerySet[Any], keys: tuple[str, ...], cursor: list[Any]) -> QuerySet[Any]:
    try:
        remaining = page.filter(_after_cursor(keys, cursor))
        str(remaining.query)  # compiling the query raises for values of the wrong type
    except EmptyResultSet:  # nothing can be beyond this cursor
        return page.none()
    except (ValueError, TypeError, OverflowError, ValidationError):
        raise OperationError("Received cursor is invalid.", code="GraphQLError") from None
    return remaining


def nulls_lowest(key: str) -> Any:
    """An ordering expression that sorts NULL lowest, as SQLite does, on PostgreSQL too."""
    if key.startswith("-"):
        return F(key[1:]).desc(nulls_last=True)
    return F(key).asc(nulls_first=True)


def _connect_sequence(rows: Sequence[Any], arguments: PagingArguments, channel: Channel | None) -> Connection:
    start, stop = 0, len(rows)
    if arguments.cursor is not None:
        try:
            index = int(arguments.cursor[0])
        except (ValueError, TypeError, IndexError):
            raise OperationError("Received cursor is invalid.", code="GraphQLError") from None
        start, stop = (0, index) if arguments.backwards else (index + 1, stop)
    low, high = (
        (max(start, stop - arguments.size), stop)
        if arguments.backwards
        else (start, min(stop, start + arguments.size))
    )
    edges = [Edge(rows[i], encode_cursor([i])) for i in range(low, high)]
    more = low > start if arguments.backwards else high < stop
    return Connection(edges, _page_info(edges, more, arguments), lambda: len(rows), channel)


def _page_info(edges: list[Edge], more: bool, arguments: PagingArguments) -> PageInfo:
    has_cursor = arguments.cursor is not None
    return PageInfo(
        has_next_page=has_cursor if arguments.backwards else more,
        has_previous_page=more if arguments.backwards else has_cursor,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )


def _after_cursor(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """Condition of the rows after the cursor: first key greater, or equal and the next one greater, and so on."""
    after, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        name, descending = key.lstrip("-"), key.startswith("-")
        if value is None:
            greater = Q(pk__in=[]) if descending else Q(**{f"{name}__isnull": False})
            same = Q(**{f"{name}__isnull": True})
        else:
            greater = Q(**{f"{name}__{'lt' if descending else 'gt'}": value})
            if descending:
                greater |= Q(**{f"{name}__isnull": True})
            same = Q(**{name: value})
        after |= equal & greater
        equal &= same
    return after


def sort_value(node: Model, name: str) -> Any:
    """The value of a Django field name such as `product__name`; None if a part of the way is None."""
    value: Any = node
    for part in name.split("__"):
        value = getattr(value, part, None)
    return value


def encode_cursor(values: list[Any]) -> str:
    """Base64 of the JSON list of a row's sort values."""
    return base64.b64encode(json.dumps([_to_json(value) for value in values]).encode()).decode()


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return (
        str(value)
        if isinstance(value, Decimal) or not isinstance(value, str | int | float | type(None))
        else value
    )


def _is_sort_value(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) < 2**63
    return value is None or isinstance(value, str | float)


def decode_cursor(cursor: str) -> list[Any]:
    """Raises OperationError for what `encode_cursor` can't have made."""
    try:
        values = load_json(base64.b64decode(cursor, validate=True))
    except ValueError:
        values = None
    if not isinstance(values, list) or not all(_is_sort_value(value) for value in values):
        raise OperationError("Received cursor is invalid.", code="GraphQLError")
    return values
