"""`filter:`, `where:` and `sortBy:` of a list, from a declaration instead of code for each list.

ZONES = ListArguments(search=("name",), columns={"channels": ids_in("channels", Channel)})
connect(ZONES.filtered(ShippingZone.objects.all(), filter), order=ZONES.order(sort_by, default=("pk",)), …)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db.models import Model, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import Exact, In
from django.utils import timezone

from store.engine.errors import OperationError
from store.engine.graphql import ids

Condition = Callable[[Any], Q]
# Each becomes a part of the statement, which takes its time and which SQLite refuses beyond a thousand.
MAX_CONDITIONS = 100


def ids_in(column: str, model: type[Model]) -> Condition:
    """The condition that the column is one of the rows with these global ids."""
    return lambda given: Q(**{f"{column}__in": ids.pks_of(given, model)})


def one_of(column: str) -> Condition:
    return lambda given: Q(**{f"{column}__in": given})


def equal_to(column: str) -> Condition:
    return lambda given: Q(**{column: given})


def matching(column: str) -> Condition:
    """The condition of `{eq}`, `{oneOf}` or `{range: {gte, lte}}` on a column. Raises OperationError for several."""

    def condition(given: Mapping[str, Any]) -> Q:
        _require_one_option(given)
        found = Q()
        if given.get("eq") is not None:
            found &= Q(**{column: given["eq"]})
        if given.get("one_of") is not None:
            found &= Q(**{f"{column}__in": given["one_of"]})
        return found & in_range(column)(given.get("range") or {})

    return condition


def _require_one_option(given: Mapping[str, Any]) -> None:
    if sum(name in given for name in ("eq", "one_of", "range")) > 1:
        raise OperationError("Only one option can be specified.", code="GraphQLError")


def in_range(column: str) -> Condition:
    """The condition of `{gte, lte}`, as far as they are given."""

    def condition(given: Mapping[str, Any]) -> Q:
        bounds = {f"{column}__{name}": given[name] for name in ("gte", "lte") if given.get(name) is not None}
        return Q(**bounds)

    return condition


def on_days(column: str) -> Condition:
    """The condition of `{gte, lte}`, which are days, on a time; the last day is in it whole."""

    def condition(given: Mapping[str, Any]) -> Q:
        edges = {"gte": time.min, "lte": time.max}
        moments = {
            name: timezone.make_aware(datetime.combine(given[name], edge))
            for name, edge in edges.items()
            if given.get(name) is not None
        }
        return in_range(column)(moments)

    return condition


def matching_ids(column: str, model: type[Model], *types: str) -> Condition:
    """The condition of `{eq}` or `{oneOf}` of global ids. Raises OperationError for both."""

    def condition(given: Mapping[str, Any]) -> Q:
        _require_one_option(given)
        named = [given["eq"]] if given.get("eq") is not None else given.get("one_of")
        return Q() if named is None else Q(**{f"{column}__in": ids.pks_of(named, model, *types)})

    return condition


def has_metadata(given: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> Q:
    """The condition of `metadata`: of each older `{key, value}` in a list, or of one `{key, value: {eq, oneOf}}`.

    A key without a value is met by any value. Keys may have any characters (`lot:L1`).
    """
    if not isinstance(given, Mapping):
        condition = Q()
        for pair in given:
            condition &= has_metadata(pair)
        return condition
    key, value = given["key"], given.get("value")
    if isinstance(value, Mapping):
        return Q(metadata__has_key=key) & matching_metadata(key)(value)
    if value is None:
        return Q(metadata__has_key=key)
    return matching_metadata(key)({"eq": value})


def matching_metadata(key: str) -> Condition:
    """The condition of `{eq}` and `{oneOf}` on the value of a metadata key."""

    def condition(given: Mapping[str, Any]) -> Q:
        text, found = KeyTextTransform(key, "metadata"), Q()
        if given.get("eq") is not None:
            found &= Q(Exact(text, Value(given["eq"])))
        if given.get("one_of") is not None:
            found &= Q(In(text, [str(value) for value in given["one_of"]]))
        return found

    return condition


def require_few_conditions(given: Mapping[str, Any] | None) -> None:
    """Raises OperationError where a `filter` or `where` holds more than MAX_CONDITIONS, nested ones counted."""
    if _conditions_in(given or {}) > MAX_CONDITIONS:
        raise OperationError(
            f"A filter may hold at most {MAX_CONDITIONS} conditions. Ask several times.", code="GraphQLError"
        )


def _conditions_in(given: Mapping[str, Any]) -> int:
    """Keys with a value, those of objects in lists too; of `containsAll` and `containsAny` each item."""
    count = 0
    for name, value in given.items():
        if isinstance(value, Mapping):
            count += _conditions_in(value)
        elif isinstance(value, list) and name in ("contains_all", "contains_any"):
            count += len(value)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            count += sum(max(1, _conditions_in(item)) for item in value)
        elif value is not None:
            count += 1
    return count


@dataclass(frozen=True)
class ListArguments:
    """`search`: columns in which a part of the words is looked for; `columns`: the condition of each other key;
    `sort`: the columns of each value of the sort field's enum."""

    search: tuple[str, ...] = ()
    columns: Mapping[str, Condition] = field(default_factory=dict)
    sort: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def filtered(self, rows: QuerySet[Any], given: Mapping[str, Any] | None) -> QuerySet[Any]:
        """The rows that meet all keys that are given; null is as good as no key, as in Saleor.

        Raises OperationError for too many conditions.
        """
        require_few_conditions(given)
        condition = Q()
        for name, value in (given or {}).items():
            if name == "search" and value:
                condition &= self._found(value)
            elif name != "search" and value is not None:
                condition &= self.columns[name](value)
        found: QuerySet[Any] = rows.filter(condition).distinct() if condition else rows
        return found

    def where(self, given: Mapping[str, Any] | None) -> Q:
        """The condition of a `where`: all keys that are given, `AND` all of and `OR` one of those nested in it.

        Raises OperationError for too many conditions, and for others beside `AND` or `OR`, as Saleor does.
        """
        require_few_conditions(given)
        given = given or {}
        if ("AND" in given or "OR" in given) and len(given) > 1:
            raise OperationError("Cannot mix operators with other filter inputs.", code="GraphQLError")
        condition = Q()
        for name, value in given.items():
            if value is None:
                continue
            if name == "AND":
                for nested in value:
                    condition &= self.where(nested)
            elif name == "OR":
                either = Q()
                for nested in value:
                    either |= self.where(nested)
                condition &= either
            else:
                condition &= self.columns[name](value)
        return condition

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
