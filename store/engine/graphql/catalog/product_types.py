"""Product types and page types as the API shows them."""

from typing import Any

from django.db.models import Q

from store.engine.catalog.models import Attribute, Page, Product, ProductVariant
from store.engine.catalog.models import PageType as PageTypeRow
from store.engine.catalog.models import ProductType as TypeRow
from store.engine.graphql import ids
from store.engine.graphql.batching import by_peers
from store.engine.graphql.catalog.attribute_values import attributes_of_types
from store.engine.graphql.channels.shipping import weight
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.registry import Info, SaleorType, needing, query
from store.engine.taxes.models import TaxClass


class ProductType(SaleorType, model=TypeRow):
    @staticmethod
    @by_peers
    def product_attributes(rows: list[TypeRow], info: Info) -> list[list[Attribute]]:
        found = attributes_of_types(Product, {row.pk for row in rows}, info)
        return [[one for one, _ in found[row.pk]] for row in rows]

    @staticmethod
    @by_peers
    def assigned_variant_attributes(
        rows: list[TypeRow], info: Info, *, variant_selection: str = "ALL"
    ) -> list[list[dict[str, Any]]]:
        found = _of_variants(rows, info, variant_selection)
        return [[{"attribute": one, "variant_selection": chosen} for one, chosen in own] for own in found]

    @staticmethod
    @by_peers
    def variant_attributes(
        rows: list[TypeRow], info: Info, *, variant_selection: str = "ALL"
    ) -> list[list[Attribute]]:
        return [[one for one, _ in own] for own in _of_variants(rows, info, variant_selection)]

    @staticmethod
    @needing()
    @by_peers
    def tax_class(rows: list[TypeRow], _info: Info) -> list[TaxClass | None]:
        found = TaxClass.objects.in_bulk({row.tax_class_id for row in rows if row.tax_class_id})
        return [found.get(row.tax_class_id or 0) for row in rows]

    @staticmethod
    def weight(root: TypeRow, info: Info) -> Any:
        return weight(info, root.weight)


def _of_variants(rows: list[TypeRow], info: Info, which: str) -> list[list[tuple[Attribute, bool]]]:
    found = attributes_of_types(ProductVariant, {row.pk for row in rows}, info)
    if which == "ALL":
        return [found[row.pk] for row in rows]
    wanted = which == "VARIANT_SELECTION"
    return [[pair for pair in found[row.pk] if pair[1] == wanted] for row in rows]


class PageType(SaleorType, model=PageTypeRow):
    @staticmethod
    @by_peers
    def attributes(rows: list[PageTypeRow], info: Info) -> list[list[Attribute]]:
        found = attributes_of_types(Page, {row.pk for row in rows}, info)
        return [[one for one, _ in found[row.pk]] for row in rows]


@query
def product_type(info: Info, *, id: str) -> TypeRow | None:
    return ids.find(id, TypeRow)


@query
def product_types(info: Info, *, filter: dict[str, Any] | None = None, **paging: Any) -> Connection:
    rows, wanted = TypeRow.objects.all(), filter or {}
    if search := wanted.get("search"):
        rows = rows.filter(Q(name__icontains=search) | Q(slug__icontains=search))
    if wanted.get("slugs") is not None:
        rows = rows.filter(slug__in=wanted["slugs"])
    return connect(rows, order=("slug", "pk"), **paging)


@query
def page_type(info: Info, *, id: str) -> PageTypeRow | None:
    return ids.find(id, PageTypeRow)


@query
def page_types(info: Info, **paging: Any) -> Connection:
    return connect(PageTypeRow.objects.all(), order=("slug", "pk"), **paging)
