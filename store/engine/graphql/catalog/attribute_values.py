"""Attributes and values of many products, variants or pages, read in two statements."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F

from store.engine.caching.invalidation import CachedValue
from store.engine.catalog.attribute_assignment import ASSIGNMENT_TABLES
from store.engine.catalog.models import (
    Attribute,
    AttributePage,
    AttributeProduct,
    AttributeValue,
    AttributeVariant,
    Page,
    Product,
    ProductVariant,
)
from store.engine.graphql.batching import batched, bind_siblings
from store.engine.graphql.registry import Info


@dataclass(slots=True, eq=False)
class AssignedValue:
    """A value assigned to an object. Lighter than a model instance, since a list shows hundreds of them.

    Its `rich_text` is long and seldom requested: see the function of that name.
    """

    pk: int
    attribute: Attribute
    name: str
    slug: str
    value: str
    file_url: str
    content_type: str
    plain_text: str | None
    boolean: bool | None
    date_time: datetime | None
    numeric: float | None
    external_reference: str | None
    reference_product_id: int | None
    reference_variant_id: int | None
    reference_page_id: int | None
    reference_category_id: int | None
    reference_collection_id: int | None


COLUMNS = tuple(column.name for column in fields(AssignedValue))[2:]


@batched
def rich_text(values: list[AssignedValue], _info: Info) -> list[Any]:
    pks = [value.pk for value in values if value.attribute.input_type == "RICH_TEXT"]
    found = dict(AttributeValue.objects.filter(pk__in=pks).values_list("pk", "rich_text")) if pks else {}
    return [found.get(value.pk) for value in values]


@dataclass(slots=True, eq=False)
class SelectedAttribute:
    """An attribute with the values that an object has of it: Saleor's SelectedAttribute."""

    attribute: Attribute
    values: list[AssignedValue]
    selection: bool = False


TYPE_TABLES: dict[type[Any], tuple[Any, str]] = {
    Product: (AttributeProduct, "product_type_id"),
    ProductVariant: (AttributeVariant, "product_type_id"),
    Page: (AttributePage, "page_type_id"),
}
STAFF_PERMISSIONS = {
    Product: ("MANAGE_PRODUCTS", "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES"),
    ProductVariant: ("MANAGE_PRODUCTS", "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES"),
    Page: ("MANAGE_PAGES", "MANAGE_PAGE_TYPES_AND_ATTRIBUTES"),
}


def read_selected_attributes(
    owners: Sequence[Any], type_ids: Sequence[int], info: Info
) -> list[list[SelectedAttribute]]:
    """The attributes of each owner in the order of its type, including those without a value.

    `owners` are rows of one model, `type_ids` their product or page types. Customers get only attributes that are
    visible in the storefront.
    """
    model = type(owners[0])
    by_type = attributes_of_types(model, set(type_ids), info)
    values = _read_values(
        model, owners, {attribute.pk: attribute for rows in by_type.values() for attribute, _ in rows}, info
    )
    is_staff = info.context.has_permission(*STAFF_PERMISSIONS[model])
    return [
        [
            SelectedAttribute(attribute, values.get((owner.pk, attribute.pk), []), selection=selection)
            for attribute, selection in by_type.get(type_id, ())
            if is_staff or attribute.visible_in_storefront
        ]
        for owner, type_id in zip(owners, type_ids, strict=True)
    ]


def selected_attributes_by(
    type_ids: Callable[[Sequence[Any]], Sequence[int]],
) -> Callable[[Sequence[Any], Info], list[list[SelectedAttribute]]]:
    """A function (rows, info) that returns the attributes of each row, read once whichever field asks first.

    `type_ids` returns the product or page types of rows.
    """

    @batched
    def selected(rows: Sequence[Any], info: Info) -> list[list[SelectedAttribute]]:
        return read_selected_attributes(rows, type_ids(rows), info)

    return lambda rows, info: [selected(row, info) for row in rows]


def attributes_of_types(
    model: Any, type_ids: set[int], info: Info
) -> dict[int, list[tuple[Attribute, bool]]]:
    """Attributes of product or page types, each with its variantSelection, by type.

    The attributes are siblings of each other. They are cached and shared by all threads: read only.
    """
    table, _ = TYPE_TABLES[model]
    attributes: dict[int, Attribute] = info.context.get_or_set("attributes", lambda: _bound_attributes(info))
    assignments = _cached_assignments[table]()
    return {
        pk: [(attributes[attribute], selection) for attribute, selection in assignments.get(pk, ())]
        for pk in type_ids
    }


def _bound_attributes(info: Info) -> dict[int, Attribute]:
    attributes = _cached_attributes()
    bind_siblings(info, attributes.values())
    return attributes


_cached_attributes = CachedValue(lambda: {row.pk: row for row in Attribute.objects.all()})


def _read_assignments(table: Any, column: str) -> dict[int, list[tuple[int, bool]]]:
    """By type pk: attribute pks in order, each with its variantSelection."""
    assignments: dict[int, list[tuple[int, bool]]] = {}
    for row in table.objects.all():
        assignments.setdefault(getattr(row, column), []).append(
            (row.attribute_id, getattr(row, "variant_selection", False))
        )
    return assignments


_cached_assignments = {
    table: CachedValue(partial(_read_assignments, table, column)) for table, column in TYPE_TABLES.values()
}


def _read_values(
    model: Any, owners: Sequence[Any], attributes: dict[int, Attribute], info: Info
) -> dict[tuple[int, int], list[AssignedValue]]:
    table, link = ASSIGNMENT_TABLES[model]
    rows = table.objects.filter(
        **{f"{link}__in": [owner.pk for owner in owners]}, value__attribute__in=attributes
    )
    rows = rows.order_by(F("sort_order").asc(nulls_last=True), "pk")
    values: dict[tuple[int, int], list[AssignedValue]] = defaultdict(list)
    all_values: list[AssignedValue] = []
    for owner, pk, attribute, *columns in rows.values_list(
        f"{link}_id", "value_id", "value__attribute_id", *(f"value__{column}" for column in COLUMNS)
    ):
        value = AssignedValue(pk, attributes[attribute], *columns)
        all_values.append(value)
        values[owner, attribute].append(value)
    bind_siblings(info, all_values)
    return values
