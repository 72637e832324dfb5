"""Mutations that do the same to each of many rows: `…BulkDelete(ids)` and its like, registered in one line each."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from store.engine.errors import OperationError
from store.engine.graphql import ids as global_ids
from store.engine.graphql.errors import to_operation_errors, to_payload_error
from store.engine.graphql.registry import Info, PermissionCodes, mutation, type_name_of

Operation = Callable[..., object]


def apply_to_each(rows: Iterable[Model], operation: Callable[[Any], object]) -> dict[str, Any]:
    """The payload: how many rows the operation succeeded for, and for each of the others an error that names it by its
    id as field, with the code INVALID whatever the reason: as in Saleor.

    Each call of the operation is a transaction of its own. Raises what has no translation into errors.
    """
    count, errors = 0, list[dict[str, Any]]()
    for row in rows:
        try:
            operation(row)
        except Exception as error:
            found = to_operation_errors(error)
            if found is None:
                raise
            errors.append(to_payload_error(_about(row, found)))
        else:
            count += 1
    return {"count": count, "errors": errors}


def _about(row: Model, errors: Iterable[OperationError]) -> OperationError:
    message = ". ".join(error.message.rstrip(".") for error in errors) + "."
    return OperationError(message, field=global_ids.to_global_id(type_name_of(row), row.pk), code="INVALID")


def register(
    name: str,
    model: type[Model],
    operation: Operation,
    *,
    permissions: PermissionCodes,
    types: tuple[str, ...] = (),
) -> None:
    """Register the mutation `name` (in snake_case) that calls `operation(row, info, **arguments)` for each of `ids`.

    `arguments` are the mutation's others. `types`: Saleor's names of the model if it has another. Refused as a whole
    for an id that has no row.
    """

    def resolve(info: Info, *, ids: list[str], **arguments: Any) -> dict[str, Any]:
        rows = global_ids.get_rows(dict.fromkeys(ids), model, *types)
        return apply_to_each(rows, lambda row: operation(row, info, **arguments))

    resolve.__name__ = name
    mutation(permissions=permissions)(resolve)
