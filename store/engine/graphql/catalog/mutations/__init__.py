"""What merchants change about the catalogue: ids in, operation, payload out."""

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
