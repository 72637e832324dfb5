"""The first page: what has to be done today."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest
from django.utils import timezone

from store.engine.admin import stock
from store.engine.admin.base import codes_of
from store.engine.admin.orders import open_orders
from store.engine.events.models import EventDelivery
from store.engine.orders.models import Order, OrderStatus

SHOWN = 8


def today(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's DASHBOARD_CALLBACK. Each part only for those who may see it."""
    codes = codes_of(request)
    context |= {"title": "Today"}
    if "MANAGE_ORDERS" in codes:
        context |= _orders()
    if "MANAGE_PRODUCTS" in codes:
        low = stock.low()
        context |= {"low_count": low.count(), "low": low[:SHOWN]}
    if "MANAGE_APPS" in codes:
        context |= {"failed_count": EventDelivery.objects.filter(status="failed").count()}
    return context


def _orders() -> dict[str, Any]:
    week = timezone.now() - timedelta(days=7)
    placed = Order.objects.filter(created_at__gte=week).exclude(
        status__in=(OrderStatus.DRAFT, OrderStatus.CANCELED, OrderStatus.EXPIRED)
    )
    takings = (
        placed.order_by("currency")
        .values("currency")
        .annotate(n=Count("pk"), total=Sum("total_charged_amount"))
    )
    waiting = open_orders()
    return {
        "to_send_count": waiting.count(),
        "to_send": waiting.select_related("shipping_address", "channel")[:SHOWN],
        "unpaid_count": placed.filter(charge_status__in=("NONE", "PARTIAL")).count(),
        "takings": takings,
    }
