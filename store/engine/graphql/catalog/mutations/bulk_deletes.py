"""Mutations of many rows of the catalog at once."""

from typing import Any

from store.engine.catalog import (
    attributes,
    categories,
    collections,
    media,
    menus,
    pages,
    product_types,
    products,
)
from store.engine.catalog.models import (
    Attribute,
    AttributeValue,
    Category,
    Collection,
    Menu,
    MenuItem,
    Page,
    PageType,
    Product,
    ProductMedia,
    ProductType,
)
from store.engine.graphql.bulk_mutations import register
from store.engine.graphql.catalog.mutations.attributes import ANY_PERMISSION, require_permission
from store.engine.graphql.registry import Info


def _delete_attribute(row: Attribute, info: Info) -> None:
    require_permission(info, row.type)
    attributes.delete(attribute=row)


def _delete_value(row: AttributeValue, info: Info) -> None:
    require_permission(info, row.attribute.type)
    attributes.update(attribute=row.attribute, given={}, remove=[row])


def _publish_page(row: Page, _info: Info, *, is_published: bool) -> None:
    pages.update(page=row, given={"is_published": is_published})


DELETIONS: tuple[tuple[str, Any, Any, str], ...] = (
    ("category", Category, categories.delete, "MANAGE_PRODUCTS"),
    ("collection", Collection, collections.delete, "MANAGE_PRODUCTS"),
    ("menu", Menu, menus.delete, "MANAGE_MENUS"),
    ("menu_item", MenuItem, menus.delete_item, "MANAGE_MENUS"),
    ("page", Page, pages.delete, "MANAGE_PAGES"),
    ("page_type", PageType, product_types.delete_page_type, "MANAGE_PAGE_TYPES_AND_ATTRIBUTES"),
    ("product", Product, products.delete, "MANAGE_PRODUCTS"),
    ("product_media", ProductMedia, media.delete, "MANAGE_PRODUCTS"),
    (
        "product_type",
        ProductType,
        product_types.delete_product_type,
        "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",
    ),
)
ARGUMENT = {"menu_item": "item", "product_media": "media"}  # of the operation, where it isn't the name


def _deletion(delete: Any, argument: str) -> Any:
    return lambda row, _info: delete(**{argument: row})


for _name, _model, _operation, _permission in DELETIONS:
    register(
        f"{_name}_bulk_delete",
        _model,
        _deletion(_operation, ARGUMENT.get(_name, _name)),
        permissions=_permission,
    )
register("attribute_bulk_delete", Attribute, _delete_attribute, permissions=ANY_PERMISSION)
register("attribute_value_bulk_delete", AttributeValue, _delete_value, permissions=ANY_PERMISSION)
register("page_bulk_publish", Page, _publish_page, permissions="MANAGE_PAGES")
