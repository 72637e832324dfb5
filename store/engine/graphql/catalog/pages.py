"""GraphQL types and queries of pages."""

from typing import Any

from django.db.models import Q

from store.engine.catalog import visibility
from store.engine.catalog.models import Page as PageRow
from store.engine.catalog.models import PageType
from store.engine.graphql.batching import batched, bind_siblings
from store.engine.graphql.catalog.assigned_attributes import (
    assigned_attribute_resolver,
    assigned_attributes_resolver,
)
from store.engine.graphql.catalog.attribute_values import SelectedAttribute, selected_attributes_by
from store.engine.graphql.catalog.categories_collections import find_by_id_or_slug
from store.engine.graphql.catalog.filters import page_attribute
from store.engine.graphql.channels.request_channel import channel_of
from store.engine.graphql.channels.translations import rich_text_json, translation_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import (
    ListArguments,
    has_metadata,
    ids_in,
    matching,
    matching_ids,
    one_of,
)
from store.engine.graphql.older_dates import day_of
from store.engine.graphql.registry import Info, SaleorType, query


def _with_attributes(given: list[dict[str, Any]]) -> Q:
    condition = Q()
    for attribute in given:
        condition &= page_attribute(attribute)
    return condition


PAGES = ListArguments(
    search=("title", "slug"),
    columns={
        "ids": ids_in("pk", PageRow),
        "slug": matching("slug"),
        "slugs": one_of("slug"),
        "metadata": has_metadata,
        "page_type": matching_ids("page_type", PageType),
        "page_types": ids_in("page_type", PageType),
        "attributes": _with_attributes,
    },
    sort={
        "TITLE": ("title", "slug"),
        "SLUG": ("slug",),
        "VISIBILITY": ("is_published", "title", "slug"),
        "CREATION_DATE": ("created_at", "title", "slug"),
        "CREATED_AT": ("created_at", "title", "slug"),
        "PUBLICATION_DATE": ("published_at", "title", "slug"),
        "PUBLISHED_AT": ("published_at", "title", "slug"),
        "RANK": ("title", "slug"),
    },
)


selected_attributes = selected_attributes_by(lambda rows: [row.page_type_id for row in rows])


class Page(SaleorType, model=PageRow):
    translation = staticmethod(translation_of("Page"))
    content_json = rich_text_json("content")
    publication_date = day_of("published_at")

    @staticmethod
    def created(root: PageRow, _info: Info) -> Any:
        return root.created_at

    @staticmethod
    @batched
    def page_type(rows: list[PageRow], _info: Info) -> list[PageType]:
        found = PageType.objects.in_bulk({row.page_type_id for row in rows})
        return [found[row.page_type_id] for row in rows]

    @staticmethod
    @batched
    def attributes(rows: list[PageRow], info: Info) -> list[list[SelectedAttribute]]:
        return selected_attributes(rows, info)

    @staticmethod
    @batched
    def attribute(rows: list[PageRow], info: Info, *, slug: str) -> list[SelectedAttribute | None]:
        return [
            next((attribute for attribute in own if attribute.attribute.slug == slug), None)
            for own in selected_attributes(rows, info)
        ]

    assigned_attributes = staticmethod(assigned_attributes_resolver(selected_attributes))
    assigned_attribute = staticmethod(assigned_attribute_resolver(selected_attributes))


@query
def page(
    info: Info,
    *,
    id: str | None = None,
    slug: str | None = None,
    slug_language_code: str | None = None,
    channel: str | None = None,
) -> PageRow | None:
    row = find_by_id_or_slug(_visible_pages(info), "Page", id, slug, slug_language_code)
    return bind_siblings(info, [row], channel=channel_of(info, channel))[0] if row else None


@query
def pages(
    info: Info,
    *,
    where: dict[str, Any] | None = None,
    filter: dict[str, Any] | None = None,
    search: str | None = None,
    sort_by: dict[str, Any] | None = None,
    channel: str | None = None,
    **paging: Any,
) -> Connection:
    rows = PAGES.filtered(_visible_pages(info), {**(filter or {}), **({"search": search} if search else {})})
    rows = rows.filter(PAGES.where(where))
    order = PAGES.order(sort_by, default=("slug",))
    return connect(rows, order=order, channel=channel_of(info, channel), **paging)


def _visible_pages(info: Info) -> Any:
    return PageRow.objects.all() if info.context.has_permission("MANAGE_PAGES") else visibility.pages()
