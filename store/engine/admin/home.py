"""Context of the admin's home page: orders to send, low stock, and what needs a person."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest
from django.utils import timezone

from store.engine.admin import reports, stock
from store.engine.admin.base import permission_codes_of
from store.engine.admin.concerns import all_concerns
from store.engine.admin.order_state_labels import delivery_label
from store.engine.orders import picking, state

MAX_ROWS = 8


def dashboard_context(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's DASHBOARD_CALLBACK. Adds the parts that the user has permission for."""
    codes = permission_codes_of(request)
    context |= {"title": "Today"}
    if "MANAGE_ORDERS" in codes:
        context |= _order_context()
    if "MANAGE_PRODUCTS" in codes:
        low = stock.low_stock()
        context |= {"low_count": low.count(), "low": low[:MAX_ROWS]}
    context["concerns"] = all_concerns(codes)
    return context


def _order_context() -> dict[str, Any]:
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    week_ago = timezone.now() - timedelta(days=7)
    to_send = state.waiting_for_parcel()
    next_parcels = list(to_send.select_related("shipping_address", "channel")[:MAX_ROWS])
    states = state.states_of(next_parcels)
    return {
        "to_send_count": to_send.count(),
        "to_send": [(order, delivery_label(states[order.pk])) for order in next_parcels],
        "unpaid_count": state.waiting_for_payment().count(),
        "to_ship_count": picking.to_ship().count(),
        "short_count": picking.short_of_stock().count(),
        "today": list(_received(today)),
        "takings": list(_received(week_ago)),
    }


def _received(since: datetime) -> Iterable[Any]:
    """By currency: the number of orders placed since then, their total, and what was received of it."""
    rows = reports.sold().filter(created_at__gte=since).order_by("currency").values("currency")
    return rows.annotate(n=Count("pk"), total=Sum("total_charged_amount"), ordered=Sum("total_gross_amount"))
