"""Field resolvers that run once for all sibling rows, against N+1 queries.

Rows that were fetched together are siblings of each other. A resolver under `@batched` is called with all siblings that
are shown in the same channel when the first is resolved; the others then read the value that it stored for them:

    @staticmethod
    @batched
    def category(products, info):                # a list of siblings, not one
        found = Category.objects.in_bulk({p.category_id for p in products})
        return [found.get(p.category_id) for p in products]     # one value each, same order

Rows in the values become siblings in turn, so that the next level takes one statement again, and are shown in the
channel of their parent. Unlike dataloaders this needs no deferred execution. What is known about a row is kept in the
request's context (`row_states`).
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, wraps
from typing import Any, TypeVar

from store.engine.channels.models import Channel

T = TypeVar("T")
Resolver = Callable[..., Any]


def bind_siblings(info: Any, rows: Iterable[T], *, channel: Channel | None = None) -> list[T]:
    """Make rows siblings of each other, shown in the channel.

    Returns the rows; for one that this request shows in another channel already, a copy of its own.
    """
    bound: list[T] = info.context.rows.bind(rows, channel)
    return bound


def channel_of_row(row: Any, info: Any) -> Channel | None:
    """The channel in which the row is shown."""
    channel: Channel | None = info.context.rows.of(row).channel
    return channel


def batched(fetch: Callable[..., Sequence[Any]]) -> Resolver:
    """Turn `fetch(rows, info, **arguments)`, which returns a value per row, into a resolver of one row.

    `rows` are of one class and shown in one channel. Values are stored per row, field and arguments.
    """
    field_name = f"{fetch.__module__}.{fetch.__qualname__}"

    @wraps(fetch)
    def resolve(root: Any, info: Any, **arguments: Any) -> Any:
        key = (field_name, _hashable(arguments)) if arguments else field_name
        rows = info.context.rows
        state = rows.of(root)
        if key not in state.values:
            pending = state.pending(key)
            values = fetch([sibling.row for sibling in pending], info, **arguments)
            for sibling, value in zip(pending, rows.hand_down(values, state.channel), strict=True):
                sibling.values[key] = value
        return state.values[key]

    return resolve


@cache
def foreign_key_resolver(name: str) -> Resolver:
    """The resolver of the foreign key `name` of a model: the row that it points to, or None."""

    def fetch(rows: Sequence[Any], _info: Any) -> list[Any]:
        key = rows[0]._meta.get_field(name)
        loaded = [key.is_cached(row) for row in rows]
        unread = {
            getattr(row, key.attname) for row, is_loaded in zip(rows, loaded, strict=True) if not is_loaded
        }
        found = key.related_model._base_manager.in_bulk(unread - {None}, field_name=key.target_field.name)
        return [
            getattr(row, name) if is_loaded else found.get(getattr(row, key.attname))
            for row, is_loaded in zip(rows, loaded, strict=True)
        ]

    fetch.__qualname__ = f"foreign key {name}"
    return batched(fetch)


def follow_foreign_key(row: Any, info: Any, name: str) -> Any:
    """The row that the foreign key `name` points to (or None), fetched for all siblings at once."""
    return foreign_key_resolver(name)(row, info)


def _hashable(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(sorted((key, _hashable(item)) for key, item in value.items()))
    if isinstance(value, list):
        return tuple(_hashable(item) for item in value)
    return value
