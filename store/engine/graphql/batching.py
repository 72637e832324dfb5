"""Field resolvers that run once for all sibling rows, against N+1 queries.

Rows that were fetched together are siblings of each other (`bind_siblings`). A resolver under `@batched` is
called with all of them when the first is resolved; the others then read the value that it cached on them:

    @staticmethod
    @batched
    def category(products, info):                # a list of siblings, not one
        found = Category.objects.in_bulk({p.category_id for p in products})
        return [found.get(p.category_id) for p in products]     # one value each, same order

Rows in the values become siblings in turn, so that the next level takes one statement again. `channel` is handed
from parent to child unless the child has one. Unlike dataloaders this needs no deferred execution.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, TypeVar

from django.db.models import prefetch_related_objects

T = TypeVar("T")


def bind_siblings(rows: Iterable[T], *, channel: Any = None) -> list[T]:
    """Make rows siblings of each other and set the channel they are shown in on those that have none."""
    siblings = list(rows)
    for row in siblings:
        if hasattr(row, "__dict__"):
            row.__dict__["_siblings"] = siblings
            if channel is not None:
                row.__dict__.setdefault("channel", channel)
    return siblings


def batched(fetch: Callable[..., Sequence[Any]]) -> Callable[..., Any]:
    """Turn `fetch(rows, info, **arguments)`, which returns a value per row, into a resolver of one row.

    Values are cached per row, field and arguments.
    """
    field_name = f"{fetch.__module__}.{fetch.__qualname__}"

    @wraps(fetch)
    def resolve(root: Any, info: Any, **arguments: Any) -> Any:
        key = (field_name, _hashable(arguments)) if arguments else field_name
        own_values: dict[Any, Any] = root.__dict__.setdefault("_batched_values", {})
        if key not in own_values:
            siblings: list[Any] = root.__dict__.get("_siblings") or [root]
            # A row may have got siblings after its own value was fetched: those with a value are left out.
            pending = [row for row in siblings if key not in row.__dict__.setdefault("_batched_values", {})]
            values = fetch(pending, info, **arguments)
            for row, value in zip(pending, values, strict=True):
                row.__dict__["_batched_values"][key] = value
            _bind_values(pending, values)
        return own_values[key]

    return resolve


def follow_foreign_key(row: Any, name: str) -> Any:
    """The row that the foreign key `name` points to (or None), fetched for all siblings at once."""
    if not row._meta.get_field(name).is_cached(row):
        siblings = [other for other in row.__dict__.get("_siblings") or [row] if type(other) is type(row)]
        prefetch_related_objects(siblings, name)
        _bind_values(siblings, [getattr(sibling, name) for sibling in siblings])
    return getattr(row, name)


def _bind_values(parents: Sequence[Any], values: Sequence[Any]) -> None:
    rows: dict[int, Any] = {}
    for parent, value in zip(parents, values, strict=True):
        channel = parent.__dict__.get("channel")
        for row in value if isinstance(value, list | tuple) else (value,):
            if hasattr(row, "_meta"):
                rows[id(row)] = row
                if channel is not None:
                    row.__dict__.setdefault("channel", channel)
    if rows:
        bind_siblings(rows.values())


def _hashable(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(sorted((key, _hashable(item)) for key, item in value.items()))
    if isinstance(value, list):
        return tuple(_hashable(item) for item in value)
    return value
