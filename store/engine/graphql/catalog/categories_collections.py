"""GraphQL types and queries of categories and collections."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from store.engine.catalog import visibility
from store.engine.catalog.models import Category as CategoryRow
from store.engine.catalog.models import Collection as CollectionRow
from store.engine.catalog.models import CollectionChannelListing as ListingRow
from store.engine.channels import translations
from store.engine.channels.models import Channel
from store.engine.errors import OperationError
from store.engine.graphql import ids
from store.engine.graphql.batching import batched, bind_siblings, channel_of_row
from store.engine.graphql.catalog import sorting
from store.engine.graphql.catalog.images import image_url
from store.engine.graphql.catalog.product_lists import (
    STAFF_PERMISSIONS,
    ProductListQuery,
    product_connection,
    product_list,
    product_lists,
)
from store.engine.graphql.channels.request_channel import channels_by_pk, requested_channel
from store.engine.graphql.channels.translations import rich_text_json, translation_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import ListArguments, has_metadata, ids_in, in_range, one_of
from store.engine.graphql.older_dates import day_of
from store.engine.graphql.plain_values import Image
from store.engine.graphql.registry import Info, SaleorType, query, requires_permission


def background_image_resolver(type_name: str) -> Any:
    """Resolver of `backgroundImage` for rows of this type."""

    def background_image(
        root: Any, _info: Info, *, size: int | None = None, format: str | None = None
    ) -> Image | None:
        if not root.background_image:
            return None
        url = image_url(type_name, root.pk, root.background_image, size, format)
        return {"url": url, "alt": root.background_image_alt or None}

    return background_image


class Category(SaleorType, model=CategoryRow):
    translation = staticmethod(translation_of("Category"))
    background_image = staticmethod(background_image_resolver("Category"))
    description_json = rich_text_json("description")

    @staticmethod
    @batched
    def parent(rows: list[CategoryRow], _info: Info) -> list[CategoryRow | None]:
        found = CategoryRow.objects.in_bulk({row.parent_id for row in rows if row.parent_id})
        return [found.get(row.parent_id or 0) for row in rows]

    @staticmethod
    @batched
    def children(rows: list[CategoryRow], _info: Info, **paging: Any) -> list[Connection]:
        found: dict[int, list[CategoryRow]] = {row.pk: [] for row in rows}
        for child in CategoryRow.objects.filter(parent__in=rows):
            found[int(child.parent_id or 0)].append(child)
        return [connect(found[row.pk], **paging) for row in rows]

    @staticmethod
    @batched
    def ancestors(rows: list[CategoryRow], _info: Info, **paging: Any) -> list[Connection]:
        paths = [[int(pk) for pk in row.path.split("/") if pk and int(pk) != row.pk] for row in rows]
        found = CategoryRow.objects.in_bulk({pk for path in paths for pk in path})
        return [connect([found[pk] for pk in path], **paging) for path in paths]

    @staticmethod
    @batched
    def products(
        rows: list[CategoryRow], info: Info, *, channel: str | None = None, **arguments: Any
    ) -> list[Connection]:
        """Products of the category and of all categories below it."""
        if len(rows) == 1 or arguments.get("after") or arguments.get("before"):
            return [
                product_list(
                    info, channel=channel, within=Q(category__path__startswith=row.path), **arguments
                )
                for row in rows
            ]
        paths = list(CategoryRow.objects.values_list("pk", "path"))
        groups = [{pk for pk, path in paths if path.startswith(row.path)} for row in rows]
        return product_lists(info, groups, column="category_id", channel=channel, arguments=arguments)


class Collection(SaleorType, model=CollectionRow):
    translation = staticmethod(translation_of("Collection"))
    background_image = staticmethod(background_image_resolver("Collection"))
    description_json = rich_text_json("description")

    @staticmethod
    def channel(root: CollectionRow, info: Info) -> str | None:
        found = channel_of_row(root, info)
        return found.slug if found else None

    @staticmethod
    @batched
    def products(rows: list[CollectionRow], info: Info, **arguments: Any) -> list[Connection]:
        """Products in the channel in which the collection was requested, by default in the collection's order."""
        channel = channel_of_row(rows[0], info)
        slug = channel.slug if channel else None
        if len(rows) == 1:
            return [_collection_products(rows[0], info, slug, arguments)]
        groups = [{row.pk} for row in rows]
        return product_lists(
            info, groups, column="collection_products__collection_id", channel=slug, arguments=arguments
        )

    @staticmethod
    @requires_permission("MANAGE_PRODUCTS")
    @batched
    def channel_listings(rows: list[CollectionRow], _info: Info) -> list[list[ListingRow]]:
        found: dict[int, list[ListingRow]] = {row.pk: [] for row in rows}
        for listing in ListingRow.objects.filter(collection__in=rows):
            found[listing.collection_id].append(listing)
        return [found[row.pk] for row in rows]


def _collection_products(
    row: CollectionRow, info: Info, channel: str | None, arguments: dict[str, Any]
) -> Connection:
    if not arguments.get("sort_by") and not arguments.get("search"):
        arguments = arguments | {"sort_by": {"field": "COLLECTION", "direction": "ASC"}}
    product_query = ProductListQuery(info, channel, arguments)
    product_query.rows = product_query.rows.filter(collection_products__collection=row).annotate(
        placed_at=F("collection_products__sort_order")
    )
    return product_connection(product_query, arguments)


class CollectionChannelListing(SaleorType, model=ListingRow):
    publication_date = day_of("published_at")

    @staticmethod
    def channel(root: ListingRow, info: Info) -> Channel:
        return channels_by_pk(info.context)[root.channel_id]


CATEGORIES = ListArguments(
    search=("name", "slug"),
    columns={
        "ids": ids_in("pk", CategoryRow),
        "slugs": one_of("slug"),
        "metadata": has_metadata,
        "updated_at": in_range("updated_at"),
    },
)


def _collections_in(channel: Channel | None) -> ListArguments:
    """Whether a collection is published, is said of a channel; without one, of any."""

    def published(given: str) -> Q:
        listed = ListingRow.objects.filter(collection=OuterRef("pk"), is_published=True)
        found = Q(Exists(listed.filter(channel=channel) if channel else listed))
        return found if given == "PUBLISHED" else ~found

    return ListArguments(
        search=("name", "slug"),
        columns={
            "ids": ids_in("pk", CollectionRow),
            "slugs": one_of("slug"),
            "metadata": has_metadata,
            "published": published,
        },
    )


# --- queries ------------------------------------------------------------------------------------------
@query
def categories(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    where: dict[str, Any] | None = None,
    level: int | None = None,
    **paging: Any,
) -> Connection:
    rows = CATEGORIES.filtered(CategoryRow.objects.filter(CATEGORIES.where(where)), filter)
    if level is not None:
        rows = rows.filter(level=level)
    rows, order = sorting.sort_categories(rows, sort_by)
    return connect(rows, order=order, **paging)


@query
def category(
    info: Info, *, id: str | None = None, slug: str | None = None, slug_language_code: str | None = None
) -> CategoryRow | None:
    found: CategoryRow | None = find_by_id_or_slug(
        CategoryRow.objects.all(), "Category", id, slug, slug_language_code
    )
    return found


@query
def collections(
    info: Info,
    *,
    channel: str | None = None,
    filter: dict[str, Any] | None = None,
    where: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    given = dict(filter or {})
    older = given.pop("channel", None) or (sort_by or {}).get("channel")
    channel_row, rows = _visible_collections(info, channel or older)
    arguments = _collections_in(channel_row)
    rows = arguments.filtered(rows.filter(arguments.where(where)), given)
    rows, order = sorting.sort_collections(rows, sort_by, channel_row)
    return connect(rows, order=order, channel=channel_row, **paging)


@query
def collection(
    info: Info,
    *,
    id: str | None = None,
    slug: str | None = None,
    slug_language_code: str | None = None,
    channel: str | None = None,
) -> CollectionRow | None:
    channel_row, rows = _visible_collections(info, channel)
    row = find_by_id_or_slug(rows, "Collection", id, slug, slug_language_code)
    return bind_siblings(info, [row], channel=channel_row)[0] if row else None


def _visible_collections(info: Info, slug: str | None) -> tuple[Channel | None, Any]:
    channel, staff = requested_channel(info, slug, *STAFF_PERMISSIONS)
    if staff and (channel or slug is None):
        rows = CollectionRow.objects.all()
        return channel, rows.filter(channel_listings__channel=channel) if channel else rows
    return channel, visibility.collections(channel) if channel else CollectionRow.objects.none()


def find_by_id_or_slug(rows: Any, kind: str, id: str | None, slug: str | None, language: str | None) -> Any:
    """The row with this id or slug, or None; with `language`, the slug of a translation.

    Raises OperationError unless exactly one of `id` and `slug` is given; an empty one counts as none, as in Saleor.
    """
    if not id and not slug:
        raise OperationError("At least one of arguments is required: 'id', 'slug'.", code="GraphQLError")
    if id and slug:
        raise OperationError("Argument 'id' cannot be combined with 'slug'", code="GraphQLError")
    if id:
        return ids.find_row(id, rows)
    if language is None:
        return rows.filter(slug=slug).first()
    pk = translations.find_object_pk(kind=kind, language=language, slug=str(slug))
    return rows.filter(pk=pk).first() if pk else None
