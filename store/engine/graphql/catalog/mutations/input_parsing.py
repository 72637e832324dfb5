"""Parsing of mutation inputs: global ids to rows, attribute values to AttributeValueInput."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from store.engine.catalog.attribute_assignment import AttributeValueInput
from store.engine.catalog.models import Attribute, Category, Collection, Page, Product, ProductVariant
from store.engine.errors import NotFound, OperationError
from store.engine.graphql import ids
from store.engine.graphql.channels.mutations import with_metadata_dicts
from store.engine.graphql.deletion import delete_and_return

Payload = dict[str, Any]
TARGETS: dict[str, Any] = {
    "PAGE": Page,
    "PRODUCT": Product,
    "PRODUCT_VARIANT": ProductVariant,
    "CATEGORY": Category,
    "COLLECTION": Collection,
}

__all__ = ["Payload", "delete_and_return", "find_one", "parse_attribute_values", "with_metadata_dicts"]


def parse_attribute_values(
    given: Sequence[Mapping[str, Any]] | None, type_attributes: Iterable[Attribute]
) -> list[AttributeValueInput]:
    """AttributeValueInputs of the API as those of the domain; `type_attributes` are those of the object's type.

    Raises OperationError (NotFound among them) for an attribute that the type hasn't or that is named twice.
    """
    by_pk = {str(attribute.pk): attribute for attribute in type_attributes}
    by_reference = {value.external_reference: value for value in by_pk.values() if value.external_reference}
    parsed, seen = [], set()
    for value in given or ():
        attribute = _attribute(value, by_pk, by_reference)
        if attribute.pk in seen:
            raise OperationError(
                "Attributes must not be named twice.",
                field="attributes",
                code="DUPLICATED_INPUT_ITEM",
                attributes=[attribute],
            )
        seen.add(attribute.pk)
        parsed.append(AttributeValueInput(attribute, _with_choice_pks(value), _references(value, attribute)))
    return parsed


def _attribute(given: Mapping[str, Any], by_pk: Any, by_reference: Any) -> Attribute:
    if given.get("id"):
        attribute = by_pk.get(ids.pk_of(given["id"], "Attribute", field="attributes"))
        name = f"ids = {{'{given['id']}'}}"
    elif given.get("external_reference"):
        attribute = by_reference.get(given["external_reference"])
        name = f"external references = {{'{given['external_reference']}'}}"
    else:
        raise OperationError("You must whether supply an ID or a slug", field="attributes", code="REQUIRED")
    if attribute is None:
        raise NotFound(f"Could not resolve to a node: {name}.", field="attributes")
    return attribute  # type: ignore[no-any-return]


def _with_choice_pks(given: Mapping[str, Any]) -> dict[str, Any]:
    """The value with the ids of its choices as primary keys."""
    parsed = dict(given)
    for name in ("dropdown", "swatch"):
        if parsed.get(name):
            parsed[name] = _choice_pk(parsed[name])
    if parsed.get("multiselect"):
        parsed["multiselect"] = [_choice_pk(choice) for choice in parsed["multiselect"]]
    return parsed


def _choice_pk(given: Mapping[str, Any]) -> dict[str, Any]:
    if not given.get("id"):
        return dict(given)
    return {**given, "id": ids.pk_of(given["id"], "AttributeValue", field="attributes")}


def _references(given: Mapping[str, Any], attribute: Attribute) -> Sequence[Any] | None:
    if not attribute.is_reference:
        return None
    references = given.get("references")
    if references is None:
        references = [given["reference"]] if given.get("reference") else (given.get("values") or [])
    rows = ids.get_rows(references, TARGETS[str(attribute.entity_type)], field="attributes")
    return list(dict.fromkeys(rows))


def find_one(
    model: Any,
    *,
    id: str | None = None,
    field: str = "id",
    types: tuple[str, ...] = (),
    **alternatives: str | None,
) -> Any:
    """The row that exactly one of id, SKU and external reference names; `types` as for `ids.get_row`.

    Raises OperationError unless exactly one is given, NotFound if there is no such row.
    """
    lookup = {name: value for name, value in alternatives.items() if value is not None}
    if (id is not None) + len(lookup) != 1:
        names = ", ".join(
            ["id", *("externalReference" if name == "external_reference" else name for name in alternatives)]
        )
        raise OperationError(
            f"Exactly one of these arguments is needed: {names}.", field=field, code="GRAPHQL_ERROR"
        )
    if id is not None:
        return ids.get_row(id, model, *types, field=field)
    row = model.objects.filter(**lookup).first()
    if row is None:
        name, value = next(iter(lookup.items()))
        raise NotFound(
            f"Couldn't resolve to a node: {value}",
            field="externalReference" if name == "external_reference" else name,
        )
    return row
