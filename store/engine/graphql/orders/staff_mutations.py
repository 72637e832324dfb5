"""What staff does to an order as a whole."""

from typing import Any
from uuid import UUID

from store.engine.checkout.lines import metadata_of
from store.engine.errors import NotFound
from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.graphql.registry import Info, mutation
from store.engine.orders import staff_operations

ORDERS = "MANAGE_ORDERS"


def order_pk(global_id: str | None, *, field: str = "id") -> UUID:
    if not global_id:
        raise NotFound("Order does not exist.", field=field)
    return uuid_of(global_id, "Order", field=field)


@mutation(needs=ORDERS)
def order_cancel(info: Info, *, id: str) -> dict[str, Any]:
    return {"order": staff_operations.cancel(order_id=order_pk(id))}


@mutation(needs=ORDERS)
def order_confirm(info: Info, *, id: str) -> dict[str, Any]:
    return {"order": staff_operations.confirm(order_id=order_pk(id))}


@mutation(needs=ORDERS)
def order_mark_as_paid(info: Info, *, id: str, transaction_reference: str | None = None) -> dict[str, Any]:
    user = info.context.user
    done = staff_operations.mark_as_paid(
        order_id=order_pk(id), reference=transaction_reference, user_id=user.pk if user else None
    )
    return {"order": done}


@mutation(needs=ORDERS)
def order_note_add(info: Info, *, order: str, input: dict[str, Any]) -> dict[str, Any]:
    found, event = staff_operations.add_note(
        order_id=order_pk(order, field="order"), message=input["message"]
    )
    return {"order": found, "event": event}


@mutation(needs=ORDERS)
def order_update(info: Info, *, input: dict[str, Any], id: str | None = None) -> dict[str, Any]:
    changes = dict(input) | {"metadata": metadata_of(input.get("metadata"))}
    return {"order": staff_operations.update(order_id=order_pk(id), changes=changes)}
