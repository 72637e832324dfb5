"""What merchants change about the catalogue: ids in, operation, payload out."""

from store.engine.graphql.catalog.changes import (
    attributes,
    bulk,
    groups,
    media,
    menus,
    pages,
    products,
    translations,
    types,
    variants,
)

__all__ = [
    "attributes",
    "bulk",
    "groups",
    "media",
    "menus",
    "pages",
    "products",
    "translations",
    "types",
    "variants",
]
