"""Older arguments that name a checkout or transaction: `checkoutId`, a global id, and `token`, a UUID."""

from functools import wraps
from typing import Any

from graphql import GraphQLField

from store.engine.errors import OperationError
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.registry import Resolver

OLDER = ("checkoutId", "token")
TYPE_BY_PREFIX = {"checkout": "Checkout", "transaction": "TransactionItem"}


def older_arguments(name: str, field: GraphQLField) -> set[str]:
    """Which of the root field's arguments stand for its `id`."""
    if "id" not in field.args or _type_of(name) is None:
        return set()
    return set(OLDER) & set(field.args)


def with_older_ids(name: str, field: GraphQLField, resolve: Resolver) -> Resolver:
    """The resolver of a root field, called with `id` when one of its older arguments is given.

    Raises OperationError GRAPHQL_ERROR when more than one is.
    """
    type_name = _type_of(name)
    if not older_arguments(name, field) or type_name is None:
        return resolve

    @wraps(resolve)
    def with_id(
        *info: Any, id: str | None = None, checkout_id: str | None = None, token: Any = None, **arguments: Any
    ) -> Any:
        given = [
            value for value in (id, checkout_id, to_global_id(type_name, token) if token else None) if value
        ]
        if len(given) > 1:
            message = "Only one of `id`, `checkoutId` and `token` can be given."
            raise OperationError(message, field="id", code="GRAPHQL_ERROR")
        return resolve(*info, id=given[0] if given else None, **arguments)

    return with_id


def _type_of(name: str) -> str | None:
    return next((type_ for prefix, type_ in TYPE_BY_PREFIX.items() if name.startswith(prefix)), None)
