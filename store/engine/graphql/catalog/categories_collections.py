"""Categories and collections as the API shows them."""

from typing import Any

from django.db.models import F, Q

from store.engine.catalog import visibility
from store.engine.catalog.models import Category as CategoryRow
from store.engine.catalog.models import Collection as CollectionRow
from store.engine.catalog.models import CollectionChannelListing as ListingRow
from store.engine.channels import translations
from store.engine.channels.models import Channel
from store.engine.errors import Refusal
from store.engine.graphql import ids
from store.engine.graphql.batching import bind, by_peers
from store.engine.graphql.catalog import sorting
from store.engine.graphql.catalog.images import picture_url
from store.engine.graphql.catalog.product_lists import STAFF, Wanted, page_of, products_of, products_of_each
from store.engine.graphql.channels.request_channel import by_pk, public_channel
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.registry import Info, SaleorType, needing, query


def background(type_name: str) -> Any:
    def background_image(
        root: Any, _info: Info, *, size: int | None = None, format: str | None = None
    ) -> dict[str, Any] | None:
        if not root.background_image:
            return None
        url = picture_url(type_name, root.pk, root.background_image, size, format)
        return {"url": url, "alt": root.background_image_alt or None}

    return background_image


class Category(SaleorType, model=CategoryRow):
    translation = staticmethod(translation_of("Category"))
    background_image = staticmethod(background("Category"))

    @staticmethod
    @by_peers
    def parent(rows: list[CategoryRow], _info: Info) -> list[CategoryRow | None]:
        found = CategoryRow.objects.in_bulk({row.parent_id for row in rows if row.parent_id})
        return [found.get(row.parent_id or 0) for row in rows]

    @staticmethod
    @by_peers
    def children(rows: list[CategoryRow], _info: Info, **paging: Any) -> list[Connection]:
        found: dict[int, list[CategoryRow]] = {row.pk: [] for row in rows}
        for one in CategoryRow.objects.filter(parent__in=rows):
            found[int(one.parent_id or 0)].append(one)
        connections = [connect(found[row.pk], **paging) for row in rows]
        bind([edge.node for connection in connections for edge in connection.edges])
        return connections

    @staticmethod
    @by_peers
    def ancestors(rows: list[CategoryRow], _info: Info, **paging: Any) -> list[Connection]:
        lines = [[int(pk) for pk in row.path.split("/") if pk and int(pk) != row.pk] for row in rows]
        found = CategoryRow.objects.in_bulk({pk for line in lines for pk in line})
        return [connect([found[pk] for pk in line], **paging) for line in lines]

    @staticmethod
    @by_peers
    def products(
        rows: list[CategoryRow], info: Info, *, channel: str | None = None, **arguments: Any
    ) -> list[Connection]:
        """Of the category and all below it."""
        if len(rows) == 1 or arguments.get("after") or arguments.get("before"):
            return [
                products_of(info, channel=channel, within=Q(category__path__startswith=row.path), **arguments)
                for row in rows
            ]
        paths = list(CategoryRow.objects.values_list("pk", "path"))
        groups = [{pk for pk, path in paths if path.startswith(row.path)} for row in rows]
        return products_of_each(info, groups, column="category_id", channel=channel, arguments=arguments)


class Collection(SaleorType, model=CollectionRow):
    translation = staticmethod(translation_of("Collection"))
    background_image = staticmethod(background("Collection"))

    @staticmethod
    def channel(root: CollectionRow, _info: Info) -> str | None:
        found = root.__dict__.get("channel")
        return found.slug if found else None

    @staticmethod
    @by_peers
    def products(rows: list[CollectionRow], info: Info, **arguments: Any) -> list[Connection]:
        """In the channel in which the collection itself was asked for; by default in the collection's order."""
        found = rows[0].__dict__.get("channel")
        slug = found.slug if found else None
        if len(rows) == 1:
            return [_products_of(rows[0], info, slug, arguments)]
        groups = [{row.pk} for row in rows]
        return products_of_each(
            info, groups, column="placed__collection_id", channel=slug, arguments=arguments
        )

    @staticmethod
    @needing("MANAGE_PRODUCTS")
    @by_peers
    def channel_listings(rows: list[CollectionRow], _info: Info) -> list[list[ListingRow]]:
        found: dict[int, list[ListingRow]] = {row.pk: [] for row in rows}
        for one in ListingRow.objects.filter(collection__in=rows):
            found[one.collection_id].append(one)
        return [found[row.pk] for row in rows]


def _products_of(row: CollectionRow, info: Info, slug: str | None, arguments: dict[str, Any]) -> Connection:
    if not arguments.get("sort_by") and not arguments.get("search"):
        arguments = arguments | {"sort_by": {"field": "COLLECTION", "direction": "ASC"}}
    wanted = Wanted(info, slug, arguments)
    wanted.rows = wanted.rows.filter(placed__collection=row).annotate(placed_at=F("placed__sort_order"))
    return page_of(wanted, arguments)


class CollectionChannelListing(SaleorType, model=ListingRow):
    @staticmethod
    def channel(root: ListingRow, info: Info) -> Channel:
        return by_pk(info.context)[root.channel_id]


# --- queries ------------------------------------------------------------------------------------------
@query
def categories(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    level: int | None = None,
    **paging: Any,
) -> Connection:
    rows = CategoryRow.objects.all()
    if level is not None:
        rows = rows.filter(level=level)
    rows, order = sorting.categories(_filtered(rows, filter or {}, "Category"), sort_by)
    return connect(rows, order=order, **paging)


def _filtered(rows: Any, wanted: dict[str, Any], type_name: str) -> Any:
    if search := wanted.get("search"):
        rows = rows.filter(Q(name__icontains=search) | Q(slug__icontains=search))
    if wanted.get("slugs") is not None:
        rows = rows.filter(slug__in=wanted["slugs"])
    if wanted.get("ids") is not None:
        rows = rows.filter(pk__in=ids.pks(wanted["ids"], rows, type_name))
    return rows


@query
def category(
    info: Info, *, id: str | None = None, slug: str | None = None, slug_language_code: str | None = None
) -> CategoryRow | None:
    found: CategoryRow | None = _one(CategoryRow.objects.all(), "Category", id, slug, slug_language_code)
    return found


@query
def collections(
    info: Info,
    *,
    channel: str | None = None,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    found, rows = _visible(info, channel)
    rows = _filtered(rows, filter or {}, "Collection")
    rows, order = sorting.collections(rows, sort_by, found)
    return connect(rows, order=order, channel=found, **paging)


@query
def collection(
    info: Info,
    *,
    id: str | None = None,
    slug: str | None = None,
    slug_language_code: str | None = None,
    channel: str | None = None,
) -> CollectionRow | None:
    found, rows = _visible(info, channel)
    row = _one(rows, "Collection", id, slug, slug_language_code)
    return bind([row], channel=found)[0] if row else None


def _visible(info: Info, slug: str | None) -> tuple[Channel | None, Any]:
    channel, staff = public_channel(info, slug, *STAFF)
    if staff and (channel or slug is None):
        rows = CollectionRow.objects.all()
        return channel, rows.filter(channel_listings__channel=channel) if channel else rows
    return channel, visibility.collections(channel) if channel else CollectionRow.objects.none()


def _one(rows: Any, kind: str, id: str | None, slug: str | None, language: str | None) -> Any:
    if (id is None) == (slug is None):
        raise Refusal("Exactly one of `id` and `slug` is needed.", code="GRAPHQL_ERROR")
    if id is not None:
        return ids.find(id, rows)
    if language is None:
        return rows.filter(slug=slug).first()
    pk = translations.object_with(kind=kind, language=language, slug=str(slug))
    return rows.filter(pk=pk).first() if pk else None
