"""Assigning attribute values to a product, a variant or a page.

Choices are found by id, external reference or name, and created if they are new; for every other input type the owner
has a value (AttributeValue) of its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Max

from store.engine.catalog.attributes import choice_slug
from store.engine.catalog.editorjs import clean_rich_text, plain_text
from store.engine.catalog.models import (
    AssignedPageAttributeValue,
    AssignedProductAttributeValue,
    AssignedVariantAttributeValue,
    Attribute,
    AttributeValue,
    Page,
    Product,
    ProductVariant,
)
from store.engine.channels.validation import object_label
from store.engine.channels.wording import check_words
from store.engine.errors import NotFound, OperationError, OperationErrors

Owner = Product | ProductVariant | Page

ASSIGNMENT_TABLES: dict[type[Owner], tuple[Any, str]] = {
    Product: (AssignedProductAttributeValue, "product"),
    ProductVariant: (AssignedVariantAttributeValue, "variant"),
    Page: (AssignedPageAttributeValue, "page"),
}
REFERENCE_COLUMNS = {
    "PAGE": ("reference_page", "title"),
    "PRODUCT": ("reference_product", "name"),
    "PRODUCT_VARIANT": ("reference_variant", "name"),
    "CATEGORY": ("reference_category", "name"),
    "COLLECTION": ("reference_collection", "name"),
}


@dataclass(frozen=True, slots=True)
class AttributeValueInput:
    """The values for one attribute: `given` is the API's AttributeValueInput in snake_case; `references` are the rows
    it refers to, None when the input has no references."""

    attribute: Attribute
    given: Mapping[str, Any]
    references: Sequence[Any] | None = None


def validate_attribute_values(
    attribute_values: Sequence[AttributeValueInput], *, required: Iterable[Attribute] = ()
) -> None:
    """Validate inputs before anything is written. `required`: attributes that must have a value if they require one.

    Raises OperationErrors.
    """
    errors = [error for value_input in attribute_values for error in _input_errors(value_input)]
    given_pks = {value_input.attribute.pk for value_input in attribute_values if not _is_empty(value_input)}
    if missing := [
        attribute for attribute in required if attribute.value_required and attribute.pk not in given_pks
    ]:
        errors.append(
            OperationError(
                "All attributes flagged as requiring a value must be supplied.",
                field="attributes",
                code="REQUIRED",
                attributes=missing,
            )
        )
    if errors:
        raise OperationErrors(errors)


def _input_errors(value_input: AttributeValueInput) -> Iterable[OperationError]:
    attribute, given = value_input.attribute, value_input.given
    context: dict[str, Any] = {"field": "attributes", "attributes": [attribute]}
    if attribute.value_required and _is_empty(value_input):
        yield OperationError("Attribute expects a value.", code="REQUIRED", **context)
    if attribute.input_type in ("DROPDOWN", "SWATCH") and len(given.get("values") or ()) > 1:
        yield OperationError("Attribute must take only one value.", **context)
    if attribute.input_type == "SINGLE_REFERENCE" and len(value_input.references or ()) > 1:
        yield OperationError("Attribute must take only one value.", **context)
    if value_input.references and _references_wrong_type(value_input):
        yield OperationError("A reference is not of a type that the attribute may point to.", **context)
    if (
        attribute.input_type == "NUMERIC"
        and not _is_empty(value_input)
        and _parse_float(_field_value(value_input, "numeric")) is None
    ):
        yield OperationError("Numeric value is required.", **context)
    for choice in _choice_inputs(given):
        if len(choice.get("value") or "") > 250:
            yield OperationError("Attribute value length is exceeded.", **context)


def _references_wrong_type(value_input: AttributeValueInput) -> bool:
    """Whether a row is not of the product or page types that the attribute refers to; without any it refers to all."""
    attribute, rows = value_input.attribute, value_input.references or ()
    types: Any
    match attribute.entity_type:
        case "PRODUCT":
            types, row_types = attribute.reference_product_types, {row.product_type_id for row in rows}
        case "PRODUCT_VARIANT":
            types, row_types = (
                attribute.reference_product_types,
                {row.product.product_type_id for row in rows},
            )
        case "PAGE":
            types, row_types = attribute.reference_page_types, {row.page_type_id for row in rows}
        case _:
            return False
    allowed = set(types.values_list("pk", flat=True))
    return bool(allowed) and not allowed.issuperset(row_types)


def _choice_inputs(given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    single = [given[name] for name in ("dropdown", "swatch") if given.get(name)]
    names = given.get("values") or ()
    return [*single, *(given.get("multiselect") or ()), *({"value": name} for name in names)]


def _is_empty(value_input: AttributeValueInput) -> bool:
    given = value_input.given
    input_type = value_input.attribute.input_type
    if value_input.attribute.with_choices:
        return not any(
            choice.get(key)
            for choice in _choice_inputs(given)
            for key in ("id", "external_reference", "value")
        )
    if value_input.attribute.is_reference:
        return not value_input.references
    if input_type == "BOOLEAN":
        return given.get("boolean") is None
    return _field_value(value_input, _INPUT_FIELDS[input_type]) in (None, "")


_INPUT_FIELDS = {
    "NUMERIC": "numeric",
    "PLAIN_TEXT": "plain_text",
    "RICH_TEXT": "rich_text",
    "DATE": "date",
    "DATE_TIME": "date_time",
    "FILE": "file",
    "BOOLEAN": "boolean",
}


def _field_value(value_input: AttributeValueInput, name: str) -> Any:
    """The input field of this name, else the first of the deprecated `values`."""
    value = value_input.given.get(name)
    return value if value is not None else next(iter(value_input.given.get("values") or ()), None)


def _parse_float(text: Any) -> float | None:
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def assign_attribute_values(*, owner: Owner, attribute_values: Sequence[AttributeValueInput]) -> None:
    """Replace the owner's values of the attributes in the input, inside the caller's transaction and after
    `validate_attribute_values`. Raises NotFound for an unknown choice, OperationErrors for a claim in a text."""
    table, link = ASSIGNMENT_TABLES[type(owner)]
    for value_input in attribute_values:
        texts = _shopper_texts(value_input)
        check_words(texts, of=object_label(owner), field="attributes", attributes=[value_input.attribute])
        values = (
            []
            if _is_empty(value_input)
            else VALUE_BUILDERS.get(value_input.attribute.input_type, _owned_values)(owner, value_input)
        )
        _write_assignments(owner, value_input.attribute, values, table, link)


def _shopper_texts(value_input: AttributeValueInput) -> Mapping[str, Any]:
    """The words of a value_input: a text of its own, or the names of choices."""
    if value_input.attribute.with_choices:
        return {"name": [choice.get("value") for choice in _choice_inputs(value_input.given)]}
    name = _INPUT_FIELDS.get(value_input.attribute.input_type, "")
    return {name: _field_value(value_input, name)} if name in ("plain_text", "rich_text") else {}


def _write_assignments(
    owner: Owner, attribute: Attribute, values: Sequence[AttributeValue], table: Any, link: str
) -> None:
    rows = {row.value_id: row for row in table.objects.filter(**{link: owner, "value__attribute": attribute})}
    pks = [value.pk for value in values]
    if removed := [row for pk, row in rows.items() if pk not in pks]:
        table.objects.filter(pk__in=[row.pk for row in removed]).delete()
        if not attribute.with_choices and attribute.input_type != "BOOLEAN":
            AttributeValue.objects.filter(pk__in=[row.value_id for row in removed]).delete()
    for position, value in enumerate(values):
        if value.pk not in rows:
            table.objects.create(**{link: owner, "value": value, "sort_order": position})
        elif rows[value.pk].sort_order != position:
            table.objects.filter(pk=rows[value.pk].pk).update(sort_order=position)


# --- a value for each input type ----------------------------------------------------------------------
def _choice_values(owner: Owner, value_input: AttributeValueInput) -> list[AttributeValue]:
    return list(
        dict.fromkeys(
            _find_or_create_choice(value_input.attribute, choice)
            for choice in _choice_inputs(value_input.given)
        )
    )


def _find_or_create_choice(attribute: Attribute, given: Mapping[str, Any]) -> AttributeValue:
    """Found by pk, external reference, name or slug; a new name creates a choice. Raises NotFound for an unknown pk."""
    rows = AttributeValue.objects.filter(attribute=attribute)
    name = (given.get("value") or "").strip()
    if given.get("id"):
        choice = rows.filter(pk=given["id"]).first()
        if choice is None:
            raise NotFound(
                "The value does not belong to this attribute.", field="attributes", attributes=[attribute]
            )
        return choice
    reference = given.get("external_reference")
    if reference and (choice := rows.filter(external_reference=reference).first()):
        return choice
    if choice := rows.filter(name=name).first() or rows.filter(slug=name).first():
        return choice
    last = rows.aggregate(last=Max("sort_order"))["last"]
    return AttributeValue.objects.create(
        attribute=attribute,
        name=name,
        slug=choice_slug(attribute, name),
        external_reference=reference,
        sort_order=0 if last is None else last + 1,
    )


def _boolean_values(owner: Owner, value_input: AttributeValueInput) -> list[AttributeValue]:
    given = value_input.given.get("boolean")
    attribute, checked = value_input.attribute, bool(given)
    value, _ = AttributeValue.objects.get_or_create(
        attribute=attribute,
        slug=f"{attribute.pk}_{str(checked).lower()}",
        defaults={"name": f"{attribute.name}: {'Yes' if checked else 'No'}", "boolean": checked},
    )
    return [value]


def _reference_values(owner: Owner, value_input: AttributeValueInput) -> list[AttributeValue]:
    column, title = REFERENCE_COLUMNS[str(value_input.attribute.entity_type)]
    return [
        _upsert_value(
            value_input.attribute,
            f"{_slug_prefix(owner)}{owner.pk}_{target.pk}",
            {"name": str(getattr(target, title))[:250], f"{column}_id": target.pk},
        )
        for target in value_input.references or ()
    ]


def _slug_prefix(owner: Owner) -> str:
    """Products and variants can share an attribute; the prefix keeps the slugs of their values distinct."""
    return "variant-" if isinstance(owner, ProductVariant) else ""


def _owned_values(owner: Owner, value_input: AttributeValueInput) -> list[AttributeValue]:
    input_type = value_input.attribute.input_type
    value = _field_value(value_input, _INPUT_FIELDS[input_type])
    columns = VALUE_COLUMNS[input_type](value, value_input.given)
    slug = f"{type(owner).__name__.lower()}-{owner.pk}_{value_input.attribute.pk}"
    return [_upsert_value(value_input.attribute, slug, columns)]


def _upsert_value(attribute: Attribute, slug: str, columns: Mapping[str, Any]) -> AttributeValue:
    value, _ = AttributeValue.objects.update_or_create(attribute=attribute, slug=slug, defaults=dict(columns))
    return value


def _rich_text_columns(value: Any, _given: Mapping[str, Any]) -> dict[str, Any]:
    content = clean_rich_text(value, field="attributes")
    return {"rich_text": content, "name": plain_text(content)[:250]}


def _date_columns(value: Any, _given: Mapping[str, Any]) -> dict[str, Any]:
    day = value if isinstance(value, date) else date.fromisoformat(str(value))
    return {"date_time": datetime.combine(day, time(0), tzinfo=UTC), "name": str(day)}


def _date_time_columns(value: Any, _given: Mapping[str, Any]) -> dict[str, Any]:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return {"date_time": moment, "name": str(moment)}


VALUE_COLUMNS: dict[str, Callable[[Any, Mapping[str, Any]], dict[str, Any]]] = {
    "NUMERIC": lambda value, _: {"numeric": _parse_float(value), "name": str(value)},
    "PLAIN_TEXT": lambda value, _: {"plain_text": value, "name": str(value)[:250]},
    "RICH_TEXT": _rich_text_columns,
    "DATE": _date_columns,
    "DATE_TIME": _date_time_columns,
    "FILE": lambda value, given: {
        "file_url": value,
        "content_type": given.get("content_type"),
        "name": str(value).rsplit("/", 1)[-1][:250],
    },
}
VALUE_BUILDERS: dict[str, Callable[[Owner, AttributeValueInput], list[AttributeValue]]] = {
    "DROPDOWN": _choice_values,
    "SWATCH": _choice_values,
    "MULTISELECT": _choice_values,
    "BOOLEAN": _boolean_values,
    "REFERENCE": _reference_values,
    "SINGLE_REFERENCE": _reference_values,
}
