"""Mutations that move things within their order: `moves` are places forward, or back when negative."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model

from store.engine.catalog.models import (
    Attribute,
    AttributeProduct,
    AttributeValue,
    AttributeVariant,
    Collection,
    Page,
    PageType,
    Product,
    ProductType,
    ProductVariant,
)
from store.engine.catalog.reordering import reorder
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.attributes import ANY_PERMISSION, require_permission
from store.engine.graphql.catalog.mutations.input_parsing import Payload
from store.engine.graphql.registry import Info, mutation

Moves = list[dict[str, Any]]


def parse_moves(moves: Moves, model: type[Model], *, name: str = "id") -> Mapping[Any, int | None]:
    """The number of places by primary key. Raises NotFound for an id without row."""
    rows = ids.get_rows([move[name] for move in moves], model, field="moves")
    return {row.pk: move.get("sort_order") for row, move in zip(rows, moves, strict=True)}


@mutation(permissions=ANY_PERMISSION)
def attribute_reorder_values(info: Info, *, attribute_id: str, moves: Moves) -> Payload:
    attribute = ids.get_row(attribute_id, Attribute, field="attributeId")
    require_permission(info, attribute.type)
    reorder(attribute.values.all(), parse_moves(moves, AttributeValue), owner=attribute)
    return {"attribute": attribute}


@mutation(permissions="MANAGE_PRODUCTS")
def collection_reorder_products(info: Info, *, collection_id: str, moves: Moves) -> Payload:
    collection = ids.get_row(collection_id, Collection, field="collectionId")
    places = parse_moves(moves, Product, name="product_id")
    reorder(collection.collection_products.all(), places, owner=collection, key="product_id")
    return {"collection": collection}


@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_reorder(info: Info, *, product_id: str, moves: Moves) -> Payload:
    product = ids.get_row(product_id, Product, field="productId")
    reorder(product.variants.all(), parse_moves(moves, ProductVariant), owner=product)
    return {"product": product}


@mutation(permissions="MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES")
def product_type_reorder_attributes(info: Info, *, product_type_id: str, moves: Moves, type: str) -> Payload:
    product_type = ids.get_row(product_type_id, ProductType, field="productTypeId")
    table: Any = AttributeProduct if type == "PRODUCT" else AttributeVariant
    assigned = table.objects.filter(product_type=product_type)
    reorder(assigned, parse_moves(moves, Attribute), owner=product_type, key="attribute_id")
    return {"product_type": product_type}


@mutation(permissions="MANAGE_PAGE_TYPES_AND_ATTRIBUTES")
def page_type_reorder_attributes(info: Info, *, page_type_id: str, moves: Moves) -> Payload:
    page_type = ids.get_row(page_type_id, PageType, field="pageTypeId")
    reorder(
        page_type.page_assignments.all(),
        parse_moves(moves, Attribute),
        owner=page_type,
        key="attribute_id",
    )
    return {"page_type": page_type}


Owner = TypeVar("Owner", Product, ProductVariant, Page)


def _reorder_values(
    owners: type[Owner], global_id: str, *, field: str, attribute_id: str, moves: Moves
) -> Owner:
    """Reorder what `owners`' row of this id has of an attribute; returns the row. Raises NotFound."""
    owner = ids.get_row(global_id, owners, field=field)
    attribute = ids.get_row(attribute_id, Attribute, field="attributeId")
    assigned = owner.assigned_values.filter(value__attribute=attribute)
    reorder(assigned, parse_moves(moves, AttributeValue), owner=owner, key="value_id")
    return owner


@mutation(permissions="MANAGE_PRODUCTS")
def product_reorder_attribute_values(info: Info, *, product_id: str, **order: Any) -> Payload:
    return {"product": _reorder_values(Product, product_id, field="productId", **order)}


@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_reorder_attribute_values(info: Info, *, variant_id: str, **order: Any) -> Payload:
    return {"product_variant": _reorder_values(ProductVariant, variant_id, field="variantId", **order)}


@mutation(permissions="MANAGE_PAGES")
def page_reorder_attribute_values(info: Info, *, page_id: str, **order: Any) -> Payload:
    return {"page": _reorder_values(Page, page_id, field="pageId", **order)}
