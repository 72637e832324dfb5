"""GraphQL types and queries of product types and page types."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from store.engine.catalog.models import Attribute, Page, Product, ProductVariant
from store.engine.catalog.models import PageType as PageTypeRow
from store.engine.catalog.models import ProductType as TypeRow
from store.engine.graphql import ids
from store.engine.graphql.batching import batched
from store.engine.graphql.catalog.attribute_values import attributes_of_types
from store.engine.graphql.catalog.attributes import attribute_lists_without
from store.engine.graphql.catalog.product_lists import product_list, product_lists
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import ListArguments, equal_to, has_metadata, ids_in, one_of
from store.engine.graphql.plain_values import AssignedVariantAttribute
from store.engine.graphql.registry import Info, SaleorType, query, requires_permission
from store.engine.graphql.shipping.weights import to_weight
from store.engine.taxes.models import TaxClass


class ProductType(SaleorType, model=TypeRow):
    @staticmethod
    @batched
    def product_attributes(rows: list[TypeRow], info: Info) -> list[list[Attribute]]:
        found = attributes_of_types(Product, {row.pk for row in rows}, info)
        return [[attribute for attribute, _ in found[row.pk]] for row in rows]

    @staticmethod
    @batched
    def assigned_variant_attributes(
        rows: list[TypeRow], info: Info, *, variant_selection: str = "ALL"
    ) -> list[list[AssignedVariantAttribute]]:
        found = _variant_attributes(rows, info, variant_selection)
        return [
            [{"attribute": attribute, "variant_selection": chosen} for attribute, chosen in own]
            for own in found
        ]

    @staticmethod
    @batched
    def variant_attributes(
        rows: list[TypeRow], info: Info, *, variant_selection: str = "ALL"
    ) -> list[list[Attribute]]:
        return [
            [attribute for attribute, _ in own] for own in _variant_attributes(rows, info, variant_selection)
        ]

    @staticmethod
    @requires_permission()
    @batched
    def tax_class(rows: list[TypeRow], _info: Info) -> list[TaxClass | None]:
        found = TaxClass.objects.in_bulk({row.tax_class_id for row in rows if row.tax_class_id})
        return [found.get(row.tax_class_id or 0) for row in rows]

    @staticmethod
    @batched
    def products(
        rows: list[TypeRow], info: Info, *, channel: str | None = None, **arguments: Any
    ) -> list[Connection]:
        """The products of the type that the requestor may see."""
        if len(rows) == 1 or arguments.get("after") or arguments.get("before"):
            return [
                product_list(info, channel=channel, within=Q(product_type=row.pk), **arguments)
                for row in rows
            ]
        groups = [{row.pk} for row in rows]
        return product_lists(info, groups, column="product_type_id", channel=channel, arguments=arguments)

    @staticmethod
    @requires_permission("MANAGE_PRODUCTS", "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES")
    @batched
    def available_attributes(rows: list[TypeRow], info: Info, **arguments: Any) -> list[Connection]:
        """Attributes of products that the type has neither for products nor for variants."""
        taken = _attributes_of(rows, "on_product_types__product_type", "on_variant_types__product_type")
        return attribute_lists_without(
            info, Attribute.objects.filter(type="PRODUCT_TYPE"), taken, **arguments
        )

    @staticmethod
    def weight(root: TypeRow, info: Info) -> Any:
        return to_weight(info, root.weight)


def _attributes_of(rows: Sequence[TypeRow | PageTypeRow], *paths: str) -> list[set[int]]:
    """For each type the primary keys of the attributes that lead to it by one of the paths; a statement per path."""
    found: dict[int, set[int]] = {row.pk: set() for row in rows}
    for path in paths:
        pairs = Attribute.objects.filter(**{f"{path}__in": list(found)}).order_by().values_list(path, "pk")
        for type_pk, attribute_pk in pairs:
            found[type_pk].add(attribute_pk)
    return [found[row.pk] for row in rows]


def _variant_attributes(
    rows: list[TypeRow], info: Info, variant_selection: str
) -> list[list[tuple[Attribute, bool]]]:
    found = attributes_of_types(ProductVariant, {row.pk for row in rows}, info)
    if variant_selection == "ALL":
        return [found[row.pk] for row in rows]
    selectable = variant_selection == "VARIANT_SELECTION"
    return [[pair for pair in found[row.pk] if pair[1] == selectable] for row in rows]


class PageType(SaleorType, model=PageTypeRow):
    @staticmethod
    @requires_permission("MANAGE_PAGES", "MANAGE_PAGE_TYPES_AND_ATTRIBUTES")
    @batched
    def has_pages(rows: list[PageTypeRow], _info: Info) -> list[bool]:
        found = set(Page.objects.filter(page_type__in=rows).values_list("page_type_id", flat=True))
        return [row.pk in found for row in rows]

    @staticmethod
    @requires_permission("MANAGE_PAGES", "MANAGE_PAGE_TYPES_AND_ATTRIBUTES")
    @batched
    def available_attributes(rows: list[PageTypeRow], info: Info, **arguments: Any) -> list[Connection]:
        """Attributes of pages that the type has not."""
        taken = _attributes_of(rows, "on_page_types__page_type")
        return attribute_lists_without(info, Attribute.objects.filter(type="PAGE_TYPE"), taken, **arguments)

    @staticmethod
    @batched
    def attributes(rows: list[PageTypeRow], info: Info) -> list[list[Attribute]]:
        found = attributes_of_types(Page, {row.pk for row in rows}, info)
        return [[attribute for attribute, _ in found[row.pk]] for row in rows]


@query
def product_type(info: Info, *, id: str) -> TypeRow | None:
    return ids.find_row(id, TypeRow)


PRODUCT_TYPES = ListArguments(
    search=("name", "slug"),
    columns={
        "slugs": one_of("slug"),
        "ids": ids_in("pk", TypeRow),
        "kind": equal_to("kind"),
        "metadata": has_metadata,
        "configurable": lambda given: Q(has_variants=given == "CONFIGURABLE"),
        "product_type": lambda given: (
            Q(is_digital=True) if given == "DIGITAL" else Q(is_shipping_required=True)
        ),
    },
    sort={
        "NAME": ("name", "slug"),
        "DIGITAL": ("name", "slug"),  # nothing is sold as a file
        "SHIPPING_REQUIRED": ("is_shipping_required", "name", "slug"),
    },
)


@query
def product_types(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    rows = PRODUCT_TYPES.filtered(TypeRow.objects.all(), filter)
    return connect(rows, order=PRODUCT_TYPES.order(sort_by, default=("slug", "pk")), **paging)


@query
def page_type(info: Info, *, id: str) -> PageTypeRow | None:
    return ids.find_row(id, PageTypeRow)


PAGE_TYPES = ListArguments(
    search=("name", "slug"),
    columns={"slugs": one_of("slug")},
    sort={"NAME": ("name", "slug"), "SLUG": ("slug",)},
)


@query
def page_types(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    rows = PAGE_TYPES.filtered(PageTypeRow.objects.all(), filter)
    return connect(rows, order=PAGE_TYPES.order(sort_by, default=("slug", "pk")), **paging)
