"""Reading orders."""

from uuid import UUID

from store.engine.errors import NotFound
from store.engine.orders.models import Order, OrderNumber

NEIGHBOURS = ("channel", "user", "billing_address", "shipping_address")


def lock(pk: UUID) -> Order:
    """The row, held until commit, so that two changes of one order come one after the other."""
    found = Order.objects.select_related("channel").select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise NotFound("Couldn't resolve to a node: there is no such order.", field="order")
    return found


def of_checkout(token: UUID) -> Order | None:
    return Order.objects.select_related(*NEIGHBOURS).filter(checkout_token=token).first()


def next_number() -> int:
    return int(OrderNumber.objects.create().pk)
