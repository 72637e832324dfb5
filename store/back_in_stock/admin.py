"""How many wait for what, for the merchant; whose addresses they are, nobody needs to see."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from unfold.admin import ModelAdmin

from store.back_in_stock.models import StockRequest
from store.channel_limits import SHARED
from store.mailer.shops import current_shop
from store.read_only_rows import ReadOnlyRows


@admin.register(StockRequest)
class StockRequestAdmin(ReadOnlyRows, ModelAdmin):  # type: ignore[misc]
    required_permissions: ClassVar = ("MANAGE_PRODUCTS",)
    channel_path = SHARED

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and self.is_permitted(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)  # type: ignore[no-any-return]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Waiting for stock",
            "rows": counts(),
        }
        return TemplateResponse(request, "back_in_stock/counts.html", context)


def counts() -> Iterable[Mapping[str, Any]]:
    """By variant and channel, the most wanted first: how many wait, how many have not confirmed, since when."""
    rows = StockRequest.objects.filter(shop=current_shop()).values("channel", "sku", "product_slug")
    return rows.annotate(
        waiting=Count("pk", filter=~Q(confirmed_at=None)),
        unconfirmed=Count("pk", filter=Q(confirmed_at=None)),
        since=Min("confirmed_at"),
    ).order_by("-waiting", "sku", "channel")
