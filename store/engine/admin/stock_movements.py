"""Admin of stock movements (read-only)."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from store.channel_limits import SHARED
from store.engine.accounts import actor_names
from store.engine.admin.base import ReadOnlyAdmin, column
from store.engine.admin.dates import time_text
from store.engine.admin.status_labels import MOVEMENT_LABELS
from store.engine.events.current_actor import Actor
from store.engine.stock.models import StockMovement, Warehouse


class ReasonFilter(admin.SimpleListFilter):
    title = "why"
    parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(MOVEMENT_LABELS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(reason=self.value()) if self.value() else queryset


class WarehouseFilter(admin.SimpleListFilter):
    """By the warehouses that there are: their slugs are text in the ledger, of which there may be many rows."""

    title = "warehouse"
    parameter_name = "warehouse"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Warehouse.objects.order_by("name").values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(warehouse_slug=self.value()) if self.value() else queryset


@admin.register(StockMovement)
class StockMovementAdmin(ReadOnlyAdmin):
    required_permissions = ("MANAGE_PRODUCTS",)
    channel_path = SHARED
    list_display = ("when", "item", "warehouse", "why", "shelf", "promise", "then", "who")
    list_display_links = None
    list_filter = (ReasonFilter, WarehouseFilter)
    search_fields = ("sku", "note", "lot")
    search_help_text = "SKU, note or lot"
    ordering = ("-pk",)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list with the persons of the movements it shows, read together."""
        changes: ChangeList = super().get_changelist_instance(request)
        rows = list(changes.result_list)
        names = actor_names.names(Actor(row.principal_kind, row.principal_pk) for row in rows)
        for row in rows:
            row.person = names.get(Actor(row.principal_kind, row.principal_pk), "")
        changes.result_list = rows
        return changes

    @column("When", ordering="pk")
    def when(self, movement: StockMovement) -> str:
        return time_text(movement.created_at)

    @column("SKU", ordering="sku")
    def item(self, movement: StockMovement) -> str:
        return movement.sku

    @column("Warehouse", ordering="warehouse_slug")
    def warehouse(self, movement: StockMovement) -> str:
        return movement.warehouse_slug

    @column("Why", ordering="reason")
    def why(self, movement: StockMovement) -> str:
        parts = (
            MOVEMENT_LABELS.get(movement.reason, movement.reason),
            f"lot {movement.lot}" if movement.lot else "",
            movement.note,
        )
        return " · ".join(part for part in parts if part)

    @column("Shelf", ordering="quantity_change")
    def shelf(self, movement: StockMovement) -> str:
        return f"{movement.quantity_change:+d}" if movement.quantity_change else ""

    @column("Promised", ordering="allocated_change")
    def promise(self, movement: StockMovement) -> str:
        return f"{movement.allocated_change:+d}" if movement.allocated_change else ""

    @column("On the shelf then", ordering="quantity_after")
    def then(self, movement: StockMovement) -> int:
        return movement.quantity_after

    @column("Who")
    def who(self, movement: StockMovement) -> str:
        return str(getattr(movement, "person", ""))
