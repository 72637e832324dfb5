"""Mutations that do the same to each of many rows: `…BulkDelete(ids)` and its like, registered in one line each."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from store.engine.errors import OperationError
from store.engine.graphql import ids as global_ids
from store.engine.graphql.errors import to_operation_errors, to_payload_error
from store.engine.graphql.registry import Info, PermissionCodes, mutation

Operation = Callable[..., object]


def apply_to_each(rows: Iterable[Any], operation: Callable[[Any], object]) -> dict[str, Any]:
    """The payload: how many rows the operation succeeded for, and the errors of the others, as in Saleor.

    Each call of the operation is a transaction of its own. Raises what has no translation into errors.
    """
    count, errors = 0, list[OperationError]()
    for row in rows:
        try:
            operation(row)
        except Exception as error:
            found = to_operation_errors(error)
            if found is None:
                raise
            errors += found
        else:
            count += 1
    return {"count": count, "errors": [to_payload_error(error) for error in errors]}


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
