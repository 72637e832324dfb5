"""Attributes and values of many products, variants or pages, read in two statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import F

from store.engine.caching.invalidation import CachedValue, copy_row
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
from store.engine.graphql.batching import bind_siblings
from store.engine.graphql.registry import Info

COLUMNS = (
    "name",
    "slug",
    "value",
    "file_url",
    "content_type",
    "plain_text",
    "boolean",
    "date_time",
    "numeric",
    "external_reference",
    "reference_product_id",
    "reference_variant_id",
    "reference_page_id",
    "reference_category_id",
    "reference_collection_id",
)


class AssignedValue:
    """A value assigned to an object. Lighter than a model instance, since a list shows hundreds of them."""

    name: str
    slug: str
    plain_text: str | None
    rich_text: Any
    boolean: bool | None
    external_reference: str | None

    def __init__(self, pk: int, attribute: Attribute, columns: Iterable[Any]) -> None:
        self.pk = pk
        self.attribute = attribute
        self.__dict__.update(zip(COLUMNS, columns, strict=True))

    def __getattr__(self, name: str) -> Any:
        """Rich texts are long and seldom requested: read on first access, for all siblings at once."""
        if name != "rich_text":
            raise AttributeError(name)
        siblings = self.__dict__.get("_siblings") or [self]
        pks = [value.pk for value in siblings if value.attribute.input_type == "RICH_TEXT"]
        rich_texts = (
            dict(AttributeValue.objects.filter(pk__in=pks).values_list("pk", "rich_text")) if pks else {}
        )
        for value in siblings:
            value.__dict__["rich_text"] = rich_texts.get(value.pk)
        return self.__dict__["rich_text"]


class SelectedAttribute:
    """An attribute with the values that an object has of it: Saleor's SelectedAttribute."""

    def __init__(self, attribute: Attribute, values: list[AssignedValue], *, selection: bool = False) -> None:
        self.attribute, self.values, self.selection = attribute, values, selection


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
        model, owners, {attribute.pk: attribute for rows in by_type.values() for attribute, _ in rows}
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


def attributes_of_types(
    model: Any, type_ids: set[int], info: Info
) -> dict[int, list[tuple[Attribute, bool]]]:
    """Attributes of product or page types, each with its variantSelection, by type.

    The attributes are siblings of each other within a request.
    """
    table, _ = TYPE_TABLES[model]
    attributes: dict[int, Attribute] = info.context.get_or_set("attributes", _copy_attributes)
    assignments = _cached_assignments[table]()
    return {
        pk: [(attributes[attribute], selection) for attribute, selection in assignments.get(pk, ())]
        for pk in type_ids
    }


def _copy_attributes() -> dict[int, Attribute]:
    return {row.pk: row for row in bind_siblings(copy_row(row) for row in _cached_attributes())}


_cached_attributes = CachedValue(lambda: list(Attribute.objects.all()))


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
    model: Any, owners: Sequence[Any], attributes: dict[int, Attribute]
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
        value = AssignedValue(pk, attributes[attribute], columns)
        all_values.append(value)
        values[owner, attribute].append(value)
    bind_siblings(all_values)
    return values
