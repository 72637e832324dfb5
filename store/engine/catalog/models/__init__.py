"""Models of the catalog, one module for each subject. Import them from here."""

from store.engine.catalog.models.assigned_attribute import (
    AssignedPageAttributeValue,
    AssignedProductAttributeValue,
    AssignedVariantAttributeValue,
)
from store.engine.catalog.models.attribute import (
    Attribute,
    AttributePage,
    AttributeProduct,
    AttributeValue,
    AttributeVariant,
)
from store.engine.catalog.models.category import Category
from store.engine.catalog.models.collection import (
    Collection,
    CollectionChannelListing,
    CollectionProduct,
)
from store.engine.catalog.models.menu import Menu, MenuItem
from store.engine.catalog.models.page import Page, PageType
from store.engine.catalog.models.product import (
    Product,
    ProductChannelListing,
    ProductMedia,
    ProductSearch,
    ProductType,
    ProductVariant,
    VariantChannelListing,
    VariantMedia,
    update_lowest_prices,
)

__all__ = [
    "AssignedPageAttributeValue",
    "AssignedProductAttributeValue",
    "AssignedVariantAttributeValue",
    "Attribute",
    "AttributePage",
    "AttributeProduct",
    "AttributeValue",
    "AttributeVariant",
    "Category",
    "Collection",
    "CollectionChannelListing",
    "CollectionProduct",
    "Menu",
    "MenuItem",
    "Page",
    "PageType",
    "Product",
    "ProductChannelListing",
    "ProductMedia",
    "ProductSearch",
    "ProductType",
    "ProductVariant",
    "VariantChannelListing",
    "VariantMedia",
    "update_lowest_prices",
]
