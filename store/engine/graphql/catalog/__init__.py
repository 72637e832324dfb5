"""Saleor's words for the catalogue: products, attributes, categories, collections, pages, menus, media.

Reading is in one module a subject, writing in `changes`, `filters` and `listing` turn `where`, `filter`, `search`
and `sortBy` into rows.
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
