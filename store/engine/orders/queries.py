"""Reads orders."""

from uuid import UUID

from store.engine.channels import channels
from store.engine.errors import NotFound
from store.engine.orders.models import Order, OrderNumber

RELATED = ("channel", "user", "billing_address", "shipping_address")


def lock(pk: UUID) -> Order:
    """The order, locked until commit, so that changes of one order are serialized. Raises NotFound."""
    # Without the channel: PostgreSQL does not find a joined row again that the order left while somebody waited for it.
    found = Order.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise _not_found()
    found.channel = channels.by_pk(found.channel_id)
    return found


def get(pk: UUID) -> Order:
    """The order, not locked: for values to show. Raises NotFound."""
    found = Order.objects.filter(pk=pk).first()
    if found is None:
        raise _not_found()
    return found


def _not_found() -> NotFound:
    return NotFound("Couldn't resolve to a node: there is no such order.", field="order")


def find_by_checkout(token: UUID) -> Order | None:
    """The order made from the checkout with this token, or None."""
    return Order.objects.select_related(*RELATED).filter(checkout_token=token).first()


def next_number() -> int:
    """The next order number. Numbers of transactions that are rolled back are skipped."""
    return int(OrderNumber.objects.create().pk)
