"""Writes the history of an order; the current actor is the author."""

from typing import Any

from store.engine.events import current_actor
from store.engine.orders.models import Order, OrderEvent


def build(order: Order, type: str, **parameters: Any) -> OrderEvent:
    """An order event, not saved; `record` saves several at once."""
    actor = current_actor.current()
    return OrderEvent(
        order=order,
        type=type,
        user_id=int(actor.pk) if actor.kind == "User" else None,
        app_id=int(actor.pk) if actor.kind == "App" else None,
        parameters=parameters,
    )


def record(*order_events: OrderEvent) -> OrderEvent:
    """Save the events in this order; returns the last."""
    OrderEvent.objects.bulk_create(order_events)
    return order_events[-1]
