"""Warehouses: opening, changing, closing one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from store.engine.accounts.models import Address
from store.engine.channels.validation import saved, slug_for
from store.engine.errors import Refusal, Required
from store.engine.events import record, record_gone
from store.engine.shipping.models import ShippingZone
from store.engine.stock.models import Warehouse

PLAIN = ("name", "slug", "email", "external_reference", "is_private", "click_and_collect_option")


def create(*, given: Mapping[str, Any], address: Address) -> Warehouse:
    """`address` is checked and not saved yet."""
    if not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    with transaction.atomic(durable=True):
        address.save()
        warehouse = Warehouse(address=address)
        changes = {name: given[name] for name in PLAIN if given.get(name) is not None}
        saved(warehouse, changes | {"slug": slug_for(Warehouse, given)})
        record("WAREHOUSE_CREATED", kind="Warehouse", pk=warehouse.pk)
    return warehouse


def update(*, warehouse: Warehouse, given: Mapping[str, Any], address: Address | None = None) -> Warehouse:
    """`address`: the new one, checked; it takes the place of the old one."""
    changes = {name: given[name] for name in PLAIN if given.get(name) is not None}
    option = changes.get("click_and_collect_option", warehouse.click_and_collect_option)
    if changes.get("is_private", warehouse.is_private) and option == "LOCAL":
        raise Refusal(
            "Local warehouse can be toggled only for non-private warehouse stocks",
            field="clickAndCollectOption",
        )
    for name in ("name", "slug"):
        if name in given and not (given[name] or "").strip():
            raise Required("This field cannot be blank.", field=name)
    with transaction.atomic(durable=True):
        if address is not None:
            address.pk = warehouse.address_id
            address.save()
            warehouse.address = address
        saved(warehouse, changes)
        record("WAREHOUSE_UPDATED", kind="Warehouse", pk=warehouse.pk)
    return warehouse


def delete(*, warehouse: Warehouse) -> None:
    """Close it: its stock rows go, the ledger stays."""
    with transaction.atomic(durable=True):
        record_gone("WAREHOUSE_DELETED", kind="Warehouse", row=warehouse)
        warehouse.delete()
        Address.objects.filter(pk=warehouse.address_id).delete()


def serve_zone(*, warehouse: Warehouse, zone: ShippingZone) -> Warehouse:
    with transaction.atomic(durable=True):
        warehouse.shipping_zones.add(zone)
    return warehouse
