"""GraphQL types and queries of attributes, their choices and their values."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from store.engine.catalog import visibility
from store.engine.catalog.models import Attribute as AttributeRow
from store.engine.catalog.models import (
    AttributeProduct,
    AttributeVariant,
    Category,
    Collection,
    Product,
)
from store.engine.catalog.models import AttributeValue as ValueRow
from store.engine.graphql import ids
from store.engine.graphql.batched_lists import connect_each, connect_groups
from store.engine.graphql.batching import batched
from store.engine.graphql.catalog.attribute_values import AssignedValue, rich_text
from store.engine.graphql.catalog.attribute_values import SelectedAttribute as SelectedAttributeRow
from store.engine.graphql.catalog.images import media_url
from store.engine.graphql.channels.request_channel import channel_of
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import (
    Condition,
    ListArguments,
    equal_to,
    has_metadata,
    ids_in,
    matching,
    one_of,
)
from store.engine.graphql.plain_values import File
from store.engine.graphql.registry import Info, SaleorType, query, restrict_fields

REFERENCE_TYPES = {
    "reference_page_id": "Page",
    "reference_product_id": "Product",
    "reference_variant_id": "ProductVariant",
    "reference_category_id": "Category",
    "reference_collection_id": "Collection",
}
CHOICE_INPUT_TYPES = ("DROPDOWN", "MULTISELECT", "SWATCH")
STAFF_PERMISSIONS = (
    "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",
    "MANAGE_PAGE_TYPES_AND_ATTRIBUTES",
    "MANAGE_PRODUCTS",
    "MANAGE_PAGES",
)


STAFF_FIELDS = (
    "value_required",
    "visible_in_storefront",
    "filterable_in_storefront",
    "available_in_grid",
    "storefront_search_position",
    "is_variant_only",
)


@restrict_fields(
    "MANAGE_PAGES",
    "MANAGE_PAGE_TYPES_AND_ATTRIBUTES",
    "MANAGE_PRODUCTS",
    "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",
    fields=STAFF_FIELDS,
)
class Attribute(SaleorType, model=AttributeRow):
    translation = staticmethod(translation_of("Attribute"))

    @staticmethod
    @batched
    def choices(
        rows: list[AttributeRow],
        _info: Info,
        *,
        sort_by: dict[str, Any] | None = None,
        search: str | None = None,
        filter: dict[str, Any] | None = None,
        where: dict[str, Any] | None = None,
        **paging: Any,
    ) -> list[Connection]:
        """Values to choose from. Numbers, texts and references belong to one object and aren't choices."""
        values = ValueRow.objects.filter(attribute__input_type__in=CHOICE_INPUT_TYPES).select_related(
            "attribute"
        )
        values = CHOICES.filtered(values.filter(CHOICES.where(where)), filter)
        values = CHOICES.filtered(values, {"search": search})
        return connect_each(
            values, rows, parent_field="attribute_id", order=_order(sort_by, "sort_order"), **paging
        )


def _order(sort_by: dict[str, Any] | None, default: str) -> tuple[str, ...]:
    if not sort_by:
        return (default, "pk")
    minus = "-" if sort_by["direction"] == "DESC" else ""
    return (f"{minus}{sort_by['field'].lower()}", f"{minus}pk")


class AttributeValue(SaleorType, model=(ValueRow, AssignedValue)):
    translation = staticmethod(translation_of("AttributeValue"))

    @staticmethod
    def input_type(root: Any, _info: Info) -> str:
        return str(root.attribute.input_type)

    @staticmethod
    def value(root: Any, _info: Info) -> str:
        return root.value or ""

    @staticmethod
    def rich_text(root: Any, info: Info) -> Any:
        return rich_text(root, info) if isinstance(root, AssignedValue) else root.rich_text

    @staticmethod
    def reference(root: Any, _info: Info) -> str | None:
        for column, type_name in REFERENCE_TYPES.items():
            if pk := getattr(root, column):
                return ids.to_global_id(type_name, pk)
        return None

    @staticmethod
    def file(root: Any, _info: Info) -> File | None:
        return file_of(root)

    @staticmethod
    def date(root: Any, _info: Info) -> date | None:
        return root.date_time.date() if root.attribute.input_type == "DATE" and root.date_time else None

    @staticmethod
    def date_time(root: Any, _info: Info) -> datetime | None:
        return root.date_time if root.attribute.input_type == "DATE_TIME" else None


def file_of(value: Any) -> File | None:
    """Saleor's File for a value that has one, else None."""
    if not value.file_url:
        return None
    path = str(value.file_url)
    return {
        "url": path if re.match(r"https?://", path) else media_url(path),
        "content_type": value.content_type,
    }


class SelectedAttribute(SaleorType, model=SelectedAttributeRow):
    pass


@query
def attributes(info: Info, **arguments: Any) -> Connection:
    rows = (
        AttributeRow.objects.all()
        if info.context.has_permission(*STAFF_PERMISSIONS)
        else _visible_in_storefront()
    )
    return attribute_list(info, rows, **arguments)


def attribute_list(
    info: Info,
    rows: QuerySet[AttributeRow],
    *,
    where: dict[str, Any] | None = None,
    filter: dict[str, Any] | None = None,
    search: str | None = None,
    sort_by: dict[str, Any] | None = None,
    channel: str | None = None,
    **paging: Any,
) -> Connection:
    """The attributes among `rows` that meet the arguments."""
    chosen, order = _choose(info, rows, where, filter, search, sort_by, channel)
    return connect(chosen, order=order, **paging)


def attribute_lists_without(
    info: Info,
    rows: QuerySet[AttributeRow],
    taken: Sequence[set[int]],
    *,
    where: dict[str, Any] | None = None,
    filter: dict[str, Any] | None = None,
    search: str | None = None,
    sort_by: dict[str, Any] | None = None,
    channel: str | None = None,
    **paging: Any,
) -> list[Connection]:
    """For each set of primary keys a list of the attributes among `rows` that are not in it; one statement for all."""
    chosen, order = _choose(info, rows, where, filter, search, sort_by, channel)
    if len(taken) == 1 or paging.get("first") is None or paging.get("after") or paging.get("before"):
        return [connect(chosen.exclude(pk__in=pks), order=order, **paging) for pks in taken]
    candidates = list(chosen.order_by(*order, "pk"))
    groups = [[row for row in candidates if row.pk not in pks] for pks in taken]
    return connect_groups(groups, order=order, **paging)


def _choose(
    info: Info,
    rows: QuerySet[AttributeRow],
    where: dict[str, Any] | None,
    filter: dict[str, Any] | None,
    search: str | None,
    sort_by: dict[str, Any] | None,
    channel: str | None,
) -> tuple[QuerySet[AttributeRow], tuple[str, ...]]:
    given = dict(filter or {})
    older = given.pop("channel", None)
    channel = channel or older
    arguments = ListArguments(("name", "slug"), _columns(info, channel), ATTRIBUTE_SORT)
    rows = arguments.filtered(rows.filter(arguments.where(where)), given)
    rows = arguments.filtered(rows, {"search": search})
    return rows, tuple(arguments.order(sort_by, default=("storefront_search_position", "slug")))


@query
def attribute(
    info: Info, *, id: str | None = None, slug: str | None = None, external_reference: str | None = None
) -> AttributeRow | None:
    rows = (
        AttributeRow.objects.all()
        if info.context.has_permission(*STAFF_PERMISSIONS)
        else _visible_in_storefront()
    )
    if id is not None:
        return ids.find_row(id, rows)
    lookup = {"slug": slug} if slug is not None else {"external_reference": external_reference}
    return rows.filter(**lookup).first()


def _visible_in_storefront() -> Any:
    return AttributeRow.objects.filter(visible_in_storefront=True)


def _columns(info: Info, channel: str | None) -> dict[str, Condition]:
    """The conditions of AttributeWhereInput and of the older AttributeFilterInput."""
    return {
        "ids": ids_in("pk", AttributeRow),
        "name": matching("name"),
        "slug": matching("slug"),
        "slugs": one_of("slug"),
        "metadata": has_metadata,
        "with_choices": lambda given: _either(given, Q(input_type__in=CHOICE_INPUT_TYPES)),
        "input_type": matching("input_type"),
        "entity_type": matching("entity_type"),
        "type": lambda given: matching("type")(given) if isinstance(given, dict) else Q(type=given),
        "unit": matching("unit"),
        "value_required": equal_to("value_required"),
        "is_variant_only": equal_to("is_variant_only"),
        "visible_in_storefront": equal_to("visible_in_storefront"),
        "filterable_in_storefront": equal_to("filterable_in_storefront"),
        "filterable_in_dashboard": equal_to("filterable_in_dashboard"),
        "available_in_grid": equal_to("available_in_grid"),
        "in_category": lambda given: _of_types_of_products(_in_category(given), info, channel),
        "in_collection": lambda given: _of_types_of_products(
            Q(collection_products__collection__in=ids.pks_of([given], Collection)), info, channel
        ),
    }


def _either(holds: bool, condition: Q) -> Q:
    return condition if holds else ~condition


ATTRIBUTE_SORT = {
    "NAME": ("name", "slug"),
    "SLUG": ("slug",),
    "VALUE_REQUIRED": ("value_required", "name", "slug"),
    "IS_VARIANT_ONLY": ("is_variant_only", "name", "slug"),
    "VISIBLE_IN_STOREFRONT": ("visible_in_storefront", "name", "slug"),
    "FILTERABLE_IN_STOREFRONT": ("filterable_in_storefront", "name", "slug"),
    "FILTERABLE_IN_DASHBOARD": ("filterable_in_dashboard", "name", "slug"),
    "STOREFRONT_SEARCH_POSITION": ("storefront_search_position", "name", "slug"),
    "AVAILABLE_IN_GRID": ("available_in_grid", "name", "slug"),
}
CHOICES = ListArguments(
    search=("name", "slug"),
    columns={
        "ids": ids_in("pk", ValueRow),
        "slugs": one_of("slug"),
        "name": matching("name"),
        "slug": matching("slug"),
    },
)


def _in_category(global_id: str) -> Q:
    category = ids.find_row(global_id, Category)
    return Q(category__path__startswith=category.path) if category else Q(pk__in=[])


def _of_types_of_products(condition: Q, info: Info, slug: str | None) -> Q:
    """Attributes of the types of the products that meet `condition` and that the requestor may see."""
    channel = channel_of(info, slug)
    if channel is not None:
        products = visibility.products(channel, listed=True).filter(condition)
    else:
        products = Product.objects.filter(condition)
    types = products.order_by().values("product_type_id")
    return Q(Exists(AttributeProduct.objects.filter(attribute=OuterRef("pk"), product_type__in=types))) | Q(
        Exists(AttributeVariant.objects.filter(attribute=OuterRef("pk"), product_type__in=types))
    )
