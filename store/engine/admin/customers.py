"""Admin of customers (read-only): account, addresses, orders."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest

from store.engine.accounts.models import User
from store.engine.admin.base import ReadOnlyAdmin, column
from store.engine.admin.order_state_labels import delivery_label, payment_label
from store.engine.orders import state
from store.engine.orders.models import Order

MAX_ORDERS = 50


@admin.register(User)
class CustomerAdmin(ReadOnlyAdmin):
    required_permissions = ("MANAGE_USERS", "MANAGE_ORDERS")
    template = "shop_admin/customer.html"
    list_display = ("who", "order_count", "last_order", "confirmed", "since")
    list_display_links = ("who",)
    list_filter = ("is_confirmed", "is_active", "is_staff")
    search_fields = ("email", "first_name", "last_name", "addresses__city")
    search_help_text = "E-mail, name or city"
    ordering = ("-date_joined",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.annotate(
            bought=Count("orders", distinct=True), last_bought=Max("orders__created_at")
        )

    @column("Customer", ordering="email", header=True)
    def who(self, user: User) -> list[str]:
        return [user.get_full_name(), user.email]

    @column("Orders", ordering="bought")
    def order_count(self, user: User) -> int:
        count: int = user.bought  # type: ignore[attr-defined]
        return count

    @column("Last order", ordering="last_bought")
    def last_order(self, user: User) -> str:
        last: datetime | None = user.last_bought  # type: ignore[attr-defined]
        return f"{last:%-d %b %Y}" if last else ""

    @column("Confirmed", ordering="is_confirmed", boolean=True)
    def confirmed(self, user: User) -> bool:
        return user.is_confirmed

    @column("Since", ordering="date_joined")
    def since(self, user: User) -> str:
        return f"{user.date_joined:%-d %b %Y}"

    def row_context(self, request: HttpRequest, row: User) -> dict[str, Any]:
        orders = Order.objects.filter(user=row).exclude(status="DRAFT").select_related("channel")
        shown = list(orders.order_by("-number")[:MAX_ORDERS])
        states = state.states_of(shown)
        return {
            "addresses": row.addresses.all(),
            "orders": [
                (order, delivery_label(states[order.pk]), payment_label(states[order.pk], order.currency))
                for order in shown
            ],
            "groups": row.groups.all(),
        }
