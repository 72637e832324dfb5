"""Reservations of stock for checkout lines while the customer pays."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from store.engine.channels.models import Channel
from store.engine.stock.allocations import Demand, distribute, only_tracked, require_transaction
from store.engine.stock.availability import reservations_enabled
from store.engine.stock.channel_warehouses import get_channel_warehouses
from store.engine.stock.locking import lock_stocks
from store.engine.stock.models import Reservation


def reserve(*, demand: Sequence[Demand], channel: Channel, country: str | None, until: datetime) -> None:
    """Reserve stock for checkout lines until a moment, replacing their previous reservations.

    Runs inside the caller's transaction. Raises InsufficientStock with all shortages; then nothing is reserved.
    """
    require_transaction()
    line_ids = [line.line_id for line in demand]
    tracked = only_tracked(demand)
    reachable = get_channel_warehouses(channel, country)
    stocks = lock_stocks(
        variant_ids={line.variant_id for line in tracked}, warehouse_ids=reachable.warehouse_ids()
    )
    shares = distribute(
        tracked, stocks, reachable, strategy=channel.allocation_strategy, ignoring_lines=line_ids
    )
    release(lines=line_ids)
    Reservation.objects.bulk_create(
        [
            Reservation(
                checkout_line_id=line_id, stock=stock, quantity_reserved=quantity, reserved_until=until
            )
            for line_id, stock, quantity in shares
        ]
    )


def release(*, lines: Iterable[UUID]) -> None:
    """Delete the reservations of checkout lines. With reservations disabled it does nothing: left-over rows expire."""
    if reservations_enabled():
        Reservation.objects.filter(checkout_line_id__in=list(lines)).delete()


def release_expired() -> int:
    """Delete expired reservations, which are ignored already; returns how many."""
    return Reservation.objects.filter(reserved_until__lte=timezone.now()).delete()[0]
