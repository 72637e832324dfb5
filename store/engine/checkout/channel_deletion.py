"""Deletes a channel: its carts go, its orders move to another channel of the same currency."""

from django.db import transaction

from store.engine.channels.models import Channel
from store.engine.checkout.models import Checkout
from store.engine.errors import OperationError
from store.engine.events import record_deleted_event
from store.engine.orders.models import Order
from store.engine.payments.models import TransactionItem


def delete(*, channel: Channel, target: Channel | None = None) -> None:
    """Delete the channel with its listings and carts. `target`: the channel that its orders move to.

    Raises OperationError for a channel with orders and no target, a target of another currency, or carts with money.
    """
    if target is not None and target.pk == channel.pk:
        raise OperationError("A channel can't move its orders to itself.", field="channelId", code="INVALID")
    if target is not None and target.currency_code != channel.currency_code:
        raise OperationError(
            "Channels must have the same currency.",
            field="channelId",
            code="CHANNELS_CURRENCY_MUST_BE_THE_SAME",
        )
    with transaction.atomic(durable=True):
        Channel.objects.select_for_update().get(pk=channel.pk)
        orders = Order.objects.filter(channel=channel)
        if target is None and orders.exists():
            raise OperationError(
                "Cannot remove channel with orders: name the channel that they move to.",
                field="id",
                code="CHANNEL_WITH_ORDERS",
            )
        carts = Checkout.objects.filter(channel=channel).order_by("pk").select_for_update(of=("self",))
        if TransactionItem.objects.filter(checkout_id__in=[cart.pk for cart in carts]).exists():
            raise OperationError(
                "A cart of this channel has a payment. Settle it first.", field="id", code="INVALID"
            )
        if target is not None:
            orders.update(channel=target)
        Checkout.objects.filter(channel=channel).delete()
        record_deleted_event("CHANNEL_DELETED", kind="Channel", row=channel)
        channel.delete()
