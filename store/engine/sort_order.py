"""Moving rows within the order that their column `sort_order` gives them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet


def move(rows: QuerySet[Any], moves: Mapping[Any, int | None], *, key: str = "pk") -> None:
    """Move rows forward (or, by a negative number, back) by so many places, one after the other, inside the caller's
    transaction. A place beyond an end is the end; None means one place forward, as in Saleor.

    `rows`: all rows of the order. `moves`: places by the value of the attribute `key`; one that no row has is ignored.
    The rows are locked.
    """
    locked = list(rows.select_for_update(of=("self",)))
    places = [getattr(row, key) for row in locked]
    for value, shift in moves.items():
        if value in places:
            at = places.index(value)
            places.insert(max(at + (1 if shift is None else shift), 0), places.pop(at))
    position = {value: place for place, value in enumerate(places)}
    changed = [row for row in locked if row.sort_order != position[getattr(row, key)]]
    for row in changed:
        row.sort_order = position[getattr(row, key)]
    rows.model._default_manager.bulk_update(changed, ["sort_order"])
