"""Admin of stock movements (read-only)."""

from django.contrib import admin

from store.engine.admin.base import ReadOnlyAdmin, column
from store.engine.admin.status_labels import status_label
from store.engine.stock.models import StockMovement


@admin.register(StockMovement)
class StockMovementAdmin(ReadOnlyAdmin):
    required_permissions = ("MANAGE_PRODUCTS",)
    list_display = (
        "created_at",
        "sku",
        "warehouse_slug",
        "reason",
        "shelf",
        "promise",
        "quantity_after",
        "note",
    )
    list_display_links = None
    list_filter = ("reason", "warehouse_slug")
    search_fields = ("sku", "note")
    search_help_text = "SKU or note"
    ordering = ("-pk",)
    date_hierarchy = "created_at"

    @column("When", ordering="created_at")
    def when(self, movement: StockMovement) -> str:
        return f"{movement.created_at:%-d %b %Y, %H:%M}"

    @column("SKU", ordering="sku")
    def item(self, movement: StockMovement) -> str:
        return movement.sku

    @column("Warehouse", ordering="warehouse_slug")
    def warehouse(self, movement: StockMovement) -> str:
        return movement.warehouse_slug

    @column("Why", ordering="reason")
    def why(self, movement: StockMovement) -> str:
        return f"{status_label(movement.reason)}{': ' if movement.note else ''}{movement.note}"

    @column("On the shelf then", ordering="quantity_after")
    def then(self, movement: StockMovement) -> int:
        return movement.quantity_after

    @column("Shelf", ordering="quantity_change")
    def shelf(self, movement: StockMovement) -> str:
        return f"{movement.quantity_change:+d}" if movement.quantity_change else ""

    @column("Promised", ordering="allocated_change")
    def promise(self, movement: StockMovement) -> str:
        return f"{movement.allocated_change:+d}" if movement.allocated_change else ""
