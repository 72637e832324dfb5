"""Relay global ids, base64 of `Type:pk`, and the rows that they identify."""

import base64
import binascii
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from store.engine.errors import NotFound, OperationError
from store.saleor.whole_numbers import whole_number

M = TypeVar("M", bound=Model)


@lru_cache(maxsize=65_536)  # a list has hundreds, most of them repeatedly
def to_global_id(type_name: str, pk: object) -> str:
    return base64.b64encode(f"{type_name}:{pk}".encode()).decode()


def from_global_id(global_id: str) -> tuple[str, str]:
    """(type name, pk); raises OperationError GRAPHQL_ERROR for a malformed id."""
    try:
        type_name, _, pk = base64.b64decode(global_id, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        type_name, pk = "", ""
    if not type_name or not pk:
        raise OperationError(f"Invalid ID: {global_id}.", field="id", code="GRAPHQL_ERROR")
    return type_name, pk


def pk_of(global_id: str, *types: str, field: str = "id") -> str:
    """The pk, when the id is of one of these types; raises OperationError GRAPHQL_ERROR otherwise."""
    type_name, pk = from_global_id(global_id)
    if type_name not in types:
        raise invalid_id_error(global_id, *types, field=field)
    return pk


def invalid_id_error(global_id: str, *types: str, field: str = "id") -> OperationError:
    """For an id that can't identify a row at all, as opposed to one whose row doesn't exist."""
    message = f"Invalid ID: {global_id}. Expected: {' or '.join(types)}."
    return OperationError(message, field=field, code="GRAPHQL_ERROR")


def get_row(global_id: str, rows: type[M] | QuerySet[M], *types: str, field: str = "id") -> M:
    """The row of this id; raises NotFound or OperationError on `field`. `types` default to the model's name."""
    queryset = _queryset(rows)
    pk = _possible_pk(global_id, queryset, types, field)
    row = queryset.filter(pk=pk).first() if pk is not None else None
    if row is None:
        raise NotFound(f"Couldn't resolve to a node: {global_id}", field=field)
    return row


def find_row(global_id: str, rows: type[M] | QuerySet[M], *types: str) -> M | None:
    """The row of this id, None when there is none, as root queries return it; raises OperationError if malformed."""
    queryset = _queryset(rows)
    pk = _possible_pk(global_id, queryset, types, "id")
    return queryset.filter(pk=pk).first() if pk is not None else None


def pks_of(global_ids: Iterable[str], rows: type[M] | QuerySet[M], *types: str) -> list[str]:
    """The pks of these ids, for filters; a pk that no row can have is left out. Raises OperationError if malformed."""
    queryset = _queryset(rows)
    names = types or (queryset.model.__name__,)
    return [pk for global_id in global_ids if _is_possible(queryset, pk := pk_of(global_id, *names))]


def get_rows(
    global_ids: Iterable[str], rows: type[M] | QuerySet[M], *types: str, field: str = "ids"
) -> Sequence[M]:
    """The rows in the order of the ids; raises NotFound for the first that doesn't exist."""
    queryset = _queryset(rows)
    names = types or (queryset.model.__name__,)
    pks = [(global_id, pk_of(global_id, *names, field=field)) for global_id in global_ids]
    possible = [pk for _, pk in pks if _is_possible(queryset, pk)]
    rows_by_pk: dict[str, Any] = {str(row.pk): row for row in queryset.filter(pk__in=possible)}
    for global_id, pk in pks:
        if pk not in rows_by_pk:
            raise NotFound(f"Couldn't resolve to a node: {global_id}", field=field)
    return [rows_by_pk[pk] for _, pk in pks]


def named_rows(inputs: Iterable[Mapping[str, Any]], model: type[M], *types: str) -> QuerySet[M]:
    """The rows that the inputs of a bulk mutation name by `id` or `external_reference`; a name without a row is left
    out, and refused where its input is dealt with.
    """
    inputs = list(inputs)
    named = Q(pk__in=list(_well_formed_pks(inputs, model, types)))
    if references := [given["external_reference"] for given in inputs if given.get("external_reference")]:
        named |= Q(external_reference__in=references)
    return model._default_manager.filter(named)


def _well_formed_pks(
    inputs: Iterable[Mapping[str, Any]], model: type[M], types: tuple[str, ...]
) -> Iterator[str]:
    for given in inputs:
        try:
            yield from pks_of([given["id"]] if given.get("id") else [], model, *types)
        except OperationError:
            continue


def _possible_pk(global_id: str, queryset: QuerySet[Any], types: tuple[str, ...], field: str) -> str | None:
    """None for a number that no row can have; raises OperationError GRAPHQL_ERROR for no number or UUID at all."""
    types = types or (queryset.model.__name__,)
    pk = pk_of(global_id, *types, field=field)
    if _is_possible(queryset, pk):
        return pk
    if _is_uuid(queryset) or not re.fullmatch(r"-?[0-9]+", pk):
        raise invalid_id_error(global_id, *types, field=field)
    return None


def _queryset(rows: type[M] | QuerySet[M]) -> QuerySet[M]:
    return rows if isinstance(rows, QuerySet) else rows._default_manager.all()


def _is_uuid(queryset: QuerySet[Any]) -> bool:
    return bool(queryset.model._meta.pk.get_internal_type() == "UUIDField")


def _is_possible(queryset: QuerySet[Any], pk: str) -> bool:
    """Whether the database can compare the primary key with this value; it raises an error for others."""
    if _is_uuid(queryset):
        try:
            uuid.UUID(pk)
        except ValueError:
            return False
        return True
    return whole_number(pk) is not None
