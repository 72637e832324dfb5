"""Context of the admin's home page: orders to send, low stock, and what needs a person."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from store.channel_limits import Channels, channels_of, within
from store.engine.admin import reports, stock
from store.engine.admin.base import permission_codes_of
from store.engine.admin.concerns import all_concerns
from store.engine.admin.order_state_labels import delivery_label
from store.engine.admin.saleor_dashboard import dashboard_links
from store.engine.caching.invalidation import single_token_read
from store.engine.orders import picking, state

MAX_ROWS = 8


def dashboard_context(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's DASHBOARD_CALLBACK. Adds the parts that the user has permission for."""
    codes, channels = permission_codes_of(request), channels_of(request.user)
    context |= {"title": "Today"}
    if in_dashboard := dashboard_links():  # a Saleor has the orders and the stock: its Dashboard shows them
        return context | {"in_dashboard": in_dashboard, "concerns": all_concerns(request)[0]}
    queues: dict[str, QuerySet[Any]] = {}
    with single_token_read():
        if "MANAGE_ORDERS" in codes:
            queues |= {name: within(rows, channels) for name, rows in _order_queues().items()}
            context |= _order_context(channels)
        if "MANAGE_PRODUCTS" in codes:
            queues["low_count"] = stock.low_stock()
            context["low"] = stock.low_stock()[:MAX_ROWS]
        context["concerns"], counts = all_concerns(request, beside=list(queues.values()))
        context |= zip(queues, counts, strict=True)
    return context


def _order_queues() -> dict[str, QuerySet[Any]]:
    return {
        "to_send_count": state.waiting_for_parcel(),
        "unpaid_count": state.waiting_for_payment(),
        "to_ship_count": picking.to_ship(),
        "short_count": picking.short_of_stock(),
    }


def _order_context(channels: Channels) -> dict[str, Any]:
    waiting = within(state.waiting_for_parcel(), channels)
    next_parcels = list(waiting.select_related("shipping_address", "channel")[:MAX_ROWS])
    states = state.states_of(next_parcels)
    takings = _takings(channels)
    return {
        "to_send": [(order, delivery_label(states[order.pk])) for order in next_parcels],
        "today": [row for row in takings if row["n_today"]],
        "takings": takings,
    }


def _takings(channels: Channels) -> list[Any]:
    """By currency, of the last seven days: the number of orders `n` and what was received of them; of today: their
    number `n_today` and their total."""
    today: datetime = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = (
        reports.sold(channels).filter(created_at__gte=timezone.now() - timedelta(days=7)).order_by("currency")
    )
    is_today = Q(created_at__gte=today)
    return list(
        rows.values("currency").annotate(
            n=Count("pk"),
            total=Sum("total_charged_amount"),
            n_today=Count("pk", filter=is_today),
            ordered_today=Sum("total_gross_amount", filter=is_today),
        )
    )
