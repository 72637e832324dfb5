"""Operations on menus and their items."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max

from store.engine.catalog.models import Category, Collection, Menu, MenuItem, Page
from store.engine.channels.validation import slug_or_generated, validate_and_save
from store.engine.errors import OperationError, Required
from store.engine.events import record_deleted_event, record_event


def create(*, name: str, slug: str | None = None) -> Menu:
    """Create a menu. Raises Required, OperationErrors."""
    if not name.strip():
        raise Required("This field cannot be blank.", field="name")
    with transaction.atomic(durable=True):
        menu = Menu()
        given = {"name": name} if slug is None else {"name": name, "slug": slug}
        validate_and_save(menu, {"name": name, "slug": slug_or_generated(Menu, given)})
        record_event("MENU_CREATED", kind="Menu", pk=menu.pk)
    return menu


def delete(*, menu: Menu) -> None:
    with transaction.atomic(durable=True):
        record_deleted_event("MENU_DELETED", kind="Menu", row=menu)
        menu.delete()


def add_item(
    *,
    menu: Menu,
    name: str,
    parent: MenuItem | None = None,
    target: Category | Collection | Page | None = None,
    url: str | None = None,
) -> MenuItem:
    """Add a link to a category, collection, page or URL, after its siblings. Raises OperationError, OperationErrors."""
    if not name.strip():
        raise Required("This field cannot be blank.", field="name")
    if target is not None and url:
        raise OperationError("More than one item provided.", field="items", code="TOO_MANY_MENU_ITEMS")
    if target is None and not url:
        raise OperationError("No menu item provided.", field="items", code="NO_MENU_ITEM_PROVIDED")
    if parent is not None and parent.menu_id != menu.pk:
        raise OperationError("The parent belongs to another menu.", field="parent", code="CANNOT_ASSIGN_NODE")
    if url:
        _check_url(url)
    columns: dict[str, Any] = {"name": name, "url": url}
    if target is not None:
        columns[type(target).__name__.lower()] = target
    with transaction.atomic(durable=True):
        item = MenuItem(menu=menu, parent=parent, level=parent.level + 1 if parent else 0)
        last = menu.items.filter(parent=parent).aggregate(last=Max("sort_order"))["last"]
        item.sort_order = 0 if last is None else last + 1
        validate_and_save(item, columns)
        record_event("MENU_ITEM_CREATED", kind="MenuItem", pk=item.pk)
    return item


def _check_url(url: str) -> None:
    try:
        URLValidator(schemes=["http", "https", "mailto", "tel"])(url)
    except ValidationError:
        raise OperationError("Enter a valid URL.", field="url") from None
