"""Categories, and collections with their channels."""

from collections.abc import Iterator
from typing import Any

from store.saleor.client.input_types import (
    CategoryInput,
    CollectionChannelListingUpdateInput,
    CollectionCreateInput,
    CollectionInput,
    PublishableChannelListingInput,
    SeoInput,
)
from store.seed.read import Catalog, editorjs
from store.seed.read.file_models import Category, Collection
from store.seed.write.context import SeedContext


def write_categories_and_collections(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    for category in catalog.categories:
        _category(context, category)
        yield category.name
    for collection in catalog.collections:
        _collection(context, collection)
        yield collection.name


def _category(context: SeedContext, category: Category) -> None:
    client = context.client
    fields: dict[str, Any] = {
        "name": category.name,
        "description": editorjs.document(category.description),
        "seo": SeoInput(title=category.seo.title, description=category.seo.description),
    }
    create_input = CategoryInput(slug=category.slug, **fields)
    context.upsert(
        "category",
        category.slug,
        create_input,
        create=lambda: client.category_create(create_input).category_create,
        update=lambda id_: client.category_update(id_, CategoryInput(**fields)).category_update,
    )


def _collection(context: SeedContext, collection: Collection) -> None:
    client = context.client
    fields: dict[str, Any] = {
        "name": collection.name,
        "description": editorjs.document(collection.description),
    }
    create_input = CollectionCreateInput(slug=collection.slug, **fields)
    id_ = context.upsert(
        "collection",
        collection.slug,
        create_input,
        create=lambda: client.collection_create(create_input).collection_create,
        update=lambda id_: client.collection_update(id_, CollectionInput(**fields)).collection_update,
    )
    listings = [
        PublishableChannelListingInput(channel_id=channel, is_published=True)
        for channel in context.ids_of("channel", collection.channels)
    ]
    listing = CollectionChannelListingUpdateInput(add_channels=listings)
    context.send_if_changed(
        "collection-listing",
        collection.slug,
        listing,
        lambda: client.collection_channel_listing_update(id_, listing).collection_channel_listing_update,
    )
