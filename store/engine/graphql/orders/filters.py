"""Which orders: Saleor's `where`, the older `filter`, and words to search for."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.orders.models import Fulfillment, Order, OrderLine

STATUS_FILTER = {
    "READY_TO_FULFILL": Q(
        status__in=("UNFULFILLED", "PARTIALLY_FULFILLED"), charge_status__in=("FULL", "OVERCHARGED")
    ),
    "READY_TO_CAPTURE": Q(authorize_status="FULL") & ~Q(charge_status__in=("FULL", "OVERCHARGED")),
}


def condition(given: dict[str, Any]) -> Q:
    """Everything named must hold; AND and OR nest."""
    found = Q()
    for name, value in given.items():
        if value is not None:
            found &= _one(name, value)
    return found


def _one(name: str, value: Any) -> Q:
    return CONDITIONS[name](name, value)


def _all(_name: str, parts: list[dict[str, Any]]) -> Q:
    found = Q()
    for part in parts:
        found &= condition(part)
    return found


def _any(_name: str, parts: list[dict[str, Any]]) -> Q:
    found = Q(pk__in=[])
    for part in parts:
        found |= condition(part)
    return found


def _eq_or_one_of(name: str, value: dict[str, Any]) -> Q:
    found = Q()
    if value.get("eq") is not None:
        found &= Q(**{name: value["eq"]})
    if value.get("one_of") is not None:
        found &= Q(**{f"{name}__in": value["one_of"]})
    between = value.get("range") or {}
    for end in ("gte", "lte"):
        if between.get(end) is not None:
            found &= Q(**{f"{name}__{end}": between[end]})
    return found


def _range(name: str, value: dict[str, Any]) -> Q:
    return Q(**{f"{name}__{end}": value[end] for end in ("gte", "lte") if value.get(end) is not None})


def _all_of(model: Any, wanted: list[dict[str, Any]]) -> Q:
    """Saleor: a list of lines means that each entry must be met by some line."""
    found = Q()
    for one in wanted:
        if one.get("metadata"):
            rows = model.objects.filter(_metadata(one["metadata"]), order=OuterRef("pk"))
            found &= Q(Exists(rows))
    return found


def _metadata(value: dict[str, Any]) -> Q:
    """A key without a value asks whether the key is there at all."""
    key, wanted = value["key"], value.get("value") or {}
    found = Q(metadata__has_key=key)
    if wanted.get("eq") is not None:
        found &= _is(key, [wanted["eq"]])
    if wanted.get("one_of") is not None:
        found &= _is(key, wanted["one_of"])
    return found


def _is(key: str, values: list[str]) -> Q:
    """Keys may hold colons and dots (`lot:L1`), which Django's path lookups take literally."""
    return Q(**{f"metadata__{key}__in": values})


CONDITIONS: dict[str, Callable[[str, Any], Q]] = {
    "AND": _all,
    "OR": _any,
    "ids": lambda _name, value: Q(pk__in=[uuid_of(one, "Order", field="ids") for one in value]),
    "number": _eq_or_one_of,
    "user_email": _eq_or_one_of,
    "status": _eq_or_one_of,
    "charge_status": _eq_or_one_of,
    "created_at": _range,
    "updated_at": _range,
    "metadata": lambda _name, value: _metadata(value),
    "lines": lambda _name, value: _all_of(OrderLine, value),
    "fulfillments": lambda _name, value: _all_of(Fulfillment, value),
}


def filtered(rows: QuerySet[Order], given: dict[str, Any]) -> QuerySet[Order]:
    if statuses := given.get("status"):
        wanted = Q(pk__in=[])
        for status in statuses:
            wanted |= STATUS_FILTER.get(status, Q(status=status))
        rows = rows.filter(wanted)
    if customer := (given.get("customer") or "").strip():
        rows = rows.filter(_customer(customer))
    if created := given.get("created"):
        for end, edge in (("gte", time.min), ("lte", time.max)):
            if created.get(end):
                moment = timezone.make_aware(datetime.combine(created[end], edge))
                rows = rows.filter(**{f"created_at__{end}": moment})
    if (numbers := given.get("numbers")) is not None:
        rows = rows.filter(number__in=[int(one) for one in numbers if one.isascii() and one.isdigit()])
    return rows


def _customer(words: str) -> Q:
    return (
        Q(user_email__icontains=words)
        | Q(user__email__icontains=words)
        | Q(user__first_name__icontains=words)
        | Q(user__last_name__icontains=words)
    )


def searched(rows: QuerySet[Order], words: str | None) -> QuerySet[Order]:
    """By number, customer, SKU or product: what a merchant types into the search box."""
    for word in (words or "").split():
        found = _customer(word) | Q(billing_address__last_name__icontains=word)
        lines = OrderLine.objects.filter(
            Q(product_sku__icontains=word) | Q(product_name__icontains=word), order=OuterRef("pk")
        )
        found |= Q(Exists(lines))
        plain = word.lstrip("#")
        if plain.isascii() and plain.isdigit():
            found |= Q(number=int(plain))
        rows = rows.filter(found)
    return rows
