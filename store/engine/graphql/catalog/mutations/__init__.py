"""Mutations of the catalog: parse ids and inputs, call an operation of `engine`, build the payload."""

from store.engine.graphql.catalog.mutations import (
    attributes,
    bulk,
    bulk_deletes,
    categories_collections,
    media,
    menus,
    pages,
    product_types,
    products,
    reordering,
    variants,
)

__all__ = [
    "attributes",
    "bulk",
    "bulk_deletes",
    "categories_collections",
    "media",
    "menus",
    "pages",
    "product_types",
    "products",
    "reordering",
    "variants",
]
