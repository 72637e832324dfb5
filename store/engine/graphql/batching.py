"""One SQL statement for all siblings: the answer to N+1 here.

Rows that were fetched together know each other (`bind`). A resolver under `@by_peers` is called once for
all of them, at the first sibling that is asked, and the others find their value ready:

    @staticmethod
    @by_peers
    def category(products, info):                # a list of siblings, not one
        found = Category.objects.in_bulk({p.category_id for p in products})
        return [found.get(p.category_id) for p in products]     # one value each, same order

Rows in the values become peers of each other, so the next level is one statement again. `channel` is handed
down from parent to child unless the child has one.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, TypeVar

from django.db.models import prefetch_related_objects

T = TypeVar("T")


def bind(rows: Iterable[T], *, channel: Any = None) -> list[T]:
    """Make rows peers of each other and, if given, tell them the channel they are seen in."""
    peers = list(rows)
    for row in peers:
        if hasattr(row, "__dict__"):
            row.__dict__["_peers"] = peers
            if channel is not None:
                row.__dict__.setdefault("channel", channel)
    return peers


def by_peers(fetch: Callable[..., Sequence[Any]]) -> Callable[..., Any]:
    key_name = f"{fetch.__module__}.{fetch.__qualname__}"

    @wraps(fetch)
    def resolve(root: Any, info: Any, **arguments: Any) -> Any:
        key = (key_name, _frozen(arguments)) if arguments else key_name
        ready: dict[Any, Any] = root.__dict__.setdefault("_ready", {})
        if key not in ready:
            peers: list[Any] = root.__dict__.get("_peers") or [root]
            # the asker's own siblings only as far as they have not been asked before
            waiting = [peer for peer in peers if key not in peer.__dict__.setdefault("_ready", {})]
            values = fetch(waiting, info, **arguments)
            for peer, value in zip(waiting, values, strict=True):
                peer.__dict__["_ready"][key] = value
            _bind_values(waiting, values)
        return ready[key]

    return resolve


def follow(row: Any, name: str) -> Any:
    """The row that a foreign key leads to, fetched for all siblings at once."""
    if not row._meta.get_field(name).is_cached(row):
        peers = [peer for peer in row.__dict__.get("_peers") or [row] if type(peer) is type(row)]
        prefetch_related_objects(peers, name)
        _bind_values(peers, [getattr(peer, name) for peer in peers])
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
        bind(rows.values())


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(sorted((key, _frozen(one)) for key, one in value.items()))
    if isinstance(value, list):
        return tuple(_frozen(one) for one in value)
    return value
