"""Warehouses: where they stand and what can be collected there. Which channels sell from them stands at the channel."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from store.channel_limits import SHARED
from store.engine.accounts.address_validation import clean_address
from store.engine.accounts.models import Address
from store.engine.admin.base import column
from store.engine.admin.settings_admin import Fields, SettingAdmin, choice, switch
from store.engine.admin.stock_forms import text
from store.engine.stock import warehouses
from store.engine.stock.models import Warehouse

COLLECT = (
    ("DISABLED", "no"),
    ("LOCAL", "yes, what lies here"),
    ("ALL", "yes, also what comes from another warehouse"),
)
ADDRESS = (
    ("company_name", "Company", 256),
    ("street_address_1", "Street", 256),
    ("street_address_2", "Street, second line", 256),
    ("postal_code", "Postal code", 20),
    ("city", "City", 256),
    ("country_area", "State or province", 128),
    ("country", "Country, two letters", 2),
    ("phone", "Phone", 32),
)


@admin.register(Warehouse)
class WarehouseAdmin(SettingAdmin):
    required_permissions = ("MANAGE_PRODUCTS",)
    channel_path = SHARED
    list_display = ("name", "city", "sells_in", "pieces_kept_private")
    search_fields = ("name", "slug", "address__city")
    ordering = ("name",)
    can_add = True
    new_words = "It starts empty. A channel sells from it once it is ticked on the channel's page."
    delete_words = "Its stock rows go with it; the ledger stays. Move the pieces to another warehouse first."

    def rows(self, request: HttpRequest) -> Any:
        return Warehouse.objects.select_related("address").prefetch_related("channels")

    @column("City")
    def city(self, warehouse: Warehouse) -> str:
        return warehouse.address.city

    @column("Channels that sell from it")
    def sells_in(self, warehouse: Warehouse) -> str:
        return ", ".join(str(channel) for channel in warehouse.channels.all()) or "none"

    @column("Not shown to buyers", boolean=True)
    def pieces_kept_private(self, warehouse: Warehouse) -> bool:
        return warehouse.is_private

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        zones = ", ".join(row.shipping_zones.values_list("name", flat=True))
        return [("Short name", row.slug), ("Delivers to the zones", zones or "none")]

    def new_fields(self) -> Fields:
        return _fields(Warehouse(address=Address()))

    def fields_of(self, row: Any) -> Fields:
        return _fields(row)

    def create_row(self, request: HttpRequest, data: Mapping[str, Any]) -> Warehouse:
        return warehouses.create_in_transaction(given=_given(data), address=clean_address(data))

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        moved = any(data[name] != getattr(row.address, name) for name, _, _ in ADDRESS)
        address = clean_address(data) if moved else None
        warehouses.update_in_transaction(warehouse=row, given=_given(data), address=address)

    def delete_row(self, row: Any) -> None:
        """Raises OperationError while pieces lie there."""
        warehouses.delete_empty(warehouse=row)


def _fields(warehouse: Warehouse) -> Fields:
    found: dict[str, tuple[Any, Any]] = {
        "name": (text("Name", required=True, max_length=250), warehouse.name),
        "email": (text("E-mail", max_length=254), warehouse.email),
    }
    for name, label, length in ADDRESS:
        needed = name in ("street_address_1", "city", "country")
        field = text(label, required=needed, max_length=length)
        found[name] = (field, getattr(warehouse.address, name))
    return found | {
        "is_private": (switch("Not shown to buyers"), warehouse.is_private),
        "click_and_collect_option": (
            choice("Can be collected here", COLLECT),
            warehouse.click_and_collect_option,
        ),
    }


def _given(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in warehouses.FIELDS if name in data}
