"""How many of a variant can be bought. The one answer for list, page, cart and completion."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from store.engine.caching.dependencies import rests_on
from store.engine.channels.models import Channel
from store.engine.channels.shop_settings import current
from store.engine.stock.channel_warehouses import Reach, reach
from store.engine.stock.models import Reservation, Stock


def availability(
    *,
    variant_ids: Iterable[int],
    channel: Channel,
    country: str | None = None,
    within: Reach | None = None,
    ignoring_lines: Iterable[UUID] = (),
) -> dict[int, int]:
    """Pieces of each variant that nobody else was promised; 0 for what is not stocked.

    `within` says from where (else everywhere the channel reaches, see `reach`); `ignoring_lines` are the
    asker's own checkout lines, whose reservations don't stand in their own way. Says nothing of variants
    whose inventory isn't tracked: those can always be bought.
    """
    wanted, own = list(variant_ids), list(ignoring_lines)
    place = within or reach(channel, country)
    return rests_on(lambda: _free(wanted, place, own))


def _free(wanted: list[int], place: Reach, own: list[UUID]) -> dict[int, int]:
    stocks = Stock.objects.filter(variant_id__in=wanted, warehouse_id__in=place.warehouses()).order_by()
    found: dict[int, dict[UUID, int]] = {pk: {} for pk in wanted}
    rows = list(stocks.values_list("pk", "variant_id", "warehouse_id", "quantity", "quantity_allocated"))
    held = reserved([pk for pk, *_ in rows], ignoring_lines=own)
    for pk, variant, warehouse, quantity, allocated in rows:
        found[variant][warehouse] = max(quantity - allocated - held.get(pk, 0), 0)
    return {variant: place.best(quantities) for variant, quantities in found.items()}


def reservations_are_made() -> bool:
    settings = current()
    return bool(
        settings.reserve_stock_duration_anonymous_user or settings.reserve_stock_duration_authenticated_user
    )


def reserved(stock_ids: Iterable[int], *, ignoring_lines: Iterable[UUID] = ()) -> dict[int, int]:
    """Pieces of each stock row that checkouts hold at this moment."""
    if not reservations_are_made():
        return {}
    rows = Reservation.objects.filter(stock_id__in=list(stock_ids), reserved_until__gt=timezone.now())
    if own := list(ignoring_lines):
        rows = rows.exclude(checkout_line_id__in=own)
    return dict(rows.order_by().values_list("stock_id").annotate(Sum("quantity_reserved")))
