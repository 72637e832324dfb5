"""Operations on menus and their items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max

from store.engine import sort_order
from store.engine.catalog.models import Category, Collection, Menu, MenuItem, Page
from store.engine.channels import translations
from store.engine.channels.validation import require_not_blank, slug_or_generated, validate_and_save
from store.engine.errors import OperationError, Required
from store.engine.events import record_deleted_event, record_event

TARGETS = ("category", "collection", "page")


@dataclass(frozen=True, slots=True)
class Link:
    """What an item leads to: a category, collection or page, or a URL."""

    target: Category | Collection | Page | None = None
    url: str | None = None

    def columns(self) -> dict[str, Any]:
        """The item's columns. Raises OperationError unless it leads to one thing."""
        if self.target is not None and self.url:
            raise OperationError("More than one item provided.", field="items", code="TOO_MANY_MENU_ITEMS")
        if self.target is None and not self.url:
            raise OperationError("No menu item provided.", field="items", code="NO_MENU_ITEM_PROVIDED")
        if self.url:
            _check_url(self.url)
        columns: dict[str, Any] = dict.fromkeys(TARGETS)
        if self.target is not None:
            columns[type(self.target).__name__.lower()] = self.target
        return columns | {"url": self.url}


@dataclass(frozen=True, slots=True)
class Move:
    """An item's move below another parent (None: the menu itself) and by a number of places."""

    item: MenuItem
    parent: MenuItem | None
    keeps_parent: bool
    places: int | None


def create(*, name: str, slug: str | None = None, items: Sequence[tuple[str, Link]] = ()) -> Menu:
    """Create a menu with items, each with its name. Raises Required, OperationError, OperationErrors."""
    with transaction.atomic(durable=True):
        return create_in_transaction(name=name, slug=slug, items=items)


def create_in_transaction(
    *, name: str, slug: str | None = None, items: Sequence[tuple[str, Link]] = ()
) -> Menu:
    """`create` inside the caller's transaction."""
    if not name.strip():
        raise Required("This field cannot be blank.", field="name")
    menu = Menu()
    given = {"name": name} if slug is None else {"name": name, "slug": slug}
    validate_and_save(menu, {"name": name, "slug": slug_or_generated(Menu, given)})
    for item_name, link in items:
        _append_item(menu, item_name, None, link)
    record_event("MENU_CREATED", kind="Menu", pk=menu.pk)
    return menu


def update(*, menu: Menu, given: Mapping[str, Any]) -> Menu:
    """Change name and slug, as far as they are given. Raises Required, OperationErrors."""
    with transaction.atomic(durable=True):
        return update_in_transaction(menu=menu, given=given)


def update_in_transaction(*, menu: Menu, given: Mapping[str, Any]) -> Menu:
    """`update` inside the caller's transaction."""
    for name in ("name", "slug"):
        require_not_blank(given, name)
    validate_and_save(menu, {name: given[name] for name in ("name", "slug") if given.get(name)})
    record_event("MENU_UPDATED", kind="Menu", pk=menu.pk)
    return menu


def delete(*, menu: Menu) -> None:
    with transaction.atomic(durable=True):
        translations.delete(kind="MenuItem", pks=menu.items.values_list("pk", flat=True))
        record_deleted_event("MENU_DELETED", kind="Menu", row=menu)
        menu.delete()


def add_item(*, menu: Menu, name: str, parent: MenuItem | None = None, link: Link) -> MenuItem:
    """Add a link after its siblings. Raises Required, OperationError, OperationErrors."""
    with transaction.atomic(durable=True):
        return add_item_in_transaction(menu=menu, name=name, parent=parent, link=link)


def add_item_in_transaction(*, menu: Menu, name: str, parent: MenuItem | None = None, link: Link) -> MenuItem:
    """`add_item` inside the caller's transaction."""
    return _append_item(menu, name, parent, link)


def _append_item(menu: Menu, name: str, parent: MenuItem | None, link: Link) -> MenuItem:
    if not name.strip():
        raise Required("This field cannot be blank.", field="name")
    if parent is not None and parent.menu_id != menu.pk:
        raise OperationError("The parent belongs to another menu.", field="parent", code="CANNOT_ASSIGN_NODE")
    item = MenuItem(menu=menu, parent=parent, level=parent.level + 1 if parent else 0)
    item.sort_order = _next_place(menu, parent)
    validate_and_save(item, {"name": name, **link.columns()})
    record_event("MENU_ITEM_CREATED", kind="MenuItem", pk=item.pk)
    return item


def _next_place(menu: Menu, parent: MenuItem | None) -> int:
    last = menu.items.filter(parent=parent).aggregate(last=Max("sort_order"))["last"]
    return 0 if last is None else last + 1


def update_item(*, item: MenuItem, name: str | None = None, link: Link | None = None) -> MenuItem:
    """Change the name and what the item leads to; None stays. Raises Required, OperationError, OperationErrors."""
    if name is not None and not name.strip():
        raise Required("This field cannot be blank.", field="name")
    with transaction.atomic(durable=True):
        changes = {"name": name} if name is not None else {}
        validate_and_save(item, changes | (link.columns() if link else {}))
        record_event("MENU_ITEM_UPDATED", kind="MenuItem", pk=item.pk)
    return item


def delete_item(*, item: MenuItem) -> None:
    """Delete an item with all below it."""
    with transaction.atomic(durable=True):
        delete_item_in_transaction(item=item)


def delete_item_in_transaction(*, item: MenuItem) -> None:
    """`delete_item` inside the caller's transaction."""
    pks = [row.pk for row in _with_descendants(item)]
    translations.delete(kind="MenuItem", pks=pks)
    record_deleted_event("MENU_ITEM_DELETED", kind="MenuItem", row=item)
    item.delete()


def move_items(*, menu: Menu, moves: Sequence[Move]) -> None:
    """Move items one after the other. Raises OperationError for an item of another menu, or below itself."""
    with transaction.atomic(durable=True):
        move_items_in_transaction(menu=menu, moves=moves)


def move_items_in_transaction(*, menu: Menu, moves: Sequence[Move]) -> None:
    """`move_items` inside the caller's transaction."""
    for move in moves:
        item = menu.items.filter(pk=move.item.pk).first()
        if item is None or (move.parent is not None and move.parent.menu_id != menu.pk):
            raise OperationError("This belongs to another menu.", field="item", code="CANNOT_ASSIGN_NODE")
        if not move.keeps_parent and item.parent_id != (move.parent.pk if move.parent else None):
            _set_parent(menu, item, move.parent)
        if move.places:
            siblings = menu.items.filter(parent_id=item.parent_id)
            sort_order.move(siblings, {item.pk: move.places})
        record_event("MENU_ITEM_UPDATED", kind="MenuItem", pk=item.pk)


def _set_parent(menu: Menu, item: MenuItem, parent: MenuItem | None) -> None:
    subtree = _with_descendants(item)
    if parent is not None and parent in subtree:
        raise OperationError(
            "An item can't be moved below itself.", field="parentId", code="CANNOT_ASSIGN_NODE"
        )
    item.sort_order, item.parent = _next_place(menu, parent), parent
    deeper = (parent.level + 1 if parent else 0) - item.level
    item.save(update_fields=["sort_order", "parent"])
    for row in subtree:
        MenuItem.objects.filter(pk=row.pk).update(level=row.level + deeper)


def _with_descendants(item: MenuItem) -> list[MenuItem]:
    found = [item]
    for row in found:
        found += row.children.all()
    return found


def _check_url(url: str) -> None:
    try:
        URLValidator(schemes=["http", "https", "mailto", "tel"])(url)
    except ValidationError:
        raise OperationError("Enter a valid URL.", field="url") from None
