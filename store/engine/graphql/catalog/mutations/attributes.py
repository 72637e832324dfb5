"""Mutations of attributes and their values."""

from typing import Any

from django.db import transaction

from store.engine import bulk_rows
from store.engine.bulk_rows import RowResult
from store.engine.catalog import attributes
from store.engine.catalog.models import Attribute, AttributeValue, PageType, ProductType
from store.engine.errors import OperationError, PermissionDenied, Required
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload, find_one
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.errors import to_payload_error
from store.engine.graphql.registry import Info, mutation

PERMISSION_BY_TYPE = {
    "PRODUCT_TYPE": "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",
    "PAGE_TYPE": "MANAGE_PAGE_TYPES_AND_ATTRIBUTES",
}


ANY_PERMISSION = tuple(PERMISSION_BY_TYPE.values())


def require_permission(info: Info, kind: str, *also: str) -> None:
    """Raise PermissionDenied without the permission for this type of attribute; OperationError for an unknown type."""
    _require_known_type(kind)
    if not info.context.has_permission(PERMISSION_BY_TYPE[kind], *also):
        raise PermissionDenied(PERMISSION_BY_TYPE[kind], *also)


def _require_known_type(kind: str) -> None:
    if kind not in PERMISSION_BY_TYPE:  # CUSTOMER_TYPE: customers have no attributes here
        raise OperationError(f"This shop keeps no attributes of {kind}.", field="type", code="INVALID")


def _find_changeable(info: Info, *also: str, **lookup: Any) -> Attribute:
    attribute: Attribute = find_one(Attribute, **lookup)
    require_permission(info, attribute.type, *also)
    return attribute


def _reference_types(given: dict[str, Any]) -> dict[str, Any]:
    """`referenceTypes` as rows: page types for references to pages, else product types."""
    references = given.get("reference_types") or ()
    name, model = (
        ("page_types", PageType) if given.get("entity_type") == "PAGE" else ("product_types", ProductType)
    )
    return {name: ids.get_rows(references, model, field="referenceTypes")}


@mutation
def attribute_create(info: Info, *, input: dict[str, Any]) -> Payload:
    require_permission(info, input["type"])
    return {"attribute": attributes.create(given=input, **_reference_types(input))}


@mutation
def attribute_bulk_create(
    info: Info, *, attributes: list[dict[str, Any]], error_policy: str = "REJECT_EVERYTHING"
) -> Payload:
    steps = [lambda given=given: _create_one(info, given) for given in attributes]
    return _bulk_payload(bulk_rows.run(steps, policy=error_policy))


def _bulk_payload(row_results: list[RowResult]) -> Payload:
    results = [
        {
            "attribute": result.row,
            "errors": [to_payload_error(problem) | {"path": problem.field} for problem in result.errors]
            or None,
        }
        for result in row_results
    ]
    return {"count": sum(1 for result in row_results if result.row is not None), "results": results}


@mutation(permissions=ANY_PERMISSION)
def attribute_bulk_update(
    info: Info, *, attributes: list[dict[str, Any]], error_policy: str | None = None
) -> Payload:
    steps = [lambda given=given: _update_one(info, given) for given in attributes]
    found = bulk_rows.run(
        steps,
        policy=error_policy or bulk_rows.REJECT_EVERYTHING,
        lock=lambda: bulk_rows.lock_in_order(ids.named_rows(attributes, Attribute)),
    )
    payload = _bulk_payload(found)
    return payload | {"errors": [error for row in payload["results"] for error in row["errors"] or ()]}


def _update_one(info: Info, given: dict[str, Any]) -> Attribute:
    fields = given["fields"]
    attribute: Attribute = find_one(
        Attribute, id=given.get("id"), external_reference=given.get("external_reference")
    )
    if not info.context.has_permission(PERMISSION_BY_TYPE[attribute.type]):
        raise Required("You have no permission to manage this type of attributes.")
    remove = ids.get_rows(fields.get("remove_values") or (), AttributeValue, field="removeValues")
    return attributes.update_in_transaction(attribute=attribute, given=fields, remove=remove)


def _create_one(info: Info, given: dict[str, Any]) -> Attribute:
    """The permission depends on each attribute's type, so a missing one is an error of that attribute."""
    _require_known_type(given["type"])
    if not info.context.has_permission(PERMISSION_BY_TYPE[given["type"]]):
        raise Required("You have no permission to manage this type of attributes.")
    return attributes.create_in_transaction(given=given, **_reference_types(given))


@mutation(permissions=ANY_PERMISSION)
def attribute_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> Payload:
    attribute = _find_changeable(info, id=id, external_reference=external_reference)
    remove = ids.get_rows(input.get("remove_values") or (), AttributeValue, field="removeValues")
    changed = attributes.update(attribute=attribute, given=input, remove=remove)
    if input.get("reference_types") is not None:
        attributes.set_reference_types(
            attribute=attribute, **_reference_types(input | {"entity_type": attribute.entity_type})
        )
    return {"attribute": changed}


@mutation(permissions=ANY_PERMISSION)
def attribute_delete(info: Info, *, id: str | None = None, external_reference: str | None = None) -> Payload:
    attribute = _find_changeable(info, id=id, external_reference=external_reference)
    return {"attribute": delete_and_return(attribute, lambda: attributes.delete(attribute=attribute))}


@mutation(permissions=(*ANY_PERMISSION, "MANAGE_PRODUCTS"))
def attribute_value_create(info: Info, *, attribute: str, input: dict[str, Any]) -> Payload:
    row = _find_changeable(info, "MANAGE_PRODUCTS", id=attribute, field="attribute")
    with transaction.atomic(durable=True):
        value = attributes.add_values(attribute=row, values=[input], field="name")[0]
    return {"attribute": row, "attribute_value": value}


@mutation(permissions=ANY_PERMISSION)
def attribute_value_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> Payload:
    value = find_one(AttributeValue, id=id, external_reference=external_reference)
    require_permission(info, value.attribute.type, "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES")
    return {
        "attribute_value": attributes.update_value(value=value, given=input),
        "attribute": value.attribute,
    }


@mutation(permissions=ANY_PERMISSION)
def attribute_value_delete(
    info: Info, *, id: str | None = None, external_reference: str | None = None
) -> Payload:
    value = find_one(AttributeValue, id=id, external_reference=external_reference)
    attribute = value.attribute
    require_permission(info, attribute.type, "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES")
    attributes.update(attribute=attribute, given={}, remove=[value])
    return {"attribute_value": value, "attribute": attribute}
