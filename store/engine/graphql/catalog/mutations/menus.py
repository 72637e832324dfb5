"""Mutations of menus."""

from collections.abc import Mapping
from typing import Any

from store.engine.catalog import menus
from store.engine.catalog.models import Category, Collection, Menu, MenuItem, Page
from store.engine.errors import OperationError
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.registry import Info, mutation

TARGETS: dict[str, Any] = {"category": Category, "collection": Collection, "page": Page}


def _link(given: Mapping[str, Any]) -> menus.Link:
    """What an item leads to. Raises OperationError when more than one target is named."""
    names = [name for name in TARGETS if given.get(name)]
    if len(names) > 1:
        raise OperationError("More than one item provided.", field="items", code="TOO_MANY_MENU_ITEMS")
    target = ids.get_row(given[names[0]], TARGETS[names[0]], field=names[0]) if names else None
    return menus.Link(target=target, url=given.get("url"))


@mutation(permissions="MANAGE_MENUS")
def menu_create(info: Info, *, input: dict[str, Any]) -> Payload:
    items = [(item.get("name") or "", _link(item)) for item in input.get("items") or ()]
    return {"menu": menus.create(name=input["name"], slug=input.get("slug"), items=items)}


@mutation(permissions="MANAGE_MENUS")
def menu_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    return {"menu": menus.update(menu=ids.get_row(id, Menu), given=input)}


@mutation(permissions="MANAGE_MENUS")
def menu_delete(info: Info, *, id: str) -> Payload:
    row = ids.get_row(id, Menu)
    return {"menu": delete_and_return(row, lambda: menus.delete(menu=row))}


@mutation(permissions="MANAGE_MENUS")
def menu_item_create(info: Info, *, input: dict[str, Any]) -> Payload:
    item = menus.add_item(
        menu=ids.get_row(input["menu"], Menu, field="menu"),
        name=input["name"],
        parent=_item(input["parent"], "parent") if input.get("parent") else None,
        link=_link(input),
    )
    return {"menu_item": item}


@mutation(permissions="MANAGE_MENUS")
def menu_item_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    leads_elsewhere = any(input.get(name) for name in (*TARGETS, "url"))
    item = menus.update_item(
        item=_item(id, "id"), name=input.get("name"), link=_link(input) if leads_elsewhere else None
    )
    return {"menu_item": item}


@mutation(permissions="MANAGE_MENUS")
def menu_item_delete(info: Info, *, id: str) -> Payload:
    row = _item(id, "id")
    return {"menu_item": delete_and_return(row, lambda: menus.delete_item(item=row))}


@mutation(permissions="MANAGE_MENUS")
def menu_item_move(info: Info, *, menu: str, moves: list[dict[str, Any]]) -> Payload:
    row = ids.get_row(menu, Menu, field="menu")
    menus.move_items(menu=row, moves=[_move(move) for move in moves])
    return {"menu": row}


def _move(given: Mapping[str, Any]) -> menus.Move:
    """Without `parentId` the item stays where it is; with null it becomes one of the menu itself."""
    parent = given.get("parent_id")
    return menus.Move(
        item=_item(given["item_id"], "itemId"),
        parent=_item(parent, "parentId") if parent else None,
        keeps_parent="parent_id" not in given,
        places=given.get("sort_order"),
    )


def _item(global_id: str, field: str) -> MenuItem:
    return ids.get_row(global_id, MenuItem, field=field)
