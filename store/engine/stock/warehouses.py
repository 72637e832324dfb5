"""Operations on warehouses: create, update, delete, assign a shipping zone."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from store.engine.accounts.models import Address
from store.engine.channels.validation import slug_or_generated, validate_and_save
from store.engine.errors import NotFound, OperationError, Required
from store.engine.events import record_deleted_event, record_event
from store.engine.row_lock import lock_row
from store.engine.shipping.models import ShippingZone
from store.engine.stock.locking import lock_warehouses
from store.engine.stock.models import Stock, Warehouse

FIELDS = ("name", "slug", "email", "external_reference", "is_private", "click_and_collect_option")


def create(*, given: Mapping[str, Any], address: Address) -> Warehouse:
    """Create a warehouse; `address` is validated and not saved yet. Raises Required, OperationErrors."""
    with transaction.atomic(durable=True):
        return create_in_transaction(given=given, address=address)


def create_in_transaction(*, given: Mapping[str, Any], address: Address) -> Warehouse:
    """`create` inside the caller's transaction."""
    if not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    address.save()
    warehouse = Warehouse(address=address)
    changes = {name: given[name] for name in FIELDS if given.get(name) is not None}
    validate_and_save(warehouse, changes | {"slug": slug_or_generated(Warehouse, given)})
    record_event("WAREHOUSE_CREATED", kind="Warehouse", pk=warehouse.pk)
    return warehouse


def update(*, warehouse: Warehouse, given: Mapping[str, Any], address: Address | None = None) -> Warehouse:
    """Change the given fields; `address` is validated and replaces the old one. Raises OperationError, Required."""
    with transaction.atomic(durable=True):
        return update_in_transaction(warehouse=warehouse, given=given, address=address)


def update_in_transaction(
    *, warehouse: Warehouse, given: Mapping[str, Any], address: Address | None = None
) -> Warehouse:
    """`update` inside the caller's transaction."""
    lock_row(warehouse)
    changes = {name: given[name] for name in FIELDS if given.get(name) is not None}
    option = changes.get("click_and_collect_option", warehouse.click_and_collect_option)
    if changes.get("is_private", warehouse.is_private) and option == "LOCAL":
        raise OperationError(
            "Local warehouse can be toggled only for non-private warehouse stocks",
            field="clickAndCollectOption",
        )
    for name in ("name", "slug"):
        if name in given and not (given[name] or "").strip():
            raise Required("This field cannot be blank.", field=name)
    if address is not None:
        address.pk = warehouse.address_id
        address.save()
    links = {"address": address} if address else {}
    validate_and_save(warehouse, changes | links, is_locked=True)
    record_event("WAREHOUSE_UPDATED", kind="Warehouse", pk=warehouse.pk)
    return warehouse


def delete(*, warehouse: Warehouse) -> None:
    """Delete a warehouse with its stock rows and address; the stock movements stay."""
    with transaction.atomic(durable=True):
        _lock(warehouse)
        _delete(warehouse)


def delete_empty(*, warehouse: Warehouse) -> None:
    """Delete a warehouse in which nothing lies and of which nothing is promised. Raises OperationError."""
    with transaction.atomic(durable=True):
        pieces = sum(max(stock.quantity, stock.quantity_allocated) for stock in _lock(warehouse))
        if pieces:
            raise OperationError(f"{pieces} pieces lie there or are promised. Move them first.", field="id")
        _delete(warehouse)


def _lock(warehouse: Warehouse) -> list[Stock]:
    """The locked stock rows of the warehouse, after the warehouse itself: first stock may be on its way to a place that
    has no row yet. Raises NotFound.
    """
    if not lock_warehouses([warehouse.pk]):
        raise NotFound("There is no such warehouse any more.", field="id")
    return list(Stock.objects.select_for_update().filter(warehouse=warehouse).order_by("pk"))


def _delete(warehouse: Warehouse) -> None:
    record_deleted_event("WAREHOUSE_DELETED", kind="Warehouse", row=warehouse)
    warehouse.delete()
    Address.objects.filter(pk=warehouse.address_id).delete()


def assign_zone(*, warehouse: Warehouse, zone: ShippingZone) -> Warehouse:
    with transaction.atomic(durable=True):
        warehouse.shipping_zones.add(zone)
    return warehouse


def unassign_zone(*, warehouse: Warehouse, zone: ShippingZone) -> Warehouse:
    with transaction.atomic(durable=True):
        warehouse.shipping_zones.remove(zone)
    return warehouse
