"""Relay global ids: base64 of `Type:pk`."""

import base64
import binascii
import re
import uuid
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from store.engine.errors import NotFound, Refusal

M = TypeVar("M", bound=Model)


@lru_cache(maxsize=65_536)  # a list shows hundreds, most of them again and again
def to_global_id(type_name: str, pk: object) -> str:
    return base64.b64encode(f"{type_name}:{pk}".encode()).decode()


def from_global_id(global_id: str) -> tuple[str, str]:
    """(type name, pk); raises Refusal GRAPHQL_ERROR for what is no global id."""
    try:
        type_name, _, pk = base64.b64decode(global_id, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        type_name, pk = "", ""
    if not type_name or not pk:
        raise Refusal(f"Invalid ID: {global_id}.", field="id", code="GRAPHQL_ERROR")
    return type_name, pk


def pk_of(global_id: str, *types: str, field: str = "id") -> str:
    """The pk, when the id is of one of these types; raises Refusal GRAPHQL_ERROR otherwise."""
    type_name, pk = from_global_id(global_id)
    if type_name not in types:
        raise malformed(global_id, *types, field=field)
    return pk


def malformed(global_id: str, *types: str, field: str = "id") -> Refusal:
    """An id that can name no row at all, as opposed to one whose row is not there."""
    message = f"Invalid ID: {global_id}. Expected: {' or '.join(types)}."
    return Refusal(message, field=field, code="GRAPHQL_ERROR")


def one(global_id: str, rows: type[M] | QuerySet[M], *types: str, field: str = "id") -> M:
    """The row of this id; raises Refusal on `field`. `types` default to the model's name."""
    queryset = _queryset(rows)
    pk = _sane_pk(global_id, queryset, types, field)
    found = queryset.filter(pk=pk).first() if pk is not None else None
    if found is None:
        raise NotFound(f"Couldn't resolve to a node: {global_id}", field=field)
    return found


def find(global_id: str, rows: type[M] | QuerySet[M], *types: str) -> M | None:
    """The row of this id, None when there is none: what root queries answer."""
    queryset = _queryset(rows)
    pk = _sane_pk(global_id, queryset, types, "id")
    return queryset.filter(pk=pk).first() if pk is not None else None


def pks(global_ids: Iterable[str], rows: type[M] | QuerySet[M], *types: str) -> list[str]:
    """The pks that these ids name, for filters; one of the wrong shape names no row and is left out."""
    queryset = _queryset(rows)
    names = types or (queryset.model.__name__,)
    return [pk for one in global_ids if _fits(queryset, pk := pk_of(one, *names))]


def many(
    global_ids: Iterable[str], rows: type[M] | QuerySet[M], *types: str, field: str = "ids"
) -> Sequence[M]:
    """The rows in the order of the ids; raises NotFound naming the first that is missing."""
    queryset = _queryset(rows)
    names = types or (queryset.model.__name__,)
    pks = [(given, pk_of(given, *names, field=field)) for given in global_ids]
    sane = [pk for _, pk in pks if _fits(queryset, pk)]
    found: dict[str, Any] = {str(row.pk): row for row in queryset.filter(pk__in=sane)}
    for given, pk in pks:
        if pk not in found:
            raise NotFound(f"Couldn't resolve to a node: {given}", field=field)
    return [found[pk] for _, pk in pks]


def _sane_pk(global_id: str, queryset: QuerySet[Any], types: tuple[str, ...], field: str) -> str | None:
    """None for a number that no row can have; raises Refusal GRAPHQL_ERROR for what is no number or UUID."""
    types = types or (queryset.model.__name__,)
    pk = pk_of(global_id, *types, field=field)
    if _fits(queryset, pk):
        return pk
    if _is_uuid(queryset) or not re.fullmatch(r"-?[0-9]+", pk):
        raise malformed(global_id, *types, field=field)
    return None


def _queryset(rows: type[M] | QuerySet[M]) -> QuerySet[M]:
    return rows if isinstance(rows, QuerySet) else rows._default_manager.all()


def _is_uuid(queryset: QuerySet[Any]) -> bool:
    return bool(queryset.model._meta.pk.get_internal_type() == "UUIDField")


def _fits(queryset: QuerySet[Any], pk: str) -> bool:
    """Whether the database can look for this pk; it would call another an error."""
    if _is_uuid(queryset):
        try:
            uuid.UUID(pk)
        except ValueError:
            return False
        return True
    return pk.isascii() and pk.isdigit() and len(pk) < 19
