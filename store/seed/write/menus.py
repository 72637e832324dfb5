"""Menus and their items, which are identified by their name within the menu."""

from collections.abc import Iterator

from store.saleor.client.input_types import MenuCreateInput, MenuItemCreateInput
from store.seed.read import Catalog
from store.seed.read.file_models import Menu, MenuItem
from store.seed.write.context import SeedContext
from store.seed.write.existing_ids import note_translations

TARGETS = ("category", "collection", "page")


def write_menus(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    for menu in catalog.menus:
        _load_ids(context, menu)
        menu_id = _menu(context, menu)
        for item in menu.items:
            _item(context, menu, menu_id, item)
        yield menu.name


def _load_ids(context: SeedContext, menu: Menu) -> None:
    found = context.client.menu_keys(menu.slug).menu
    if found is None:
        return
    context.ids["menu"][found.slug] = found.id
    for item in found.items or ():
        context.ids["menu-item"][f"{menu.slug}/{item.name}"] = item.id
        note_translations(context, "menu-item", f"{menu.slug}/{item.name}", item)


def _menu(context: SeedContext, menu: Menu) -> str:
    create_input = MenuCreateInput(slug=menu.slug, name=menu.name)
    return context.upsert(
        "menu",
        menu.slug,
        menu.slug,
        create=lambda: context.client.menu_create(create_input).menu_create,
    )


def _item(context: SeedContext, menu: Menu, menu_id: str, item: MenuItem) -> None:
    target = {kind: context.id(kind, slug) for kind in TARGETS if (slug := getattr(item, kind))}
    create_input = MenuItemCreateInput(menu=menu_id, name=item.name, **target)
    context.upsert(
        "menu-item",
        f"{menu.slug}/{item.name}",
        item.name,
        create=lambda: context.client.menu_item_create(create_input).menu_item_create,
    )
