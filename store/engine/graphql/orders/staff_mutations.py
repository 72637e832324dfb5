"""Staff's mutations of an order as a whole."""

from typing import Any
from uuid import UUID

from store.engine.checkout.lines import metadata_from_input
from store.engine.errors import NotFound
from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.graphql.registry import Info, mutation
from store.engine.orders import staff_operations

MANAGE_ORDERS = "MANAGE_ORDERS"


def order_pk(global_id: str | None, *, field: str = "id") -> UUID:
    """The order's primary key. Raises NotFound without an id, OperationError for an id of another type."""
    if not global_id:
        raise NotFound("Order does not exist.", field=field)
    return uuid_of(global_id, "Order", field=field)


@mutation(permissions=MANAGE_ORDERS)
def order_cancel(info: Info, *, id: str) -> dict[str, Any]:
    return {"order": staff_operations.cancel(order_id=order_pk(id))}


@mutation(permissions=MANAGE_ORDERS)
def order_confirm(info: Info, *, id: str) -> dict[str, Any]:
    return {"order": staff_operations.confirm(order_id=order_pk(id))}


@mutation(permissions=MANAGE_ORDERS)
def order_mark_as_paid(info: Info, *, id: str, transaction_reference: str | None = None) -> dict[str, Any]:
    user = info.context.user
    updated = staff_operations.mark_as_paid(
        order_id=order_pk(id), reference=transaction_reference, user_id=user.pk if user else None
    )
    return {"order": updated}


@mutation(permissions=MANAGE_ORDERS)
def order_note_add(info: Info, *, order: str, input: dict[str, Any]) -> dict[str, Any]:
    found, event = staff_operations.add_note(
        order_id=order_pk(order, field="order"), message=input["message"]
    )
    return {"order": found, "event": event}


@mutation(permissions=MANAGE_ORDERS)
def order_update(info: Info, *, input: dict[str, Any], id: str | None = None) -> dict[str, Any]:
    changes = dict(input) | {"metadata": metadata_from_input(input.get("metadata"))}
    return {"order": staff_operations.update(order_id=order_pk(id), changes=changes)}
