"""Form fields for the attributes of a product or a variant: one for each, by its input type."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
)

from store.engine.admin.rich_text_field import RichTextField
from store.engine.admin.stock_forms import text
from store.engine.catalog.attribute_assignment import AttributeValueInput
from store.engine.catalog.models import (
    Attribute,
    AttributeValue,
    Category,
    Collection,
    Page,
    Product,
    ProductVariant,
)
from store.saleor.markdown_rich_text import NotEditable, to_markdown

ENTITIES: Mapping[str, Any] = {
    "PAGE": Page.objects.order_by("title"),
    "PRODUCT": Product.objects.order_by("name"),
    "PRODUCT_VARIANT": ProductVariant.objects.order_by("sku"),
    "CATEGORY": Category.objects.order_by("name"),
    "COLLECTION": Collection.objects.order_by("name"),
}
REFERENCES = {
    "PAGE": "reference_page",
    "PRODUCT": "reference_product",
    "PRODUCT_VARIANT": "reference_variant",
    "CATEGORY": "reference_category",
    "COLLECTION": "reference_collection",
}
PREFIX = "attribute-"


@dataclass(frozen=True, slots=True)
class AttributeField:
    """The attribute with its form field; `initial` is its value as the form shows it."""

    attribute: Attribute
    field: forms.Field
    initial: Any = None

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.attribute.slug}"


def attribute_fields(
    attributes: Iterable[Attribute], values: Sequence[AttributeValue] = ()
) -> list[AttributeField]:
    """A field for each attribute that can be edited in a form; files, dates and swatches of their own are left out."""
    by_attribute: dict[int, list[AttributeValue]] = {}
    for value in values:
        by_attribute.setdefault(value.attribute_id, []).append(value)
    found = []
    for attribute in attributes:
        own = by_attribute.get(attribute.pk, [])
        try:
            field, initial = _field(attribute, own)
        except NotEditable:
            continue
        if field is not None:
            field.label = f"{attribute.name}{f' ({attribute.unit.lower()})' if attribute.unit else ''}"
            field.required = attribute.value_required and attribute.input_type != "BOOLEAN"
            found.append(AttributeField(attribute, field, initial))
    return found


def value_inputs(fields: Iterable[AttributeField], cleaned: Mapping[str, Any]) -> list[AttributeValueInput]:
    """What the form says, as the operations take it."""
    return [_value_input(one.attribute, cleaned.get(one.name)) for one in fields]


def _field(attribute: Attribute, values: Sequence[AttributeValue]) -> tuple[forms.Field | None, Any]:
    if attribute.with_choices:
        return _choice_field(attribute, values)
    if attribute.is_reference:
        return _reference_field(attribute, values) if attribute.entity_type in ENTITIES else (None, None)
    return _value_field(attribute, values[0] if values else None)


def _choice_field(attribute: Attribute, values: Sequence[AttributeValue]) -> tuple[forms.Field, Any]:
    names = [(value.name, value.name) for value in attribute.values.all()]
    chosen = [value.name for value in values]
    if attribute.input_type == "MULTISELECT":
        chosen_first = sorted(names, key=lambda name: name[0] not in chosen)
        return forms.MultipleChoiceField(
            choices=chosen_first, widget=UnfoldAdminCheckboxSelectMultipleWidget
        ), chosen
    field = forms.ChoiceField(choices=[("", "—"), *names], widget=UnfoldAdminSelectWidget)
    return field, chosen[0] if chosen else ""


def _value_field(attribute: Attribute, value: AttributeValue | None) -> tuple[forms.Field | None, Any]:
    field: forms.Field | None = None
    initial: Any = None
    match attribute.input_type:
        case "BOOLEAN":
            choices = [("", "not said"), ("1", "yes"), ("0", "no")]
            field = forms.ChoiceField(choices=choices, widget=UnfoldAdminSelectWidget)
            initial = "" if value is None or value.boolean is None else str(int(value.boolean))
        case "NUMERIC":
            field = text("")
            initial = "" if value is None or value.numeric is None else f"{value.numeric:g}"
        case "PLAIN_TEXT":
            initial = (value.plain_text or "") if value else ""
            widget = UnfoldAdminTextareaWidget(
                attrs={"rows": initial.count("\n") + 1}
            )  # the style lets it grow
            field = forms.CharField(widget=widget, max_length=5000)
        case "RICH_TEXT":
            field, initial = RichTextField(), to_markdown(value.rich_text if value else None)
    return field, initial


def _reference_field(
    attribute: Attribute, values: Sequence[AttributeValue]
) -> tuple[forms.Field, list[int] | int | None]:
    rows = ENTITIES[attribute.entity_type or ""].all()
    if attribute.entity_type == "PAGE" and (types := list(attribute.reference_page_types.all())):
        rows = rows.filter(page_type__in=types)
    column = REFERENCES[attribute.entity_type or ""]
    chosen = [getattr(value, f"{column}_id") for value in values]
    if attribute.input_type == "SINGLE_REFERENCE":
        field = forms.ModelChoiceField(rows, widget=UnfoldAdminSelectWidget)
        return field, chosen[0] if chosen else None
    return forms.ModelMultipleChoiceField(
        _chosen_first(rows, chosen), widget=UnfoldAdminCheckboxSelectMultipleWidget
    ), chosen


def _chosen_first(rows: QuerySet[Any], chosen: Sequence[int]) -> QuerySet[Any]:
    """In their own order, those that are ticked before the others: a long list scrolls."""
    return rows.order_by(Case(When(pk__in=chosen, then=Value(0)), default=Value(1)), *rows.query.order_by)


def _value_input(attribute: Attribute, value: Any) -> AttributeValueInput:
    if attribute.is_reference:
        rows = [value] if attribute.input_type == "SINGLE_REFERENCE" and value else list(value or [])
        return AttributeValueInput(attribute, {}, references=rows)
    given: dict[str, Any]
    match attribute.input_type:
        case "DROPDOWN" | "SWATCH":
            given = {"values": [value] if value else []}
        case "MULTISELECT":
            given = {"values": list(value or [])}
        case "BOOLEAN":
            given = {"boolean": {"1": True, "0": False}.get(value)}
        case "NUMERIC":
            given = {"numeric": str(value or "").replace(",", ".")}
        case "RICH_TEXT":
            given = {"rich_text": value}
        case _:
            given = {"plain_text": value or ""}
    return AttributeValueInput(attribute, given)
