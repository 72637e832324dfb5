"""Mutations of menus."""

from typing import Any

from store.engine.catalog import menus
from store.engine.catalog.models import Category, Collection, Menu, MenuItem, Page
from store.engine.errors import OperationError
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.registry import Info, mutation

TARGETS: dict[str, Any] = {"category": Category, "collection": Collection, "page": Page}


@mutation(permissions="MANAGE_MENUS")
def menu_create(info: Info, *, input: dict[str, Any]) -> Payload:
    return {"menu": menus.create(name=input["name"], slug=input.get("slug"))}


@mutation(permissions="MANAGE_MENUS")
def menu_delete(info: Info, *, id: str) -> Payload:
    row = ids.get_row(id, Menu)
    return {"menu": delete_and_return(row, lambda: menus.delete(menu=row))}


@mutation(permissions="MANAGE_MENUS")
def menu_item_create(info: Info, *, input: dict[str, Any]) -> Payload:
    target_names = [name for name in TARGETS if input.get(name)]
    if len(target_names) > 1:
        raise OperationError("More than one item provided.", field="items", code="TOO_MANY_MENU_ITEMS")
    item = menus.add_item(
        menu=ids.get_row(input["menu"], Menu, field="menu"),
        name=input["name"],
        parent=ids.get_row(input["parent"], MenuItem, field="parent") if input.get("parent") else None,
        target=ids.get_row(input[target_names[0]], TARGETS[target_names[0]], field=target_names[0])
        if target_names
        else None,
        url=input.get("url"),
    )
    return {"menu_item": item}
