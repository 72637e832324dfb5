"""Menus as the API shows them."""

from typing import Any

from store.engine.catalog import visibility
from store.engine.catalog.models import Category, Collection, Page
from store.engine.catalog.models import Menu as MenuRow
from store.engine.catalog.models import MenuItem as ItemRow
from store.engine.graphql import ids
from store.engine.graphql.batching import bind, by_peers
from store.engine.graphql.catalog.product_lists import STAFF
from store.engine.graphql.channels.request_channel import channel_of
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.registry import Info, SaleorType, query


class Menu(SaleorType, model=MenuRow):
    @staticmethod
    @by_peers
    def items(rows: list[MenuRow], _info: Info) -> list[list[ItemRow]]:
        found: dict[int, list[ItemRow]] = {row.pk: [] for row in rows}
        for one in ItemRow.objects.filter(menu__in=rows, parent=None):
            found[one.menu_id].append(one)
        return [found[row.pk] for row in rows]


class MenuItem(SaleorType, model=ItemRow):
    translation = staticmethod(translation_of("MenuItem"))

    @staticmethod
    @by_peers
    def children(rows: list[ItemRow], _info: Info) -> list[list[ItemRow]]:
        found: dict[int, list[ItemRow]] = {row.pk: [] for row in rows}
        for one in ItemRow.objects.filter(parent__in=rows):
            found[int(one.parent_id or 0)].append(one)
        return [found[row.pk] for row in rows]

    @staticmethod
    @by_peers
    def menu(rows: list[ItemRow], _info: Info) -> list[MenuRow]:
        found = MenuRow.objects.in_bulk({row.menu_id for row in rows})
        return [found[row.menu_id] for row in rows]

    @staticmethod
    @by_peers
    def parent(rows: list[ItemRow], _info: Info) -> list[ItemRow | None]:
        found = ItemRow.objects.in_bulk({row.parent_id for row in rows if row.parent_id})
        return [found.get(row.parent_id or 0) for row in rows]

    @staticmethod
    @by_peers
    def category(rows: list[ItemRow], _info: Info) -> list[Category | None]:
        found = Category.objects.in_bulk({row.category_id for row in rows if row.category_id})
        return [found.get(row.category_id or 0) for row in rows]

    @staticmethod
    @by_peers
    def collection(rows: list[ItemRow], info: Info) -> list[Collection | None]:
        """Only what is published in the channel, unless staff asks."""
        channel = rows[0].__dict__.get("channel")
        if info.context.may(*STAFF):
            shown = Collection.objects.all()
        else:
            shown = visibility.collections(channel) if channel else Collection.objects.none()
        found = {one.pk: one for one in shown.filter(pk__in={row.collection_id for row in rows})}
        return [found.get(row.collection_id or 0) for row in rows]

    @staticmethod
    @by_peers
    def page(rows: list[ItemRow], info: Info) -> list[Page | None]:
        shown = Page.objects.all() if info.context.may("MANAGE_PAGES") else visibility.pages()
        found = {one.pk: one for one in shown.filter(pk__in={row.page_id for row in rows})}
        return [found.get(row.page_id or 0) for row in rows]


@query
def menu(
    info: Info,
    *,
    channel: str | None = None,
    id: str | None = None,
    slug: str | None = None,
    name: str | None = None,
) -> MenuRow | None:
    if id is not None:
        row = ids.find(id, MenuRow)
    else:
        row = MenuRow.objects.filter(**({"slug": slug} if slug is not None else {"name": name})).first()
    return bind([row], channel=channel_of(info, channel))[0] if row else None


@query
def menus(info: Info, *, channel: str | None = None, **paging: Any) -> Connection:
    return connect(MenuRow.objects.all(), channel=channel_of(info, channel), **paging)


@query
def menu_item(info: Info, *, id: str, channel: str | None = None) -> ItemRow | None:
    row = ids.find(id, ItemRow)
    return bind([row], channel=channel_of(info, channel))[0] if row else None
