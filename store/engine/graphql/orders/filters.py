"""Conditions for querysets of orders: Saleor's `where`, the older `filter`, and `search`."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.orders.models import Fulfillment, Order, OrderLine
from store.saleor.whole_numbers import whole_number

STATUS_FILTER = {
    "READY_TO_FULFILL": Q(
        status__in=("UNFULFILLED", "PARTIALLY_FULFILLED"), charge_status__in=("FULL", "OVERCHARGED")
    ),
    "READY_TO_CAPTURE": Q(authorize_status="FULL") & ~Q(charge_status__in=("FULL", "OVERCHARGED")),
}


def where_condition(given: dict[str, Any]) -> Q:
    """Condition for an OrderWhereInput: all fields must match; AND and OR nest."""
    condition = Q()
    for name, value in given.items():
        if value is not None:
            condition &= _named_condition(name, value)
    return condition


def _named_condition(name: str, value: Any) -> Q:
    return CONDITIONS[name](name, value)


def _and(_name: str, parts: list[dict[str, Any]]) -> Q:
    condition = Q()
    for part in parts:
        condition &= where_condition(part)
    return condition


def _or(_name: str, parts: list[dict[str, Any]]) -> Q:
    condition = Q(pk__in=[])
    for part in parts:
        condition |= where_condition(part)
    return condition


def _eq_or_one_of(name: str, value: dict[str, Any]) -> Q:
    condition = Q()
    if value.get("eq") is not None:
        condition &= Q(**{name: value["eq"]})
    if value.get("one_of") is not None:
        condition &= Q(**{f"{name}__in": value["one_of"]})
    bounds = value.get("range") or {}
    for end in ("gte", "lte"):
        if bounds.get(end) is not None:
            condition &= Q(**{f"{name}__{end}": bounds[end]})
    return condition


def _range(name: str, value: dict[str, Any]) -> Q:
    return Q(**{f"{name}__{end}": value[end] for end in ("gte", "lte") if value.get(end) is not None})


def _each_matched(model: Any, entries: list[dict[str, Any]]) -> Q:
    """Each entry of a list of lines must be matched by some line, as in Saleor."""
    condition = Q()
    for entry in entries:
        if entry.get("metadata"):
            rows = model.objects.filter(_metadata(entry["metadata"]), order=OuterRef("pk"))
            condition &= Q(Exists(rows))
    return condition


def _metadata(value: dict[str, Any]) -> Q:
    """A key without a value matches any value."""
    key, value_filter = value["key"], value.get("value") or {}
    condition = Q(metadata__has_key=key)
    if value_filter.get("eq") is not None:
        condition &= _metadata_value_in(key, [value_filter["eq"]])
    if value_filter.get("one_of") is not None:
        condition &= _metadata_value_in(key, value_filter["one_of"])
    return condition


def _metadata_value_in(key: str, values: list[str]) -> Q:
    """Keys may contain colons and dots (`lot:L1`), which Django's path lookups take literally."""
    return Q(**{f"metadata__{key}__in": values})


CONDITIONS: dict[str, Callable[[str, Any], Q]] = {
    "AND": _and,
    "OR": _or,
    "ids": lambda _name, value: Q(pk__in=[uuid_of(global_id, "Order", field="ids") for global_id in value]),
    "number": _eq_or_one_of,
    "user_email": _eq_or_one_of,
    "status": _eq_or_one_of,
    "charge_status": _eq_or_one_of,
    "created_at": _range,
    "updated_at": _range,
    "metadata": lambda _name, value: _metadata(value),
    "lines": lambda _name, value: _each_matched(OrderLine, value),
    "fulfillments": lambda _name, value: _each_matched(Fulfillment, value),
}


def apply_filter(rows: QuerySet[Order], given: dict[str, Any]) -> QuerySet[Order]:
    """Rows that match an OrderFilterInput."""
    if statuses := given.get("status"):
        condition = Q(pk__in=[])
        for status in statuses:
            condition |= STATUS_FILTER.get(status, Q(status=status))
        rows = rows.filter(condition)
    if customer := (given.get("customer") or "").strip():
        rows = rows.filter(_customer(customer))
    if created := given.get("created"):
        for end, edge in (("gte", time.min), ("lte", time.max)):
            if created.get(end):
                moment = timezone.make_aware(datetime.combine(created[end], edge))
                rows = rows.filter(**{f"created_at__{end}": moment})
    if (numbers := given.get("numbers")) is not None:
        rows = rows.filter(
            number__in=[number for text in numbers if (number := whole_number(text)) is not None]
        )
    return rows


def _customer(words: str) -> Q:
    return (
        Q(user_email__icontains=words)
        | Q(user__email__icontains=words)
        | Q(user__first_name__icontains=words)
        | Q(user__last_name__icontains=words)
    )


def apply_search(rows: QuerySet[Order], words: str | None) -> QuerySet[Order]:
    """Rows that match every word, by number, customer, SKU or product name."""
    for word in (words or "").split():
        condition = _customer(word) | Q(billing_address__last_name__icontains=word)
        lines = OrderLine.objects.filter(
            Q(product_sku__icontains=word) | Q(product_name__icontains=word), order=OuterRef("pk")
        )
        condition |= Q(Exists(lines))
        if (number := whole_number(word.lstrip("#"))) is not None:
            condition |= Q(number=number)
        rows = rows.filter(condition)
    return rows
