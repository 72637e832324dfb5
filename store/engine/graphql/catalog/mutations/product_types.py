"""Mutations of product types, page types and the attributes assigned to them."""

from typing import Any

from store.engine.catalog import attributes, product_types
from store.engine.catalog.models import Attribute, PageType, ProductType
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload
from store.engine.graphql.catalog.mutations.tax_codes import with_tax_class
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.shipping.weights import to_kilograms
from store.engine.taxes.models import TaxClass

MANAGE_PRODUCT_TYPES = "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES"
MANAGE_PAGE_TYPES = "MANAGE_PAGE_TYPES_AND_ATTRIBUTES"


def _links(given: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if given.get("tax_class"):
        found["tax_class"] = ids.get_row(given["tax_class"], TaxClass, field="taxClass")
    for name, argument in (("product_attributes", "on_product"), ("variant_attributes", "on_variant")):
        if given.get(name) is not None:
            found[argument] = ids.get_rows(given[name], Attribute, field=name)
    return found


def _columns(info: Info, given: dict[str, Any]) -> dict[str, Any]:
    return given | {"weight": to_kilograms(info, given["weight"])} if "weight" in given else given


@mutation(permissions=MANAGE_PRODUCT_TYPES)
def product_type_create(info: Info, *, input: dict[str, Any]) -> Payload:
    input = with_tax_class(input)
    return {"product_type": product_types.create_product_type(given=_columns(info, input), **_links(input))}


@mutation(permissions=MANAGE_PRODUCT_TYPES)
def product_type_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    product_type, input = ids.get_row(id, ProductType), with_tax_class(input)
    changed = product_types.update_product_type(
        product_type=product_type, given=_columns(info, input), **_links(input)
    )
    return {"product_type": changed}


@mutation(permissions=MANAGE_PRODUCT_TYPES)
def product_type_delete(info: Info, *, id: str) -> Payload:
    row = ids.get_row(id, ProductType)
    return {
        "product_type": delete_and_return(row, lambda: product_types.delete_product_type(product_type=row))
    }


@mutation(permissions=MANAGE_PRODUCT_TYPES)
def product_attribute_assign(
    info: Info, *, product_type_id: str, operations: list[dict[str, Any]]
) -> Payload:
    product_type = ids.get_row(product_type_id, ProductType, field="productTypeId")
    rows = ids.get_rows([operation["id"] for operation in operations], Attribute, field="operations")
    pairs = list(zip(operations, rows, strict=True))
    attributes.assign_to_product_type(
        product_type=product_type,
        on_product=[row for operation, row in pairs if operation["type"] == "PRODUCT"],
        on_variant=[
            (row, bool(operation.get("variant_selection")))
            for operation, row in pairs
            if operation["type"] == "VARIANT"
        ],
    )
    return {"product_type": product_type}


@mutation(permissions=MANAGE_PRODUCT_TYPES)
def product_attribute_unassign(info: Info, *, product_type_id: str, attribute_ids: list[str]) -> Payload:
    product_type = ids.get_row(product_type_id, ProductType, field="productTypeId")
    rows = ids.get_rows(attribute_ids, Attribute, field="attributeIds")
    attributes.unassign_from_product_type(product_type=product_type, attributes=rows)
    return {"product_type": product_type}


@mutation(permissions=MANAGE_PRODUCT_TYPES)
def product_attribute_assignment_update(
    info: Info, *, product_type_id: str, operations: list[dict[str, Any]]
) -> Payload:
    product_type = ids.get_row(product_type_id, ProductType, field="productTypeId")
    rows = ids.get_rows([operation["id"] for operation in operations], Attribute, field="operations")
    selections = [
        (row, operation["variant_selection"]) for operation, row in zip(operations, rows, strict=True)
    ]
    attributes.update_variant_selection(product_type=product_type, selections=selections)
    return {"product_type": product_type}


# --- page types ---------------------------------------------------------------------------------------
@mutation(permissions=MANAGE_PAGE_TYPES)
def page_type_create(info: Info, *, input: dict[str, Any]) -> Payload:
    rows = ids.get_rows(input.get("add_attributes") or (), Attribute, field="addAttributes")
    return {"page_type": product_types.create_page_type(given=input, attributes=rows)}


@mutation(permissions=MANAGE_PAGE_TYPES)
def page_type_update(info: Info, *, input: dict[str, Any], id: str | None = None) -> Payload:
    changed = product_types.update_page_type(
        page_type=ids.get_row(id or "", PageType),
        given=input,
        add=ids.get_rows(input.get("add_attributes") or (), Attribute, field="addAttributes"),
        remove=ids.get_rows(input.get("remove_attributes") or (), Attribute, field="removeAttributes"),
    )
    return {"page_type": changed}


@mutation(permissions=MANAGE_PAGE_TYPES)
def page_type_delete(info: Info, *, id: str) -> Payload:
    row = ids.get_row(id, PageType)
    return {"page_type": delete_and_return(row, lambda: product_types.delete_page_type(page_type=row))}


@mutation(permissions=MANAGE_PAGE_TYPES)
def page_attribute_assign(info: Info, *, page_type_id: str, attribute_ids: list[str]) -> Payload:
    page_type = ids.get_row(page_type_id, PageType, field="pageTypeId")
    rows = ids.get_rows(attribute_ids, Attribute, field="attributes")
    attributes.assign_to_page_type(page_type=page_type, attributes=rows)
    return {"page_type": page_type}


@mutation(permissions=MANAGE_PAGE_TYPES)
def page_attribute_unassign(info: Info, *, page_type_id: str, attribute_ids: list[str]) -> Payload:
    page_type = ids.get_row(page_type_id, PageType, field="pageTypeId")
    rows = ids.get_rows(attribute_ids, Attribute, field="attributeIds")
    attributes.unassign_from_page_type(page_type=page_type, attributes=rows)
    return {"page_type": page_type}
