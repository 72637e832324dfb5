"""Staff in groups that are restricted to some channels see and change orders of these channels only."""

from collections.abc import Iterator
from functools import wraps
from typing import Any

from django.db.models import Q, QuerySet

from store.channel_limits import within
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.errors import OperationError, PermissionDenied
from store.engine.graphql import ids
from store.engine.graphql.context import Context
from store.engine.graphql.registry import Resolver
from store.engine.orders.models import (
    Fulfillment,
    FulfillmentLine,
    Order,
    OrderDiscount,
    OrderEvent,
    OrderGrantedRefund,
    OrderLine,
)
from store.engine.payments.models import Payment, TransactionItem
from store.saleor.whole_numbers import whole_number

# The lookup of the channel from each kind of row that belongs to an order.
LOOKUPS: dict[str, tuple[Any, str]] = {
    "Order": (Order, "channel_id"),
    "OrderDiscount": (OrderDiscount, "order__channel_id"),
    "OrderLine": (OrderLine, "order__channel_id"),
    "OrderEvent": (OrderEvent, "order__channel_id"),
    "OrderGrantedRefund": (OrderGrantedRefund, "order__channel_id"),
    "Fulfillment": (Fulfillment, "order__channel_id"),
    "FulfillmentLine": (FulfillmentLine, "fulfillment__order__channel_id"),
}
# Who knows a basket's id may change it as its buyer does: only what staff do is closed off.
BASKETS: dict[str, tuple[Any, str]] = {
    "Checkout": (Checkout, "channel_id"),
    "CheckoutLine": (CheckoutLine, "checkout__channel_id"),
}
PAYMENTS: dict[str, Any] = {"TransactionItem": TransactionItem, "Payment": Payment}


def accessible_channels(context: Context) -> frozenset[int] | None:
    """Primary keys of the channels that a colleague reaches; None: all, as for apps and customers."""
    user = context.user
    if user is None or not user.is_staff or context.app is not None:
        return None
    found: frozenset[int] | None = user.channels_of_request
    return found


def reachable(rows: QuerySet[Any], context: Context, path: str = "channel") -> QuerySet[Any]:
    """The rows among these that the requestor reaches; `path`: the lookup of a row's channel."""
    return within(rows, accessible_channels(context), path)


def of_own_or_within_reach(context: Context) -> Q:
    """For orders and baskets of users: one's own are seen whatever channel they are of."""
    channels = accessible_channels(context)
    return Q() if channels is None else Q(channel__in=channels) | Q(user=context.user)


def reachable_payments(rows: QuerySet[Any], context: Context) -> QuerySet[Any]:
    """The payments or transactions among these of orders and baskets that the requestor reaches."""
    channels = accessible_channels(context)
    if channels is None:
        return rows
    orders = Order.objects.filter(channel__in=channels).order_by().values("pk")
    baskets = Checkout.objects.filter(channel__in=channels).order_by().values("pk")
    return rows.filter(Q(order_id__in=orders) | Q(checkout_id__in=baskets))


def check_reachable(
    context: Context, arguments: Any, *, by_staff: bool = True, channels_too: bool = True
) -> None:
    """Raise PermissionDenied when an argument names a channel, or what belongs to an order, out of the requestor's
    reach. Ids that identify nothing are left to the operation.

    `by_staff`: baskets, too; `channels_too`: False where the operation itself looks at the channels.
    """
    channels = accessible_channels(context)
    if channels is None:
        return
    lookups = LOOKUPS | BASKETS if by_staff else LOOKUPS
    for type_name, pk in _named(arguments):
        if type_name == "Channel" and not channels_too:
            continue
        channel = _channel_of(type_name, pk, lookups)
        if channel is not None and channel not in channels:
            raise PermissionDenied(f"access to the channel of {type_name} {pk}")


# They look at the channels of the group themselves and say which of them are out of scope, as in Saleor.
GROUPS = {"permission_group_create", "permission_group_update"}


def within_reach(resolve: Resolver) -> Resolver:
    """The resolver of a mutation, called once all that its arguments name is within the requestor's reach."""
    name = resolve.__name__
    by_staff = hasattr(resolve, "permissions") or "private_metadata" in name or name.startswith("webhook_")

    @wraps(resolve)
    def checked(info: Any, **arguments: Any) -> Any:
        check_reachable(info.context, arguments, by_staff=by_staff, channels_too=name not in GROUPS)
        return resolve(info, **arguments)

    return checked


def _channel_of(type_name: str, pk: str, lookups: dict[str, tuple[Any, str]]) -> Any:
    """The primary key of the channel that the row belongs to; None when it belongs to none."""
    if type_name == "Channel":
        return whole_number(pk)
    if type_name in PAYMENTS:
        order = _value(PAYMENTS[type_name], "order_id", pk)
        basket = _value(PAYMENTS[type_name], "checkout_id", pk)
        return _value(Order, "channel_id", order) if order else _value(Checkout, "channel_id", basket)
    if type_name in lookups:
        model, lookup = lookups[type_name]
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
