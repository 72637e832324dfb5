"""The quantity of a variant that can be bought; the only function that answers it, for pages, carts and completion."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from store.engine.caching.dependencies import depends_on
from store.engine.channels.models import Channel
from store.engine.channels.shop_settings import current
from store.engine.stock.channel_warehouses import ReachableWarehouses, get_channel_warehouses
from store.engine.stock.models import Reservation, Stock


def availability(
    *,
    variant_ids: Iterable[int],
    channel: Channel,
    country: str | None = None,
    within: ReachableWarehouses | None = None,
    ignoring_lines: Iterable[UUID] = (),
) -> dict[int, int]:
    """Quantity by variant id that is neither allocated nor reserved; 0 for a variant without stock.

    `within` limits the warehouses (default: those of `get_channel_warehouses`); `ignoring_lines` are the caller's own
    checkout lines, whose reservations don't count. For variants that track inventory; others can always be bought.
    """
    pks, own_lines = list(variant_ids), list(ignoring_lines)
    reachable = within or get_channel_warehouses(channel, country)
    return depends_on(
        lambda: _available_quantities(pks, reachable, own_lines),
        changes_with_time=reservations_enabled(),  # which end by the clock
    )


def _available_quantities(
    variant_ids: list[int], reachable: ReachableWarehouses, own_lines: list[UUID]
) -> dict[int, int]:
    stocks = Stock.objects.filter(variant_id__in=variant_ids, warehouse_id__in=reachable.warehouse_ids())
    available: dict[int, dict[UUID, int]] = {pk: {} for pk in variant_ids}
    rows = list(
        stocks.order_by().values_list("pk", "variant_id", "warehouse_id", "quantity", "quantity_allocated")
    )
    reserved = reserved_quantities([pk for pk, *_ in rows], ignoring_lines=own_lines)
    for pk, variant, warehouse, quantity, allocated in rows:
        available[variant][warehouse] = max(quantity - allocated - reserved.get(pk, 0), 0)
    return {variant: reachable.max_quantity(quantities) for variant, quantities in available.items()}


def reservations_enabled() -> bool:
    settings = current()
    return bool(
        settings.reserve_stock_duration_anonymous_user or settings.reserve_stock_duration_authenticated_user
    )


def reserved_quantities(stock_ids: Iterable[int], *, ignoring_lines: Iterable[UUID] = ()) -> dict[int, int]:
    """Quantity by stock row id that checkouts have reserved now."""
    if not reservations_enabled():
        return {}
    rows = Reservation.objects.filter(stock_id__in=list(stock_ids), reserved_until__gt=timezone.now())
    if own_lines := list(ignoring_lines):
        rows = rows.exclude(checkout_line_id__in=own_lines)
    return dict(rows.order_by().values_list("stock_id").annotate(Sum("quantity_reserved")))
