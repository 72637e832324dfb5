"""What a merchant does with warehouses and quantities."""

from typing import Any
from uuid import UUID

from django.db import transaction

from store.engine.accounts.address_validation import cleaned
from store.engine.catalog.models import ProductVariant
from store.engine.errors import NotFound, Refusal, Required
from store.engine.graphql import ids
from store.engine.graphql.errors import as_payload
from store.engine.graphql.registry import Info, mutation
from store.engine.shipping.models import ShippingZone
from store.engine.stock import quantities, warehouses
from store.engine.stock.models import Warehouse

Payload = dict[str, Any]


@mutation(needs="MANAGE_PRODUCTS")
def create_warehouse(info: Info, *, input: dict[str, Any]) -> Payload:
    if input.get("shipping_zones"):
        raise Refusal("ShippingZone field is not available.", field="shippingZones")
    return {"warehouse": warehouses.create(given=input, address=cleaned(input["address"]))}


@mutation(needs="MANAGE_PRODUCTS")
def update_warehouse(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> Payload:
    warehouse = one_warehouse(id, external_reference)
    address = cleaned(input["address"]) if input.get("address") else None
    return {"warehouse": warehouses.update(warehouse=warehouse, given=input, address=address)}


@mutation(needs="MANAGE_PRODUCTS")
def delete_warehouse(info: Info, *, id: str) -> Payload:
    warehouse = ids.one(id, Warehouse)
    kept = {"id": id, "name": warehouse.name, "slug": warehouse.slug, "email": warehouse.email}
    warehouses.delete(warehouse=warehouse)
    return {"warehouse": kept}


@mutation(needs="MANAGE_PRODUCTS")
def assign_warehouse_shipping_zone(info: Info, *, id: str, shipping_zone_ids: list[str]) -> Payload:
    warehouse = ids.one(id, Warehouse)
    for zone in ids.many(shipping_zone_ids, ShippingZone, field="shippingZones"):
        warehouses.serve_zone(warehouse=warehouse, zone=zone)
    return {"warehouse": warehouse}


def one_warehouse(id: str | None, external_reference: str | None) -> Warehouse:
    if id is not None:
        return ids.one(id, Warehouse)
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
@mutation(needs="MANAGE_PRODUCTS")
def product_variant_stocks_create(info: Info, *, variant_id: str, stocks: list[dict[str, Any]]) -> Payload:
    variant = ids.one(variant_id, ProductVariant, field="variantId")
    with transaction.atomic(durable=True):
        quantities.create_stocks(variant_id=variant.pk, quantities=by_warehouse(stocks))
    return {"product_variant": variant}


@mutation(needs="MANAGE_PRODUCTS")
def product_variant_stocks_update(
    info: Info, *, stocks: list[dict[str, Any]], variant_id: str | None = None, sku: str | None = None
) -> Payload:
    variant = one_variant(variant_id, sku)
    wanted = [(variant.pk, warehouse, quantity) for warehouse, quantity in by_warehouse(stocks).items()]
    quantities.set_quantities(wanted=wanted)
    return {"product_variant": variant}


@mutation(needs="MANAGE_PRODUCTS")
def product_variant_stocks_delete(
    info: Info,
    *,
    warehouse_ids: list[str] | None = None,
    variant_id: str | None = None,
    sku: str | None = None,
) -> Payload:
    variant = one_variant(variant_id, sku)
    gone = ids.many(warehouse_ids or (), Warehouse, field="warehouseIds")
    quantities.delete_stocks(variant_id=variant.pk, warehouse_ids=[one.pk for one in gone])
    return {"product_variant": variant}


def one_variant(variant_id: str | None, sku: str | None) -> ProductVariant:
    if (variant_id is None) == (sku is None):
        raise Refusal(
            "Only one of arguments is allowed: variantId or sku.", field="variantId", code="GRAPHQL_ERROR"
        )
    if variant_id is not None:
        return ids.one(variant_id, ProductVariant, field="variantId")
    found = ProductVariant.objects.filter(sku=sku).first()
    if found is None:
        raise NotFound(f"Couldn't resolve to a node: {sku}", field="sku")
    return found


def by_warehouse(stocks: list[dict[str, Any]], *, field: str = "stocks") -> dict[UUID, int]:
    """StockInput rows as quantities; each warehouse once, no quantity below zero."""
    found: dict[UUID, int] = {}
    rows = ids.many([one["warehouse"] for one in stocks], Warehouse, field="warehouse")
    for at, (one, warehouse) in enumerate(zip(stocks, rows, strict=True)):
        if warehouse.pk in found:
            raise Refusal("Duplicated warehouse ID.", field="warehouse", code="UNIQUE", index=at)
        if one["quantity"] < 0:
            raise Refusal("Stock can't be below zero.", field="quantity", index=at)
        found[warehouse.pk] = one["quantity"]
    return found


@mutation(needs="MANAGE_PRODUCTS")
def stock_bulk_update(
    info: Info, *, stocks: list[dict[str, Any]], error_policy: str = "REJECT_EVERYTHING"
) -> Payload:
    """Rows of (variant, warehouse, quantity); a row that can't be done is told, the others follow the policy."""
    read = [_bulk_row(one) for one in stocks]
    refused = [isinstance(one, Refusal) for one in read]
    wanted = [one for one in read if not isinstance(one, Refusal)]
    stop = any(refused) and error_policy == "REJECT_EVERYTHING"
    made = iter([] if stop else quantities.set_quantities(wanted=wanted))
    results = [
        {"stock": None, "errors": [as_payload(one)]}
        if isinstance(one, Refusal)
        else {"stock": next(made, None), "errors": None}
        for one in read
    ]
    return {"count": 0 if stop else len(wanted), "results": results}


def _bulk_row(given: dict[str, Any]) -> tuple[int, UUID, int] | Refusal:
    try:
        variant = _by_id_or_reference(given, "variant", ProductVariant)
        warehouse = _by_id_or_reference(given, "warehouse", Warehouse)
        if given["quantity"] < 0:
            raise Refusal("Stock can't be below zero.", field="quantity")
    except NotFound as problem:
        return NotFound(problem.message)  # Saleor names no field here
    except Refusal as problem:
        return problem
    return variant.pk, warehouse.pk, given["quantity"]


def _by_id_or_reference(given: dict[str, Any], name: str, model: Any) -> Any:
    global_id, reference = given.get(f"{name}_id"), given.get(f"{name}_external_reference")
    if bool(global_id) == bool(reference):
        raise Required(f"Give {name}Id or {name}ExternalReference, one of them.", field=f"{name}Id")
    if global_id:
        return ids.one(global_id, model, field=f"{name}Id")
    found = model.objects.filter(external_reference=reference).first()
    if found is None:
        raise NotFound(f"There is no {name} with this reference.", field=f"{name}ExternalReference")
    return found
