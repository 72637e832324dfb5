"""Menus and their items. An item is found by its name within its menu."""

from collections.abc import Iterator

from store.saleor.client.input_types import MenuCreateInput, MenuItemCreateInput
from store.seed.read import Catalogue
from store.seed.read.file_models import Menu, MenuItem
from store.seed.write.context import Bench

TARGETS = ("category", "collection", "page")


def write_menus(bench: Bench, catalogue: Catalogue) -> Iterator[str]:
    for menu in catalogue.menus:
        _look_up(bench, menu)
        menu_id = _menu(bench, menu)
        for item in menu.items:
            _item(bench, menu, menu_id, item)
        yield menu.name


def _look_up(bench: Bench, menu: Menu) -> None:
    found = bench.client.menu_keys(menu.slug).menu
    if found is None:
        return
    bench.ids["menu"][found.slug] = found.id
    for item in found.items or ():
        bench.ids["menu-item"][f"{menu.slug}/{item.name}"] = item.id


def _menu(bench: Bench, menu: Menu) -> str:
    wanted = MenuCreateInput(slug=menu.slug, name=menu.name)
    return bench.keep(
        "menu",
        menu.slug,
        menu.slug,
        create=lambda: bench.client.menu_create(wanted).menu_create,
    )


def _item(bench: Bench, menu: Menu, menu_id: str, item: MenuItem) -> None:
    target = {kind: bench.id(kind, slug) for kind in TARGETS if (slug := getattr(item, kind))}
    wanted = MenuItemCreateInput(menu=menu_id, name=item.name, **target)
    bench.keep(
        "menu-item",
        f"{menu.slug}/{item.name}",
        item.name,
        create=lambda: bench.client.menu_item_create(wanted).menu_item_create,
    )
