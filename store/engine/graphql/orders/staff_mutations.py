"""Staff's mutations of an order as a whole."""

from typing import Any
from uuid import UUID

from store.engine.checkout.lines import metadata_from_input
from store.engine.errors import NotFound
from store.engine.graphql.accounts.types import from_language_enum
from store.engine.graphql.bulk_mutations import register
from store.engine.graphql.channel_access import check_reachable
from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.registry import Info, mutation
from store.engine.orders import staff_operations
from store.engine.orders.models import Order

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
def order_add_note(info: Info, *, order: str, input: dict[str, Any]) -> dict[str, Any]:
    """The older twin of `orderNoteAdd`."""
    return order_note_add(info, order=order, input=input)


@mutation(permissions=MANAGE_ORDERS)
def order_note_update(info: Info, *, note: str, input: dict[str, Any]) -> dict[str, Any]:
    found, event = staff_operations.change_note(
        event_id=int_of(note, "OrderEvent", field="note"), message=input["message"]
    )
    return {"order": found, "event": event}


@mutation(permissions=MANAGE_ORDERS)
def order_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> dict[str, Any]:
    changes = dict(input) | {
        name: metadata_from_input(input.get(name)) for name in ("metadata", "private_metadata")
    }
    if input.get("language_code"):
        changes["language_code"] = from_language_enum(input["language_code"])
    return {
        "order": staff_operations.update(order_id=named_order(info, id, external_reference), changes=changes)
    }


def named_order(info: Info, id: str | None, external_reference: str | None) -> UUID:
    """The primary key by id or external reference. Raises NotFound, PermissionDenied."""
    if id or not external_reference:
        return order_pk(id)
    found = Order.objects.filter(external_reference=external_reference).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("There is no such order.", field="externalReference")
    check_reachable(info.context, to_global_id("Order", found))
    return found


register(
    "order_bulk_cancel",
    Order,
    lambda order, _info: staff_operations.cancel(order_id=order.pk),
    permissions=MANAGE_ORDERS,
)
