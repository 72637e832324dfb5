"""Mutations of the catalog: parse ids and inputs, call an operation of `engine`, build the payload."""

from store.engine.graphql.catalog.mutations import (
    attributes,
    bulk,
    categories_collections,
    media,
    menus,
    pages,
    product_types,
    products,
    translations,
    variants,
)

__all__ = [
    "attributes",
    "bulk",
    "categories_collections",
    "media",
    "menus",
    "pages",
    "product_types",
    "products",
    "translations",
    "variants",
]
