"""Categories, and collections with their channels."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from store.saleor.client.input_types import (
    CategoryInput,
    CollectionChannelListingUpdateInput,
    CollectionCreateInput,
    CollectionInput,
    PublishableChannelListingInput,
    SeoInput,
)
from store.seed.read import Catalog, editorjs, file_models
from store.seed.read.file_models import Category
from store.seed.write.context import SeedContext
from store.seed.write.merge import comparable_texts


def write_categories_and_collections(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    for category in catalog.categories:
        _category(context, category)
        yield category.name
    for collection in catalog.collections:
        _collection(context, collection)
        yield collection.name


def _category(context: SeedContext, category: Category) -> None:
    client = context.client
    texts = {
        "name": category.name,
        "description": editorjs.document(category.description),
        "seo_title": category.seo.title,
        "seo_description": category.seo.description,
    }
    context.merge_object(
        "category",
        category.slug,
        comparable_texts(texts),
        create=lambda: (
            client.category_create(
                CategoryInput(slug=category.slug, **_with_seo(texts, texts))
            ).category_create
        ),
        update=lambda id_, changed: (
            client.category_update(id_, CategoryInput(**_with_seo(texts, changed))).category_update
        ),
    )


def _with_seo(texts: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The input of the fields of these names. Saleor takes both texts for search engines together."""
    given = {name: texts[name] for name in names if not name.startswith("seo_")}
    if len(given) < len(names):
        given["seo"] = SeoInput(title=texts["seo_title"], description=texts["seo_description"])
    return given


def _collection(context: SeedContext, collection: file_models.Collection) -> None:
    client = context.client
    texts: dict[str, Any] = {
        "name": collection.name,
        "description": editorjs.document(collection.description),
    }
    id_ = context.merge_object(
        "collection",
        collection.slug,
        comparable_texts(texts),
        create=lambda: (
            client.collection_create(CollectionCreateInput(slug=collection.slug, **texts)).collection_create
        ),
        update=lambda id_, changed: (
            client.collection_update(
                id_, CollectionInput(**{name: texts[name] for name in changed})
            ).collection_update
        ),
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
