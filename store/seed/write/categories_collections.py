"""Categories and collections: where products stand in the shop."""

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
from store.seed.read import Catalogue, editorjs
from store.seed.read.file_models import Category, Collection
from store.seed.write.context import Bench


def write_shelves(bench: Bench, catalogue: Catalogue) -> Iterator[str]:
    for category in catalogue.categories:
        _category(bench, category)
        yield category.name
    for collection in catalogue.collections:
        _collection(bench, collection)
        yield collection.name


def _category(bench: Bench, one: Category) -> None:
    client = bench.client
    said: dict[str, Any] = {
        "name": one.name,
        "description": editorjs.document(one.description),
        "seo": SeoInput(title=one.seo.title, description=one.seo.description),
    }
    wanted = CategoryInput(slug=one.slug, **said)
    bench.keep(
        "category",
        one.slug,
        wanted,
        create=lambda: client.category_create(wanted).category_create,
        update=lambda id_: client.category_update(id_, CategoryInput(**said)).category_update,
    )


def _collection(bench: Bench, one: Collection) -> None:
    client = bench.client
    said: dict[str, Any] = {"name": one.name, "description": editorjs.document(one.description)}
    wanted = CollectionCreateInput(slug=one.slug, **said)
    id_ = bench.keep(
        "collection",
        one.slug,
        wanted,
        create=lambda: client.collection_create(wanted).collection_create,
        update=lambda id_: client.collection_update(id_, CollectionInput(**said)).collection_update,
    )
    listings = [
        PublishableChannelListingInput(channel_id=channel, is_published=True)
        for channel in bench.all_ids("channel", one.channels)
    ]
    listing = CollectionChannelListingUpdateInput(add_channels=listings)
    bench.once(
        "collection-listing",
        one.slug,
        listing,
        lambda: client.collection_channel_listing_update(id_, listing).collection_channel_listing_update,
    )
