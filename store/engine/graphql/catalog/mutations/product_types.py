"""Product types, page types and the attributes they have."""

from typing import Any

from store.engine.catalog import attributes, product_types
from store.engine.catalog.models import Attribute, PageType, ProductType
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload, gone
from store.engine.graphql.channels.shipping import kilograms
from store.engine.graphql.registry import Info, mutation
from store.engine.taxes.models import TaxClass

PRODUCT_TYPES = "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES"
PAGE_TYPES = "MANAGE_PAGE_TYPES_AND_ATTRIBUTES"


def _links(given: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if given.get("tax_class"):
        found["tax_class"] = ids.one(given["tax_class"], TaxClass, field="taxClass")
    for name, argument in (("product_attributes", "on_product"), ("variant_attributes", "on_variant")):
        if given.get(name) is not None:
            found[argument] = ids.many(given[name], Attribute, field=name)
    return found


def _columns(info: Info, given: dict[str, Any]) -> dict[str, Any]:
    return given | {"weight": kilograms(info, given["weight"])} if "weight" in given else given


@mutation(needs=PRODUCT_TYPES)
def product_type_create(info: Info, *, input: dict[str, Any]) -> Payload:
    return {"product_type": product_types.create_product_type(given=_columns(info, input), **_links(input))}


@mutation(needs=PRODUCT_TYPES)
def product_type_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    product_type = ids.one(id, ProductType)
    changed = product_types.update_product_type(
        product_type=product_type, given=_columns(info, input), **_links(input)
    )
    return {"product_type": changed}


@mutation(needs=PRODUCT_TYPES)
def product_type_delete(info: Info, *, id: str) -> Payload:
    row = ids.one(id, ProductType)
    return {"product_type": gone(row, lambda: product_types.delete_product_type(product_type=row))}


@mutation(needs=PRODUCT_TYPES)
def product_attribute_assign(
    info: Info, *, product_type_id: str, operations: list[dict[str, Any]]
) -> Payload:
    product_type = ids.one(product_type_id, ProductType, field="productTypeId")
    rows = ids.many([one["id"] for one in operations], Attribute, field="operations")
    pairs = list(zip(operations, rows, strict=True))
    attributes.assign_to_product_type(
        product_type=product_type,
        on_product=[row for one, row in pairs if one["type"] == "PRODUCT"],
        on_variant=[
            (row, bool(one.get("variant_selection"))) for one, row in pairs if one["type"] == "VARIANT"
        ],
    )
    return {"product_type": product_type}


@mutation(needs=PRODUCT_TYPES)
def product_attribute_unassign(info: Info, *, product_type_id: str, attribute_ids: list[str]) -> Payload:
    product_type = ids.one(product_type_id, ProductType, field="productTypeId")
    rows = ids.many(attribute_ids, Attribute, field="attributeIds")
    attributes.unassign_from_product_type(product_type=product_type, attributes=rows)
    return {"product_type": product_type}


@mutation(needs=PRODUCT_TYPES)
def product_attribute_assignment_update(
    info: Info, *, product_type_id: str, operations: list[dict[str, Any]]
) -> Payload:
    product_type = ids.one(product_type_id, ProductType, field="productTypeId")
    rows = ids.many([one["id"] for one in operations], Attribute, field="operations")
    wanted = [(row, one["variant_selection"]) for one, row in zip(operations, rows, strict=True)]
    attributes.change_selection(product_type=product_type, wanted=wanted)
    return {"product_type": product_type}


# --- page types ---------------------------------------------------------------------------------------
@mutation(needs=PAGE_TYPES)
def page_type_create(info: Info, *, input: dict[str, Any]) -> Payload:
    rows = ids.many(input.get("add_attributes") or (), Attribute, field="addAttributes")
    return {"page_type": product_types.create_page_type(given=input, attributes=rows)}


@mutation(needs=PAGE_TYPES)
def page_type_update(info: Info, *, input: dict[str, Any], id: str | None = None) -> Payload:
    changed = product_types.update_page_type(
        page_type=ids.one(id or "", PageType),
        given=input,
        add=ids.many(input.get("add_attributes") or (), Attribute, field="addAttributes"),
        remove=ids.many(input.get("remove_attributes") or (), Attribute, field="removeAttributes"),
    )
    return {"page_type": changed}


@mutation(needs=PAGE_TYPES)
def page_type_delete(info: Info, *, id: str) -> Payload:
    row = ids.one(id, PageType)
    return {"page_type": gone(row, lambda: product_types.delete_page_type(page_type=row))}


@mutation(needs=PAGE_TYPES)
def page_attribute_assign(info: Info, *, page_type_id: str, attribute_ids: list[str]) -> Payload:
    page_type = ids.one(page_type_id, PageType, field="pageTypeId")
    rows = ids.many(attribute_ids, Attribute, field="attributes")
    attributes.assign_to_page_type(page_type=page_type, attributes=rows)
    return {"page_type": page_type}


@mutation(needs=PAGE_TYPES)
def page_attribute_unassign(info: Info, *, page_type_id: str, attribute_ids: list[str]) -> Payload:
    page_type = ids.one(page_type_id, PageType, field="pageTypeId")
    rows = ids.many(attribute_ids, Attribute, field="attributeIds")
    attributes.unassign_from_page_type(page_type=page_type, attributes=rows)
    return {"page_type": page_type}
