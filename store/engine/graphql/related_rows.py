"""Fields that list the rows of a relation of the model: the products of a product type, the categories of a voucher."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import F, QuerySet

from store.engine.graphql.batched_lists import connect_each
from store.engine.graphql.batching import Resolver, batched
from store.engine.graphql.connections import Connection
from store.engine.graphql.registry import classes_of


def is_relation(type_name: str, name: str) -> bool:
    """Whether the attribute is a many-to-many relation, or a foreign key's other end, of all models of the type."""
    models = [class_ for class_ in classes_of(type_name) if hasattr(class_, "_meta")]
    return bool(models) and all(_lookup_of(model, name) for model in models)


@cache
def connection_resolver(name: str) -> Resolver:
    """The resolver of a connection of the related rows, ordered by primary key."""

    def fetch(rows: Sequence[Any], _info: Any, **paging: Any) -> list[Connection]:
        related = _related_rows(type(rows[0]), name)
        return connect_each(related, rows, parent_field="parent_pk", order=("pk",), **paging)

    fetch.__qualname__ = f"connection of {name}"
    return batched(fetch)


@cache
def list_resolver(name: str) -> Resolver:
    """The resolver of a list of the related rows, in the order of their model."""

    def fetch(rows: Sequence[Any], _info: Any) -> list[list[Any]]:
        found: dict[Any, list[Any]] = {row.pk: [] for row in rows}
        for row in _related_rows(type(rows[0]), name).filter(parent_pk__in=list(found)):
            found[row.parent_pk].append(row)
        return [found[row.pk] for row in rows]

    fetch.__qualname__ = f"list of {name}"
    return batched(fetch)


def _related_rows(model: type[Any], name: str) -> QuerySet[Any]:
    """The rows at the other end, once for each row that they belong to, whose key is `parent_pk`."""
    related, lookup = _lookup_of(model, name) or (model, "pk")
    rows: QuerySet[Any] = related._default_manager.annotate(parent_pk=F(lookup))
    return rows


def _lookup_of(model: type[Any], name: str) -> tuple[type[Any], str] | None:
    """(the related model, its lookup of the row that it belongs to); None when the attribute is no such relation."""
    for field in model._meta.get_fields():
        if field.is_relation and (field.one_to_many or field.many_to_many):
            accessor = field.get_accessor_name() if field.auto_created else field.name
            if accessor == name:
                return field.related_model, f"{field.remote_field.name}__pk"
    return None
