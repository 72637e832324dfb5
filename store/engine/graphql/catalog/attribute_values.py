"""Attributes and values of many products, variants or pages, in two statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import F

from store.engine.caching.invalidation import Kept, fresh
from store.engine.catalog.attribute_assignment import TABLES
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
from store.engine.graphql.batching import bind
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


class Value:
    """A value that something has. Lighter than a row of the table, since a list shows hundreds of them."""

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
        """Rich texts are long and rare: read when one is asked for, then for all siblings at once."""
        if name != "rich_text":
            raise AttributeError(name)
        peers = self.__dict__.get("_peers") or [self]
        pks = [one.pk for one in peers if one.attribute.input_type == "RICH_TEXT"]
        found = dict(AttributeValue.objects.filter(pk__in=pks).values_list("pk", "rich_text")) if pks else {}
        for one in peers:
            one.__dict__["rich_text"] = found.get(one.pk)
        return self.__dict__["rich_text"]


class Selected:
    """An attribute with what something has of it: Saleor's SelectedAttribute."""

    def __init__(self, attribute: Attribute, values: list[Value], *, selection: bool = False) -> None:
        self.attribute, self.values, self.selection = attribute, values, selection


TYPES: dict[type[Any], tuple[Any, str]] = {
    Product: (AttributeProduct, "product_type_id"),
    ProductVariant: (AttributeVariant, "product_type_id"),
    Page: (AttributePage, "page_type_id"),
}
HIDDEN_FROM = {
    Product: ("MANAGE_PRODUCTS", "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES"),
    ProductVariant: ("MANAGE_PRODUCTS", "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES"),
    Page: ("MANAGE_PAGES", "MANAGE_PAGE_TYPES_AND_ATTRIBUTES"),
}


def selected(owners: Sequence[Any], type_ids: Sequence[int], info: Info) -> list[list[Selected]]:
    """Everything that is said about each owner, in its type's order; attributes without a value included.

    `type_ids` are the owners' product or page types. Shoppers see what is visible in the storefront.
    """
    model = type(owners[0])
    by_type = attributes_of_types(model, set(type_ids), info)
    values = _values(model, owners, {one.pk: one for rows in by_type.values() for one, _ in rows})
    staff = info.context.may(*HIDDEN_FROM[model])
    return [
        [
            Selected(attribute, values.get((owner.pk, attribute.pk), []), selection=selection)
            for attribute, selection in by_type.get(type_id, ())
            if staff or attribute.visible_in_storefront
        ]
        for owner, type_id in zip(owners, type_ids, strict=True)
    ]


def attributes_of_types(
    model: Any, type_ids: set[int], info: Info
) -> dict[int, list[tuple[Attribute, bool]]]:
    """Attributes of product or page types with their variantSelection; siblings of each other in a request."""
    table, _ = TYPES[model]
    own: dict[int, Attribute] = info.context.once("attributes", _own_attributes)
    every = _assignments[table]()
    return {
        pk: [(own[attribute], selection) for attribute, selection in every.get(pk, ())] for pk in type_ids
    }


def _own_attributes() -> dict[int, Attribute]:
    return {row.pk: row for row in bind(fresh(row) for row in _attributes())}


_attributes = Kept(lambda: list(Attribute.objects.all()))


def _read_assignments(table: Any, column: str) -> dict[int, list[tuple[int, bool]]]:
    """By type: its attributes in order, each with variantSelection."""
    found: dict[int, list[tuple[int, bool]]] = {}
    for row in table.objects.all():
        found.setdefault(getattr(row, column), []).append(
            (row.attribute_id, getattr(row, "variant_selection", False))
        )
    return found


_assignments = {table: Kept(partial(_read_assignments, table, column)) for table, column in TYPES.values()}


def _values(
    model: Any, owners: Sequence[Any], attributes: dict[int, Attribute]
) -> dict[tuple[int, int], list[Value]]:
    table, link = TABLES[model]
    rows = table.objects.filter(
        **{f"{link}__in": [one.pk for one in owners]}, value__attribute__in=attributes
    )
    rows = rows.order_by(F("sort_order").asc(nulls_last=True), "pk")
    found: dict[tuple[int, int], list[Value]] = defaultdict(list)
    everything: list[Value] = []
    for owner, pk, attribute, *columns in rows.values_list(
        f"{link}_id", "value_id", "value__attribute_id", *(f"value__{one}" for one in COLUMNS)
    ):
        value = Value(pk, attributes[attribute], columns)
        everything.append(value)
        found[owner, attribute].append(value)
    bind(everything)
    return found
