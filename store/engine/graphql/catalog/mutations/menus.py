"""Menus."""

from typing import Any

from store.engine.catalog import menus
from store.engine.catalog.models import Category, Collection, Menu, MenuItem, Page
from store.engine.errors import Refusal
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload, gone
from store.engine.graphql.registry import Info, mutation

TARGETS: dict[str, Any] = {"category": Category, "collection": Collection, "page": Page}


@mutation(needs="MANAGE_MENUS")
def menu_create(info: Info, *, input: dict[str, Any]) -> Payload:
    return {"menu": menus.create(name=input["name"], slug=input.get("slug"))}


@mutation(needs="MANAGE_MENUS")
def menu_delete(info: Info, *, id: str) -> Payload:
    row = ids.one(id, Menu)
    return {"menu": gone(row, lambda: menus.delete(menu=row))}


@mutation(needs="MANAGE_MENUS")
def menu_item_create(info: Info, *, input: dict[str, Any]) -> Payload:
    named = [name for name in TARGETS if input.get(name)]
    if len(named) > 1:
        raise Refusal("More than one item provided.", field="items", code="TOO_MANY_MENU_ITEMS")
    made = menus.add_item(
        menu=ids.one(input["menu"], Menu, field="menu"),
        name=input["name"],
        parent=ids.one(input["parent"], MenuItem, field="parent") if input.get("parent") else None,
        target=ids.one(input[named[0]], TARGETS[named[0]], field=named[0]) if named else None,
        url=input.get("url"),
    )
    return {"menu_item": made}
