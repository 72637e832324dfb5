"""The queues of the packing table: what is to be picked, what is picked and waits for its parcel, what lacks stock.

An order that is picked has private metadata `picked_at` until a parcel of it is sent.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from store.engine import events
from store.engine.orders import order_events, queries, state
from store.engine.orders.models import Order, OrderLine
from store.engine.stock.models import Allocation

PICKED = "picked_at"


def to_pick() -> QuerySet[Order]:
    """Oldest first."""
    return state.waiting_for_parcel().exclude(private_metadata__has_key=PICKED)


def to_ship() -> QuerySet[Order]:
    """Oldest first."""
    return state.waiting_for_parcel().filter(private_metadata__has_key=PICKED)


def short_of_stock() -> QuerySet[Order]:
    """The orders to send of which a variant is promised more often than it is on the shelf. Oldest first."""
    short = Allocation.objects.filter(stock__quantity__lt=F("stock__quantity_allocated"), quantity__gt=0)
    lines = OrderLine.objects.filter(pk__in=short.values("order_line_id"))
    return state.waiting_for_parcel().filter(pk__in=lines.values("order_id"))


def mark_picked(*, order_ids: Sequence[UUID]) -> int:
    """Note that the orders are picked; returns how many were not before. Those not to be sent are left out."""
    with transaction.atomic(durable=True):
        count = 0
        for pk in sorted(order_ids):
            order = queries.lock(pk)
            if PICKED in order.private_metadata or not state.state_of(order).waits_for_parcel:
                continue
            order.private_metadata[PICKED] = timezone.now().isoformat(timespec="seconds")
            order.save(update_fields=["private_metadata", "updated_at"])
            order_events.record(order_events.build(order, "OTHER", message="Picked."))
            events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
            count += 1
    return count


def clear(order: Order) -> None:
    """The picked pieces have left: what remains is to be picked. Inside the caller's transaction."""
    if order.private_metadata.pop(PICKED, None) is not None:
        order.save(update_fields=["private_metadata", "updated_at"])
