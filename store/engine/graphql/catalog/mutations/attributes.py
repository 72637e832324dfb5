"""Attributes and their choices."""

from typing import Any

from django.db import transaction

from store.engine.catalog import attributes
from store.engine.catalog.models import Attribute, AttributeValue, PageType, ProductType
from store.engine.errors import PermissionDenied, Refusal, Required
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload, gone, one_of
from store.engine.graphql.errors import as_payload
from store.engine.graphql.registry import Info, mutation
from store.engine.stock.variant_creation import Outcome, Rejected, attempt

RIGHTS = {
    "PRODUCT_TYPE": "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",
    "PAGE_TYPE": "MANAGE_PAGE_TYPES_AND_ATTRIBUTES",
}


EITHER = tuple(RIGHTS.values())


def _allow(info: Info, kind: str, *also: str) -> None:
    if kind not in RIGHTS:  # CUSTOMER_TYPE: customers have no attributes here
        raise Refusal(f"This shop keeps no attributes of {kind}.", field="type", code="INVALID")
    if not info.context.may(RIGHTS[kind], *also):
        raise PermissionDenied(RIGHTS[kind], *also)


def _changeable(info: Info, *also: str, **which: Any) -> Attribute:
    attribute: Attribute = one_of(Attribute, **which)
    _allow(info, attribute.type, *also)
    return attribute


def _types(given: dict[str, Any]) -> dict[str, Any]:
    """`referenceTypes`: product types for references to products and variants, page types for pages."""
    wanted = given.get("reference_types") or ()
    name, model = (
        ("page_types", PageType) if given.get("entity_type") == "PAGE" else ("product_types", ProductType)
    )
    return {name: ids.many(wanted, model, field="referenceTypes")}


@mutation
def attribute_create(info: Info, *, input: dict[str, Any]) -> Payload:
    _allow(info, input["type"])
    return {"attribute": attributes.create(given=input, **_types(input))}


@mutation
def attribute_bulk_create(
    info: Info, *, attributes: list[dict[str, Any]], error_policy: str = "REJECT_EVERYTHING"
) -> Payload:
    outcomes = _made(info, attributes, error_policy)
    results = [
        {
            "attribute": one.row,
            "errors": [as_payload(problem) | {"path": problem.field} for problem in one.problems] or None,
        }
        for one in outcomes
    ]
    return {"count": sum(1 for one in outcomes if one.row is not None), "results": results}


def _one_made(info: Info, wanted: dict[str, Any]) -> Attribute:
    """The right depends on each attribute's type, so its lack is told beside that attribute."""
    if not info.context.may(RIGHTS[wanted["type"]]):
        raise Required("You have no permission to manage this type of attributes.")
    return attributes.make(given=wanted, **_types(wanted))


def _made(info: Info, wanted: list[dict[str, Any]], policy: str) -> list[Outcome]:
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic(durable=True):
            outcomes = [attempt(lambda one=one: _one_made(info, one)) for one in wanted]
            if policy == "REJECT_EVERYTHING" and any(one.problems for one in outcomes):
                raise Rejected
    except Rejected:
        return [Outcome(problems=one.problems) for one in outcomes]
    return outcomes


@mutation(needs=EITHER)
def attribute_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> Payload:
    attribute = _changeable(info, id=id, external_reference=external_reference)
    remove = ids.many(input.get("remove_values") or (), AttributeValue, field="removeValues")
    changed = attributes.update(attribute=attribute, given=input, remove=remove)
    if input.get("reference_types") is not None:
        attributes.points_to(attribute=attribute, **_types(input | {"entity_type": attribute.entity_type}))
    return {"attribute": changed}


@mutation(needs=EITHER)
def attribute_delete(info: Info, *, id: str | None = None, external_reference: str | None = None) -> Payload:
    attribute = _changeable(info, id=id, external_reference=external_reference)
    return {"attribute": gone(attribute, lambda: attributes.delete(attribute=attribute))}


@mutation(needs=(*EITHER, "MANAGE_PRODUCTS"))
def attribute_value_create(info: Info, *, attribute: str, input: dict[str, Any]) -> Payload:
    row = _changeable(info, "MANAGE_PRODUCTS", id=attribute, field="attribute")
    with transaction.atomic(durable=True):
        value = attributes.add_values(attribute=row, values=[input], field="name")[0]
    return {"attribute": row, "attribute_value": value}


@mutation(needs=EITHER)
def attribute_value_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> Payload:
    value = one_of(AttributeValue, id=id, external_reference=external_reference)
    _allow(info, value.attribute.type, "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES")
    return {
        "attribute_value": attributes.change_value(value=value, given=input),
        "attribute": value.attribute,
    }


@mutation(needs=EITHER)
def attribute_value_delete(
    info: Info, *, id: str | None = None, external_reference: str | None = None
) -> Payload:
    value = one_of(AttributeValue, id=id, external_reference=external_reference)
    attribute = value.attribute
    _allow(info, attribute.type, "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES")
    attributes.update(attribute=attribute, given={}, remove=[value])
    return {"attribute_value": value, "attribute": attribute}
