"""Relay connections: edges, cursors, pageInfo, totalCount. At most 100 a page, and first or last is required."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet

from store.engine.errors import Refusal
from store.engine.graphql.batching import bind

LIMIT = 100


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
    edges: list[Edge]
    page_info: PageInfo
    count: Callable[[], int] = field(repr=False)

    @property
    def total_count(self) -> int:
        """Counted only when asked for."""
        return self.count()


@dataclass(frozen=True, slots=True)
class Window:
    """What `first/after/last/before` ask for. Raises Refusal when neither or both ends are given."""

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
    ) -> "Window":
        if (first is None) == (last is None) or 0 in (first, last):  # a page of none is no page, as in Saleor
            raise Refusal(
                "You must provide a `first` or `last` value to properly paginate the connection, not both.",
                code="GraphQLError",
            )
        size = first if first is not None else last
        assert size is not None
        if not 0 <= size <= LIMIT:
            raise Refusal(
                f"Requesting {size} records exceeds the limit of {LIMIT} records.", code="GraphQLError"
            )
        if after and before:
            raise Refusal("Give `after` or `before`, not both.", code="GraphQLError")
        cursor = after if first is not None else before
        return cls(size, last is not None, _read(cursor) if cursor else None)


def connect(
    rows: QuerySet[Any] | Sequence[Any],
    *,
    order: Sequence[str] = ("pk",),
    channel: Any = None,
    count: Callable[[], int] | None = None,
    **paging: Any,
) -> Connection:
    """A page of rows, in `order` (Django names, "-" for descending; annotations work; pk is added).

    Nodes become peers of each other (see `peers`) and learn the channel they are seen in.
    """
    paging = {key: paging.get(key) for key in ("first", "last", "after", "before")}
    window = Window.of(**paging)
    if isinstance(rows, QuerySet):
        return _of_queryset(rows, window, tuple(order), channel, count or rows.order_by().count)
    return _of_sequence(rows, window, channel)


def _of_queryset(
    rows: QuerySet[Any], window: Window, order: tuple[str, ...], channel: Any, count: Callable[[], int]
) -> Connection:
    keys = order if order[-1].lstrip("-") in ("pk", "id") else (*order, "pk")
    if window.backwards:
        keys = tuple(key[1:] if key.startswith("-") else f"-{key}" for key in keys)
    page = rows.order_by(*(_nulls_last(key) for key in keys))
    if window.cursor is not None:
        if len(window.cursor) != len(keys):
            raise Refusal("Received cursor is invalid.", code="GraphQLError")
        page = _after(page, keys, window.cursor)
    found = list(page[: window.size + 1])
    more, nodes = len(found) > window.size, found[: window.size]
    if window.backwards:
        nodes.reverse()
    names = [key.lstrip("-") for key in keys]
    edges = [
        Edge(node, _write([_value(node, name) for name in names])) for node in bind(nodes, channel=channel)
    ]
    return Connection(edges, _page_info(edges, more, window), count)


def _after(page: QuerySet[Any], keys: tuple[str, ...], cursor: list[Any]) -> QuerySet[Any]:
    try:
        found = page.filter(_beyond(keys, cursor))
        str(found.query)  # values of the wrong kind are noticed when they are prepared
    except (ValueError, TypeError, OverflowError, ValidationError):
        raise Refusal("Received cursor is invalid.", code="GraphQLError") from None
    return found


def _nulls_last(key: str) -> Any:
    """The same order on SQLite and PostgreSQL: no value sorts lowest, as SQLite does."""
    if key.startswith("-"):
        return F(key[1:]).desc(nulls_last=True)
    return F(key).asc(nulls_first=True)


def _of_sequence(rows: Sequence[Any], window: Window, channel: Any) -> Connection:
    start, stop = 0, len(rows)
    if window.cursor is not None:
        try:
            at = int(window.cursor[0])
        except (ValueError, TypeError, IndexError):
            raise Refusal("Received cursor is invalid.", code="GraphQLError") from None
        start, stop = (0, at) if window.backwards else (at + 1, stop)
    low, high = (
        (max(start, stop - window.size), stop)
        if window.backwards
        else (start, min(stop, start + window.size))
    )
    edges = [Edge(rows[i], _write([i])) for i in range(low, high)]
    bind((edge.node for edge in edges), channel=channel)
    more = low > start if window.backwards else high < stop
    return Connection(edges, _page_info(edges, more, window), lambda: len(rows))


def _page_info(edges: list[Edge], more: bool, window: Window) -> PageInfo:
    behind = window.cursor is not None
    return PageInfo(
        has_next_page=behind if window.backwards else more,
        has_previous_page=more if window.backwards else behind,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )


def _beyond(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows after the cursor: first key greater, or equal and the next greater, and so on."""
    beyond, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        name, descending = key.lstrip("-"), key.startswith("-")
        if value is None:
            step = Q(pk__in=[]) if descending else Q(**{f"{name}__isnull": False})
            same = Q(**{f"{name}__isnull": True})
        else:
            step = Q(**{f"{name}__{'lt' if descending else 'gt'}": value})
            if descending:
                step |= Q(**{f"{name}__isnull": True})
            same = Q(**{name: value})
        beyond |= equal & step
        equal &= same
    return beyond


def _value(node: Model, name: str) -> Any:
    value: Any = node
    for part in name.split("__"):
        value = getattr(value, part, None)
    return value


def _write(values: list[Any]) -> str:
    return base64.b64encode(json.dumps([_plain(value) for value in values]).encode()).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return (
        str(value)
        if isinstance(value, Decimal) or not isinstance(value, str | int | float | type(None))
        else value
    )


def _read(cursor: str) -> list[Any]:
    try:
        values = json.loads(base64.b64decode(cursor, validate=True))
    except (ValueError, UnicodeDecodeError):
        values = None
    if not isinstance(values, list):
        raise Refusal("Received cursor is invalid.", code="GraphQLError")
    return values
