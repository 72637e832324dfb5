"""Mutations of categories and collections."""

from typing import Any

from store.engine.catalog import categories, collections
from store.engine.catalog.models import Category, Collection, Product
from store.engine.channels.models import Channel
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import (
    Payload,
    with_metadata_dicts,
)
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.older_dates import with_times
from store.engine.graphql.registry import Info, mutation


@mutation(permissions="MANAGE_PRODUCTS")
def category_create(info: Info, *, input: dict[str, Any], parent: str | None = None) -> Payload:
    parent_row = ids.get_row(parent, Category, field="parent") if parent else None
    category = categories.create(
        given=with_metadata_dicts(input), parent=parent_row, picture=input.get("background_image")
    )
    return {"category": category}


@mutation(permissions="MANAGE_PRODUCTS")
def category_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    changed = categories.update(
        category=ids.get_row(id, Category),
        given=with_metadata_dicts(input),
        picture=input.get("background_image"),
    )
    return {"category": changed}


@mutation(permissions="MANAGE_PRODUCTS")
def category_delete(info: Info, *, id: str) -> Payload:
    row = ids.get_row(id, Category)
    return {"category": delete_and_return(row, lambda: categories.delete(category=row))}


@mutation(permissions="MANAGE_PRODUCTS")
def collection_create(info: Info, *, input: dict[str, Any]) -> Payload:
    collection = collections.create(
        given=with_metadata_dicts(input),
        products=ids.get_rows(input.get("products") or (), Product, field="products"),
        picture=input.get("background_image"),
    )
    return {"collection": collection}


@mutation(permissions="MANAGE_PRODUCTS")
def collection_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    changed = collections.update(
        collection=ids.get_row(id, Collection),
        given=with_metadata_dicts(input),
        picture=input.get("background_image"),
    )
    return {"collection": changed}


@mutation(permissions="MANAGE_PRODUCTS")
def collection_delete(info: Info, *, id: str) -> Payload:
    row = ids.get_row(id, Collection)
    return {"collection": delete_and_return(row, lambda: collections.delete(collection=row))}


@mutation(permissions="MANAGE_PRODUCTS")
def collection_add_products(info: Info, *, collection_id: str, products: list[str]) -> Payload:
    collection = ids.get_row(collection_id, Collection, field="collectionId")
    collections.add_products(
        collection=collection, products=ids.get_rows(products, Product, field="products")
    )
    return {"collection": collection}


@mutation(permissions="MANAGE_PRODUCTS")
def collection_remove_products(info: Info, *, collection_id: str, products: list[str]) -> Payload:
    collection = ids.get_row(collection_id, Collection, field="collectionId")
    collections.remove_products(
        collection=collection, products=ids.get_rows(products, Product, field="products")
    )
    return {"collection": collection}


@mutation(permissions="MANAGE_PRODUCTS")
def collection_channel_listing_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    collection = ids.get_row(id, Collection)
    listings = [
        (ids.get_row(listing["channel_id"], Channel, field="channelId"), with_times(listing))
        for listing in input.get("add_channels") or ()
    ]
    collections.update_channel_listings(
        collection=collection,
        listings=listings,
        remove=ids.get_rows(input.get("remove_channels") or (), Channel, field="removeChannels"),
    )
    return {"collection": collection}
