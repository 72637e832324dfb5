"""Which checkout is meant. The id is the right to it, as in Saleor."""

from uuid import UUID

from store.engine.errors import NotFound, Refusal
from store.engine.graphql import ids


def checkout_pk(*given: str | None, field: str = "id") -> UUID:
    """From `id` or the older argument `checkoutId`; raises Refusal."""
    one = next((id_ for id_ in given if id_), None)
    if one is None:
        raise Refusal("At least one argument is required: 'id'.", field=field, code="GRAPHQL_ERROR")
    return uuid_of(one, "Checkout", field=field)


def uuid_of(global_id: str, *kinds: str, field: str = "id") -> UUID:
    """Raises Refusal GRAPHQL_ERROR for a pk that is no UUID."""
    try:
        return UUID(ids.pk_of(global_id, *kinds, field=field))
    except ValueError:
        raise ids.malformed(global_id, *kinds, field=field) from None


def int_of(global_id: str, *kinds: str, field: str = "id") -> int:
    pk = ids.pk_of(global_id, *kinds, field=field)
    if not (pk.isascii() and pk.isdigit()):
        raise ids.malformed(global_id, *kinds, field=field)
    if len(pk) > 18:
        raise NotFound(f"Couldn't resolve to a node: {global_id}", field=field)
    return int(pk)
