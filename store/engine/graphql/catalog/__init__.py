"""Saleor's catalog in GraphQL: products, attributes, categories, collections, pages, menus and media.

Each module resolves one subject; `mutations` holds what changes them. `filters`, `sorting` and `product_lists`
turn `where`, `filter`, `search` and `sortBy` into querysets. May import `engine.catalog`, `engine.stock` and what
lies below.
"""

from store.engine.graphql.catalog import (
    assigned_attributes,
    attributes,
    categories_collections,
    menus,
    mutations,
    pages,
    product_types,
    products,
    variants,
)

__all__ = [
    "assigned_attributes",
    "attributes",
    "categories_collections",
    "menus",
    "mutations",
    "pages",
    "product_types",
    "products",
    "variants",
]
