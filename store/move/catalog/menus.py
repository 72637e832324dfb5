"""Menus and their items, which are known by their names below each other."""

from collections.abc import Iterator, Sequence

from store.move.context import MoveContext
from store.move.kinds import (
    Fields,
    Kind,
    by_key,
    carry_object,
    create_and_update,
    metadata,
    translate,
    translations,
)
from store.move.shop_api import Node

TARGETS = ("category", "collection", "page")


def _item_input(context: MoveContext, fields: Fields) -> Fields:
    given = dict(fields)
    for target in TARGETS:
        if given.get(target):
            given[target] = context.id(target, given[target])
    return given


MENU = Kind("menu", *create_and_update("menu", ("MenuCreateInput", "MenuInput")))
ITEM = Kind(
    "menu-item",
    *create_and_update("menuItem", ("MenuItemCreateInput", "MenuItemInput")),
    translate("menuItem", "NameTranslationInput"),
    to_input=_item_input,
)


def move_menus(context: MoveContext) -> Iterator[str]:
    former, new = (by_key(list(api.nodes("Menus", "menus")), "slug") for api in (context.former, context.new))
    for slug, node in former.items():
        present = new.get(slug)
        menu_id = carry_object(
            context,
            MENU,
            slug,
            {"name": node["name"], **metadata(node)},
            found=(present["id"], {"name": present["name"], **metadata(present)}) if present else None,
            create_only=lambda slug=slug: {"slug": slug},  # type: ignore[misc]
        )
        if menu_id:
            _move_items(context, menu_id, slug, node["items"], present["items"] if present else [])
        yield slug


def _move_items(
    context: MoveContext,
    menu_id: str,
    path: str,
    items: Sequence[Node] | None,
    present: Sequence[Node] | None,
    parent: str = "",
) -> None:
    found = by_key(list(present or ()), "name")
    for node in items or ():
        key, same = f"{path}/{node['name']}", found.get(node["name"])
        id_ = carry_object(
            context,
            ITEM,
            key,
            _item(node),
            found=(same["id"], _item(same)) if same else None,
            create_only=lambda: {"menu": menu_id, **({"parent": parent} if parent else {})},
        )
        if id_:
            children = (same or {}).get("children")
            _move_items(context, menu_id, key, node.get("children"), children, parent=id_)


def _item(node: Node) -> Fields:
    targets = {target: node[target]["slug"] for target in TARGETS if node[target]}
    # Saleor answers an item that leads to a page of its own with a URL of that page.
    link = {"url": node["url"]} if node["url"] and not targets else {}
    return {"name": node["name"], **targets, **link, **translations(node), **metadata(node)}
