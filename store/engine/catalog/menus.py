"""Menus: links to one thing each, nested at will."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max

from store.engine.catalog.models import Category, Collection, Menu, MenuItem, Page
from store.engine.channels.validation import saved, slug_for
from store.engine.errors import Refusal, Required
from store.engine.events import record, record_gone


def create(*, name: str, slug: str | None = None) -> Menu:
    if not name.strip():
        raise Required("This field cannot be blank.", field="name")
    with transaction.atomic(durable=True):
        menu = Menu()
        given = {"name": name} if slug is None else {"name": name, "slug": slug}
        saved(menu, {"name": name, "slug": slug_for(Menu, given)})
        record("MENU_CREATED", kind="Menu", pk=menu.pk)
    return menu


def delete(*, menu: Menu) -> None:
    with transaction.atomic(durable=True):
        record_gone("MENU_DELETED", kind="Menu", row=menu)
        menu.delete()


def add_item(
    *,
    menu: Menu,
    name: str,
    parent: MenuItem | None = None,
    target: Category | Collection | Page | None = None,
    url: str | None = None,
) -> MenuItem:
    """A link to a category, collection, page or address, after its siblings."""
    if not name.strip():
        raise Required("This field cannot be blank.", field="name")
    if target is not None and url:
        raise Refusal("More than one item provided.", field="items", code="TOO_MANY_MENU_ITEMS")
    if target is None and not url:
        raise Refusal("No menu item provided.", field="items", code="NO_MENU_ITEM_PROVIDED")
    if parent is not None and parent.menu_id != menu.pk:
        raise Refusal("The parent belongs to another menu.", field="parent", code="CANNOT_ASSIGN_NODE")
    if url:
        _check_url(url)
    columns: dict[str, Any] = {"name": name, "url": url}
    if target is not None:
        columns[type(target).__name__.lower()] = target
    with transaction.atomic(durable=True):
        item = MenuItem(menu=menu, parent=parent, level=parent.level + 1 if parent else 0)
        last = menu.items.filter(parent=parent).aggregate(last=Max("sort_order"))["last"]
        item.sort_order = 0 if last is None else last + 1
        saved(item, columns)
        record("MENU_ITEM_CREATED", kind="MenuItem", pk=item.pk)
    return item


def _check_url(url: str) -> None:
    try:
        URLValidator(schemes=["http", "https", "mailto", "tel"])(url)
    except ValidationError:
        raise Refusal("Enter a valid URL.", field="url") from None
