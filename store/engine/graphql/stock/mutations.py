"""Mutations of warehouses and stock quantities."""

from typing import Any
from uuid import UUID

from django.db import transaction

from store.engine.accounts.address_validation import clean_address
from store.engine.catalog.models import ProductVariant
from store.engine.errors import NotFound, OperationError, Required
from store.engine.graphql import ids
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.errors import to_payload_error
from store.engine.graphql.registry import Info, mutation
from store.engine.shipping.models import ShippingZone
from store.engine.stock import quantities, warehouses
from store.engine.stock.models import Warehouse

Payload = dict[str, Any]


@mutation(permissions="MANAGE_PRODUCTS")
def create_warehouse(info: Info, *, input: dict[str, Any]) -> Payload:
    if input.get("shipping_zones"):
        raise OperationError("ShippingZone field is not available.", field="shippingZones")
    return {"warehouse": warehouses.create(given=input, address=clean_address(input["address"]))}


@mutation(permissions="MANAGE_PRODUCTS")
def update_warehouse(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> Payload:
    warehouse = find_warehouse(id, external_reference)
    address = clean_address(input["address"]) if input.get("address") else None
    return {"warehouse": warehouses.update(warehouse=warehouse, given=input, address=address)}


@mutation(permissions="MANAGE_PRODUCTS")
def delete_warehouse(info: Info, *, id: str) -> Payload:
    warehouse = ids.get_row(id, Warehouse.objects.select_related("address"))
    return {"warehouse": delete_and_return(warehouse, lambda: warehouses.delete(warehouse=warehouse))}


@mutation(permissions="MANAGE_PRODUCTS")
def assign_warehouse_shipping_zone(info: Info, *, id: str, shipping_zone_ids: list[str]) -> Payload:
    warehouse = ids.get_row(id, Warehouse)
    for zone in ids.get_rows(shipping_zone_ids, ShippingZone, field="shippingZones"):
        warehouses.assign_zone(warehouse=warehouse, zone=zone)
    return {"warehouse": warehouse}


@mutation(permissions="MANAGE_PRODUCTS")
def unassign_warehouse_shipping_zone(info: Info, *, id: str, shipping_zone_ids: list[str]) -> Payload:
    warehouse = ids.get_row(id, Warehouse)
    for zone in ids.get_rows(shipping_zone_ids, ShippingZone, field="shippingZones"):
        warehouses.unassign_zone(warehouse=warehouse, zone=zone)
    return {"warehouse": warehouse}


def find_warehouse(id: str | None, external_reference: str | None) -> Warehouse:
    """The warehouse with this id or external reference. Raises NotFound if there is none."""
    if id is not None:
        return ids.get_row(id, Warehouse)
    found = (
        Warehouse.objects.filter(external_reference=external_reference).first()
        if external_reference
        else None
    )
    if found is None:
        raise NotFound(
            "Couldn't resolve to a warehouse.", field="externalReference" if external_reference else "id"
        )
    return found


# --- quantities ---------------------------------------------------------------------------------------
@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_stocks_create(info: Info, *, variant_id: str, stocks: list[dict[str, Any]]) -> Payload:
    variant = ids.get_row(variant_id, ProductVariant, field="variantId")
    with transaction.atomic(durable=True):
        quantities.create_stocks(variant_id=variant.pk, quantities=quantities_by_warehouse(stocks))
    return {"product_variant": variant}


@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_stocks_update(
    info: Info, *, stocks: list[dict[str, Any]], variant_id: str | None = None, sku: str | None = None
) -> Payload:
    variant = find_variant(variant_id, sku)
    changes = [
        (variant.pk, warehouse, quantity) for warehouse, quantity in quantities_by_warehouse(stocks).items()
    ]
    quantities.set_quantities(rows=changes)
    return {"product_variant": variant}


@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_stocks_delete(
    info: Info,
    *,
    warehouse_ids: list[str] | None = None,
    variant_id: str | None = None,
    sku: str | None = None,
) -> Payload:
    variant = find_variant(variant_id, sku)
    warehouse_rows = ids.get_rows(warehouse_ids or (), Warehouse, field="warehouseIds")
    quantities.delete_stocks(
        variant_id=variant.pk, warehouse_ids=[warehouse.pk for warehouse in warehouse_rows]
    )
    return {"product_variant": variant}


def find_variant(variant_id: str | None, sku: str | None) -> ProductVariant:
    """The variant with this id or SKU. Raises OperationError unless one of them is given, NotFound if there is none."""
    if (variant_id is None) == (sku is None):
        raise OperationError(
            "Only one of arguments is allowed: variantId or sku.", field="variantId", code="GRAPHQL_ERROR"
        )
    if variant_id is not None:
        return ids.get_row(variant_id, ProductVariant, field="variantId")
    found = ProductVariant.objects.filter(sku=sku).first()
    if found is None:
        raise NotFound(f"Couldn't resolve to a node: {sku}", field="sku")
    return found


def quantities_by_warehouse(stocks: list[dict[str, Any]], *, field: str = "stocks") -> dict[UUID, int]:
    """StockInputs as quantity by warehouse pk.

    Raises OperationError for a warehouse that is named twice, for a quantity below zero, and for unknown warehouses.
    """
    quantity_by_pk: dict[UUID, int] = {}
    rows = ids.get_rows([stock["warehouse"] for stock in stocks], Warehouse, field="warehouse")
    for at, (stock, warehouse) in enumerate(zip(stocks, rows, strict=True)):
        if warehouse.pk in quantity_by_pk:
            raise OperationError("Duplicated warehouse ID.", field="warehouse", code="UNIQUE", index=at)
        if stock["quantity"] < 0:
            raise OperationError("Stock can't be below zero.", field="quantity", index=at)
        quantity_by_pk[warehouse.pk] = stock["quantity"]
    return quantity_by_pk


@mutation(permissions="MANAGE_PRODUCTS")
def stock_bulk_update(
    info: Info, *, stocks: list[dict[str, Any]], error_policy: str = "REJECT_EVERYTHING"
) -> Payload:
    """A row that fails is reported with its error; whether the others are written depends on the error policy."""
    rows = [_bulk_row(stock) for stock in stocks]
    refused = [isinstance(row, OperationError) for row in rows]
    accepted = [row for row in rows if not isinstance(row, OperationError)]
    rejected = any(refused) and error_policy == "REJECT_EVERYTHING"
    updated = iter([] if rejected else quantities.set_quantities(rows=accepted))
    results: list[dict[str, Any]] = [
        {"stock": None, "errors": [to_payload_error(row)]}
        if isinstance(row, OperationError)
        else {"stock": next(updated, None), "errors": []}
        for row in rows
    ]
    return {"count": 0 if rejected else len(accepted), "results": results}


def _bulk_row(given: dict[str, Any]) -> tuple[int, UUID, int] | OperationError:
    """(variant pk, warehouse pk, quantity), or the error that the row has."""
    try:
        variant = _by_id_or_reference(given, "variant", ProductVariant)
        warehouse = _by_id_or_reference(given, "warehouse", Warehouse)
        if given["quantity"] < 0:
            raise OperationError("Stock can't be below zero.", field="quantity")
    except NotFound as problem:
        return NotFound(problem.message)  # Saleor names no field here
    except OperationError as problem:
        return problem
    return variant.pk, warehouse.pk, given["quantity"]


def _by_id_or_reference(given: dict[str, Any], name: str, model: Any) -> Any:
    global_id, reference = given.get(f"{name}_id"), given.get(f"{name}_external_reference")
    if bool(global_id) == bool(reference):
        raise Required(f"Give {name}Id or {name}ExternalReference, one of them.", field=f"{name}Id")
    if global_id:
        return ids.get_row(global_id, model, field=f"{name}Id")
    found = model.objects.filter(external_reference=reference).first()
    if found is None:
        raise NotFound(f"There is no {name} with this reference.", field=f"{name}ExternalReference")
    return found
