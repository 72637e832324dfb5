"""Staff in groups that are restricted to some channels see and change orders of these channels only."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from store.engine.accounts.models import User
from store.engine.errors import OperationError, PermissionDenied
from store.engine.graphql import ids
from store.engine.graphql.context import Context
from store.engine.orders.models import (
    Fulfillment,
    FulfillmentLine,
    Order,
    OrderEvent,
    OrderGrantedRefund,
    OrderLine,
)
from store.engine.payments.models import Payment, TransactionItem
from store.saleor.whole_numbers import whole_number

# The lookup of the channel from each kind of row that belongs to an order.
LOOKUPS: dict[str, tuple[Any, str]] = {
    "Order": (Order, "channel_id"),
    "OrderLine": (OrderLine, "order__channel_id"),
    "OrderEvent": (OrderEvent, "order__channel_id"),
    "OrderGrantedRefund": (OrderGrantedRefund, "order__channel_id"),
    "Fulfillment": (Fulfillment, "order__channel_id"),
    "FulfillmentLine": (FulfillmentLine, "fulfillment__order__channel_id"),
}
PAYMENTS: dict[str, Any] = {"TransactionItem": TransactionItem, "Payment": Payment}


def accessible_channels(context: Context) -> frozenset[int] | None:
    """Primary keys of the channels that a colleague reaches; None: all, as for apps and customers."""
    user = context.user
    if user is None or not user.is_staff or context.app is not None:
        return None
    found: frozenset[int] | None = context.get_or_set(
        "accessible channels", lambda: User.objects.accessible_channels([user])[user.pk]
    )
    return found


def reachable(rows: QuerySet[Order], context: Context) -> QuerySet[Order]:
    """The orders among these that the requestor reaches."""
    channels = accessible_channels(context)
    return rows if channels is None else rows.filter(channel__in=channels)


def check_reachable(context: Context, arguments: Any) -> None:
    """Raise PermissionDenied when an argument names a channel, or what belongs to an order, out of the requestor's
    reach. Ids that identify nothing are left to the operation.
    """
    channels = accessible_channels(context)
    if channels is None:
        return
    for type_name, pk in _named(arguments):
        channel = _channel_of(type_name, pk)
        if channel is not None and channel not in channels:
            raise PermissionDenied(f"access to the channel of {type_name} {pk}")


def _channel_of(type_name: str, pk: str) -> Any:
    """The primary key of the channel that the row belongs to; None when it belongs to none."""
    if type_name == "Channel":
        return whole_number(pk)
    if type_name in PAYMENTS:
        order = _value(PAYMENTS[type_name], "order_id", pk)
        return _value(Order, "channel_id", order) if order else None
    if type_name in LOOKUPS:
        model, lookup = LOOKUPS[type_name]
        return _value(model, lookup, pk)
    return None


def _value(model: Any, lookup: str, pk: Any) -> Any:
    found = ids.pks_of([ids.to_global_id(model.__name__, pk)], model)  # none for a key that no row can have
    return model.objects.filter(pk__in=found).values_list(lookup, flat=True).first()


def _named(value: Any) -> Iterator[tuple[str, str]]:
    """(type, pk) of the global ids in arguments."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)
    elif isinstance(value, str):
        try:
            yield ids.from_global_id(value)
        except OperationError:
            return
