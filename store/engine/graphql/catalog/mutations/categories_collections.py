"""Categories and collections."""

from typing import Any

from store.engine.catalog import categories, collections
from store.engine.catalog.models import Category, Collection, Product
from store.engine.channels.models import Channel
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload, gone, plain
from store.engine.graphql.registry import Info, mutation


@mutation(needs="MANAGE_PRODUCTS")
def category_create(info: Info, *, input: dict[str, Any], parent: str | None = None) -> Payload:
    above = ids.one(parent, Category, field="parent") if parent else None
    made = categories.create(given=plain(input), parent=above, picture=input.get("background_image"))
    return {"category": made}


@mutation(needs="MANAGE_PRODUCTS")
def category_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    changed = categories.update(
        category=ids.one(id, Category), given=plain(input), picture=input.get("background_image")
    )
    return {"category": changed}


@mutation(needs="MANAGE_PRODUCTS")
def category_delete(info: Info, *, id: str) -> Payload:
    row = ids.one(id, Category)
    return {"category": gone(row, lambda: categories.delete(category=row))}


@mutation(needs="MANAGE_PRODUCTS")
def collection_create(info: Info, *, input: dict[str, Any]) -> Payload:
    made = collections.create(
        given=plain(input),
        products=ids.many(input.get("products") or (), Product, field="products"),
        picture=input.get("background_image"),
    )
    return {"collection": made}


@mutation(needs="MANAGE_PRODUCTS")
def collection_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    changed = collections.update(
        collection=ids.one(id, Collection), given=plain(input), picture=input.get("background_image")
    )
    return {"collection": changed}


@mutation(needs="MANAGE_PRODUCTS")
def collection_delete(info: Info, *, id: str) -> Payload:
    row = ids.one(id, Collection)
    return {"collection": gone(row, lambda: collections.delete(collection=row))}


@mutation(needs="MANAGE_PRODUCTS")
def collection_add_products(info: Info, *, collection_id: str, products: list[str]) -> Payload:
    collection = ids.one(collection_id, Collection, field="collectionId")
    collections.add_products(collection=collection, products=ids.many(products, Product, field="products"))
    return {"collection": collection}


@mutation(needs="MANAGE_PRODUCTS")
def collection_remove_products(info: Info, *, collection_id: str, products: list[str]) -> Payload:
    collection = ids.one(collection_id, Collection, field="collectionId")
    collections.remove_products(collection=collection, products=ids.many(products, Product, field="products"))
    return {"collection": collection}


@mutation(needs="MANAGE_PRODUCTS")
def collection_channel_listing_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    collection = ids.one(id, Collection)
    listings = [
        (ids.one(one["channel_id"], Channel, field="channelId"), one)
        for one in input.get("add_channels") or ()
    ]
    collections.list_in_channels(
        collection=collection,
        listings=listings,
        remove=ids.many(input.get("remove_channels") or (), Channel, field="removeChannels"),
    )
    return {"collection": collection}
