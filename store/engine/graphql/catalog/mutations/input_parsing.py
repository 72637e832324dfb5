"""Reading inputs: ids to rows, attribute values to wishes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from store.engine.catalog.attribute_assignment import Wish
from store.engine.catalog.models import Attribute, Category, Collection, Page, Product, ProductVariant
from store.engine.errors import NotFound, Refusal
from store.engine.graphql import ids
from store.engine.graphql.channels.mutations import plain

Payload = dict[str, Any]
TARGETS: dict[str, Any] = {
    "PAGE": Page,
    "PRODUCT": Product,
    "PRODUCT_VARIANT": ProductVariant,
    "CATEGORY": Category,
    "COLLECTION": Collection,
}

__all__ = ["Payload", "gone", "one_of", "plain", "wishes"]


def wishes(given: Sequence[Mapping[str, Any]] | None, known: Iterable[Attribute]) -> list[Wish]:
    """AttributeValueInput rows; `known` are the attributes that the type has. Raises Refusal for others."""
    by_pk = {str(one.pk): one for one in known}
    by_reference = {one.external_reference: one for one in by_pk.values() if one.external_reference}
    found, seen = [], set()
    for one in given or ():
        attribute = _attribute(one, by_pk, by_reference)
        if attribute.pk in seen:
            raise Refusal(
                "Attributes must not be named twice.",
                field="attributes",
                code="DUPLICATED_INPUT_ITEM",
                attributes=[attribute],
            )
        seen.add(attribute.pk)
        found.append(Wish(attribute, _choices(one), _references(one, attribute)))
    return found


def _attribute(given: Mapping[str, Any], by_pk: Any, by_reference: Any) -> Attribute:
    if given.get("id"):
        attribute = by_pk.get(ids.pk_of(given["id"], "Attribute", field="attributes"))
        name = f"ids = {{'{given['id']}'}}"
    elif given.get("external_reference"):
        attribute = by_reference.get(given["external_reference"])
        name = f"external references = {{'{given['external_reference']}'}}"
    else:
        raise Refusal("You must whether supply an ID or a slug", field="attributes", code="REQUIRED")
    if attribute is None:
        raise NotFound(f"Could not resolve to a node: {name}.", field="attributes")
    return attribute  # type: ignore[no-any-return]


def _choices(given: Mapping[str, Any]) -> dict[str, Any]:
    """Ids of choices as primary keys."""
    found = dict(given)
    for name in ("dropdown", "swatch"):
        if found.get(name):
            found[name] = _choice(found[name])
    if found.get("multiselect"):
        found["multiselect"] = [_choice(one) for one in found["multiselect"]]
    return found


def _choice(given: Mapping[str, Any]) -> dict[str, Any]:
    if not given.get("id"):
        return dict(given)
    return {**given, "id": ids.pk_of(given["id"], "AttributeValue", field="attributes")}


def _references(given: Mapping[str, Any], attribute: Attribute) -> Sequence[Any] | None:
    if not attribute.is_reference:
        return None
    wanted = given.get("references")
    if wanted is None:
        wanted = [given["reference"]] if given.get("reference") else (given.get("values") or [])
    rows = ids.many(wanted, TARGETS[str(attribute.entity_type)], field="attributes")
    return list(dict.fromkeys(rows))


def one_of(model: Any, *, id: str | None = None, field: str = "id", **named: str | None) -> Any:
    """The row that an id, SKU or external reference names: exactly one of them."""
    said = {name: value for name, value in named.items() if value is not None}
    if (id is not None) + len(said) != 1:
        names = ", ".join(
            ["id", *("externalReference" if one == "external_reference" else one for one in named)]
        )
        raise Refusal(
            f"Exactly one of these arguments is needed: {names}.", field=field, code="GRAPHQL_ERROR"
        )
    if id is not None:
        return ids.one(id, model, field=field)
    row = model.objects.filter(**said).first()
    if row is None:
        name, value = next(iter(said.items()))
        raise NotFound(
            f"Couldn't resolve to a node: {value}",
            field="externalReference" if name == "external_reference" else name,
        )
    return row


def gone(row: Any, operation: Any) -> Any:
    """Run a deletion and give the row back as it was, with the primary key that Django takes away."""
    pk = row.pk
    operation()
    row.pk = pk
    return row
