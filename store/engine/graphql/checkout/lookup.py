"""Ids from arguments. Who knows a checkout's id may read and change it, as in Saleor."""

from uuid import UUID

from store.engine.errors import NotFound, OperationError
from store.engine.graphql import ids
from store.saleor.whole_numbers import whole_number


def checkout_pk(global_id: str | None, *, field: str = "id") -> UUID:
    """Raises OperationError if it isn't given, or is no checkout's id."""
    if not global_id:
        raise OperationError("At least one argument is required: 'id'.", field=field, code="GRAPHQL_ERROR")
    return uuid_of(global_id, "Checkout", field=field)


def uuid_of(global_id: str, *kinds: str, field: str = "id") -> UUID:
    """The UUID of a global id. Raises OperationError (GRAPHQL_ERROR) for another type or a pk that is no UUID."""
    try:
        return UUID(ids.pk_of(global_id, *kinds, field=field))
    except ValueError:
        raise ids.invalid_id_error(global_id, *kinds, field=field) from None


def int_of(global_id: str, *kinds: str, field: str = "id") -> int:
    """The integer pk of a global id. Raises OperationError (GRAPHQL_ERROR) for another type or a pk that is no
    integer, NotFound for one that no column can hold.
    """
    pk = ids.pk_of(global_id, *kinds, field=field)
    if (found := whole_number(pk)) is not None:
        return found
    if pk.isascii() and pk.isdigit():
        raise NotFound(f"Couldn't resolve to a node: {global_id}", field=field)
    raise ids.invalid_id_error(global_id, *kinds, field=field)
