"""`filter:` and `sortBy:` of a list, from a declaration instead of code for each list.

ZONES = ListArguments(search=("name",), columns={"channels": ids_in("channels", Channel)})
connect(ZONES.filtered(ShippingZone.objects.all(), filter), order=ZONES.order(sort_by, default=("pk",)), …)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

from store.engine.graphql import ids

Condition = Callable[[Any], Q]


def ids_in(column: str, model: type[Model]) -> Condition:
    """The condition that the column is one of the rows with these global ids."""
    return lambda given: Q(**{f"{column}__in": ids.pks_of(given, model)})


def one_of(column: str) -> Condition:
    return lambda given: Q(**{f"{column}__in": given})


def equal_to(column: str) -> Condition:
    return lambda given: Q(**{column: given})


@dataclass(frozen=True)
class ListArguments:
    """`search`: columns in which a part of the words is looked for; `columns`: the condition of each other key;
    `sort`: the columns of each value of the sort field's enum."""

    search: tuple[str, ...] = ()
    columns: Mapping[str, Condition] = field(default_factory=dict)
    sort: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def filtered(self, rows: QuerySet[Any], given: Mapping[str, Any] | None) -> QuerySet[Any]:
        """The rows that meet all keys that are given; null is as good as no key, as in Saleor."""
        condition = Q()
        for name, value in (given or {}).items():
            if name == "search" and value:
                condition &= self._found(value)
            elif name != "search" and value is not None:
                condition &= self.columns[name](value)
        found: QuerySet[Any] = rows.filter(condition).distinct() if condition else rows
        return found

    def order(self, sort_by: Mapping[str, Any] | None, *, default: tuple[str, ...]) -> tuple[str, ...]:
        if not sort_by:
            return default
        sign = "-" if sort_by["direction"] == "DESC" else ""
        return tuple(f"{sign}{name}" for name in self.sort[sort_by["field"]])

    def _found(self, words: str) -> Q:
        condition = Q()
        for column in self.search:
            condition |= Q(**{f"{column}__icontains": words.strip()})
        return condition
