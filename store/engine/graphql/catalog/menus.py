"""GraphQL types and queries of menus."""

from typing import Any

from django.db.models import Count

from store.engine.catalog import visibility
from store.engine.catalog.models import Category, Collection, Page
from store.engine.catalog.models import Menu as MenuRow
from store.engine.catalog.models import MenuItem as ItemRow
from store.engine.graphql import ids
from store.engine.graphql.batching import batched, bind_siblings, channel_of_row
from store.engine.graphql.catalog.product_lists import STAFF_PERMISSIONS
from store.engine.graphql.channels.request_channel import channel_of
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import ListArguments, has_metadata, one_of
from store.engine.graphql.registry import Info, SaleorType, query


class Menu(SaleorType, model=MenuRow):
    @staticmethod
    @batched
    def items(rows: list[MenuRow], _info: Info) -> list[list[ItemRow]]:
        items: dict[int, list[ItemRow]] = {row.pk: [] for row in rows}
        for item in ItemRow.objects.filter(menu__in=rows, parent=None):
            items[item.menu_id].append(item)
        return [items[row.pk] for row in rows]


class MenuItem(SaleorType, model=ItemRow):
    translation = staticmethod(translation_of("MenuItem"))

    @staticmethod
    @batched
    def children(rows: list[ItemRow], _info: Info) -> list[list[ItemRow]]:
        children: dict[int, list[ItemRow]] = {row.pk: [] for row in rows}
        for child in ItemRow.objects.filter(parent__in=rows):
            children[int(child.parent_id or 0)].append(child)
        return [children[row.pk] for row in rows]

    @staticmethod
    @batched
    def menu(rows: list[ItemRow], _info: Info) -> list[MenuRow]:
        found = MenuRow.objects.in_bulk({row.menu_id for row in rows})
        return [found[row.menu_id] for row in rows]

    @staticmethod
    @batched
    def parent(rows: list[ItemRow], _info: Info) -> list[ItemRow | None]:
        found = ItemRow.objects.in_bulk({row.parent_id for row in rows if row.parent_id})
        return [found.get(row.parent_id or 0) for row in rows]

    @staticmethod
    @batched
    def category(rows: list[ItemRow], _info: Info) -> list[Category | None]:
        found = Category.objects.in_bulk({row.category_id for row in rows if row.category_id})
        return [found.get(row.category_id or 0) for row in rows]

    @staticmethod
    @batched
    def collection(rows: list[ItemRow], info: Info) -> list[Collection | None]:
        """Customers get a collection only if it is published in the channel."""
        channel = channel_of_row(rows[0], info)
        if info.context.has_permission(*STAFF_PERMISSIONS):
            visible = Collection.objects.all()
        else:
            visible = visibility.collections(channel) if channel else Collection.objects.none()
        found = {
            collection.pk: collection
            for collection in visible.filter(pk__in={row.collection_id for row in rows})
        }
        return [found.get(row.collection_id or 0) for row in rows]

    @staticmethod
    @batched
    def page(rows: list[ItemRow], info: Info) -> list[Page | None]:
        visible = Page.objects.all() if info.context.has_permission("MANAGE_PAGES") else visibility.pages()
        found = {page.pk: page for page in visible.filter(pk__in={row.page_id for row in rows})}
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
        row = ids.find_row(id, MenuRow)
    else:
        row = MenuRow.objects.filter(**({"slug": slug} if slug is not None else {"name": name})).first()
    return bind_siblings(info, [row], channel=channel_of(info, channel))[0] if row else None


MENUS = ListArguments(
    search=("name", "slug"),
    columns={"slug": one_of("slug"), "slugs": one_of("slug"), "metadata": has_metadata},
    sort={"NAME": ("name", "slug"), "ITEMS_COUNT": ("item_count", "name", "slug")},
)
MENU_ITEMS = ListArguments(search=("name",), columns={"metadata": has_metadata}, sort={"NAME": ("name",)})


@query
def menus(
    info: Info,
    *,
    channel: str | None = None,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    rows = MENUS.filtered(MenuRow.objects.all(), filter)
    order = MENUS.order(sort_by, default=("pk",))
    if order[0].lstrip("-") == "item_count":
        rows = rows.annotate(item_count=Count("items"))
    return connect(rows, order=order, channel=channel_of(info, channel), **paging)


@query
def menu_items(
    info: Info,
    *,
    channel: str | None = None,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    rows = MENU_ITEMS.filtered(ItemRow.objects.all(), filter)
    order = MENU_ITEMS.order(sort_by, default=("pk",))
    return connect(rows, order=order, channel=channel_of(info, channel), **paging)


@query
def menu_item(info: Info, *, id: str, channel: str | None = None) -> ItemRow | None:
    row = ids.find_row(id, ItemRow)
    return bind_siblings(info, [row], channel=channel_of(info, channel))[0] if row else None
