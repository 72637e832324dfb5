"""Writing the story of an order, sentence by sentence; whoever is at it just now is its author."""

from typing import Any

from store.engine.events import current_actor
from store.engine.orders.models import Order, OrderEvent


def sentence(order: Order, type: str, **parameters: Any) -> OrderEvent:
    """Not saved; several are written at once by `tell`."""
    by = current_actor.current()
    return OrderEvent(
        order=order,
        type=type,
        user_id=int(by.pk) if by.kind == "User" else None,
        app_id=int(by.pk) if by.kind == "App" else None,
        parameters=parameters,
    )


def tell(*sentences: OrderEvent) -> OrderEvent:
    """Save them in this order; returns the last."""
    OrderEvent.objects.bulk_create(sentences)
    return sentences[-1]
