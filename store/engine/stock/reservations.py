"""Pieces held for a basket while its owner pays."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from store.engine.channels.models import Channel
from store.engine.stock.allocations import Demand, inside_a_transaction, share, tracked
from store.engine.stock.availability import reservations_are_made
from store.engine.stock.channel_warehouses import reach
from store.engine.stock.locking import lock
from store.engine.stock.models import Reservation


def reserve(*, demand: Sequence[Demand], channel: Channel, country: str | None, until: datetime) -> None:
    """Hold pieces for checkout lines until a moment, in place of what they held before.

    Inside the caller's transaction; raises InsufficientStock with all that is lacking, then nothing is held.
    """
    inside_a_transaction()
    lines = [one.line_id for one in demand]
    counted = tracked(demand)
    place = reach(channel, country)
    stocks = lock(variant_ids={one.variant_id for one in counted}, warehouse_ids=place.warehouses())
    shares = share(counted, stocks, place, strategy=channel.allocation_strategy, ignoring_lines=lines)
    release(lines=lines)
    Reservation.objects.bulk_create(
        [
            Reservation(checkout_line_id=line, stock=stock, quantity_reserved=pieces, reserved_until=until)
            for line, stock, pieces in shares
        ]
    )


def release(*, lines: Iterable[UUID]) -> None:
    """Let go of what checkout lines hold. In a shop that reserves nothing, what is left over expires by itself."""
    if reservations_are_made():
        Reservation.objects.filter(checkout_line_id__in=list(lines)).delete()


def release_expired() -> int:
    """Remove reservations whose time is over; they count for nothing already. Returns how many."""
    return Reservation.objects.filter(reserved_until__lte=timezone.now()).delete()[0]
