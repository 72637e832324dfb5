"""Collections: selections of products, published by channel."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from store.engine.catalog.categories import described
from store.engine.catalog.media import Picture
from store.engine.catalog.models import Collection, CollectionChannelListing, CollectionProduct, Product
from store.engine.channels import translations
from store.engine.channels.models import Channel
from store.engine.channels.validation import not_blank, saved, slug_for
from store.engine.errors import Refusal, Required
from store.engine.events import record, record_gone


def create(
    *, given: Mapping[str, Any], products: Sequence[Product] = (), picture: Picture | None = None
) -> Collection:
    if not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    with transaction.atomic(durable=True):
        collection = Collection()
        columns = described(given, picture, "collection-backgrounds")
        saved(collection, columns | {"slug": slug_for(Collection, given)})
        add_to(collection, products)
        record("COLLECTION_CREATED", kind="Collection", pk=collection.pk)
    return collection


def update(*, collection: Collection, given: Mapping[str, Any], picture: Picture | None = None) -> Collection:
    for name in ("name", "slug"):
        not_blank(given, name)
    with transaction.atomic(durable=True):
        slug = {"slug": given["slug"]} if given.get("slug") else {}
        saved(collection, described(given, picture, "collection-backgrounds") | slug)
        record("COLLECTION_UPDATED", kind="Collection", pk=collection.pk)
    return collection


def delete(*, collection: Collection) -> None:
    with transaction.atomic(durable=True):
        translations.forget(kind="Collection", pks=[collection.pk])
        record_gone("COLLECTION_DELETED", kind="Collection", row=collection)
        collection.delete()


def add_products(*, collection: Collection, products: Sequence[Product]) -> None:
    with transaction.atomic(durable=True):
        add_to(collection, products)
        _tell_moved(products)


def remove_products(*, collection: Collection, products: Sequence[Product]) -> None:
    with transaction.atomic(durable=True):
        collection.placed.filter(product__in=products).delete()
        _tell_moved(products)


def _tell_moved(products: Sequence[Product]) -> None:
    for product in products:
        record("PRODUCT_UPDATED", kind="Product", pk=product.pk)


def add_to(collection: Collection, products: Sequence[Product]) -> None:
    """At the end, once each. Inside the caller's transaction."""
    known = set(collection.placed.values_list("product_id", flat=True))
    last = collection.placed.aggregate(last=Max("sort_order"))["last"]
    start = 0 if last is None else last + 1
    fresh = [one for one in dict.fromkeys(products) if one.pk not in known]
    CollectionProduct.objects.bulk_create(
        [
            CollectionProduct(collection=collection, product=one, sort_order=start + at)
            for at, one in enumerate(fresh)
        ]
    )


def list_in_channels(
    *,
    collection: Collection,
    listings: Sequence[tuple[Channel, Mapping[str, Any]]],
    remove: Sequence[Channel] = (),
) -> None:
    """Publish or hide in channels. Publishing without a date means now."""
    named = [channel.pk for channel, _ in listings]
    if twice := [one for one in remove if one.pk in named] or [
        one for one, _ in listings if named.count(one.pk) > 1
    ]:
        raise Refusal(
            "The same object cannot be in both lists for adding and removing items.",
            field="input",
            code="DUPLICATED_INPUT_ITEM",
            channels=twice,
        )
    with transaction.atomic(durable=True):
        collection.channel_listings.filter(channel__in=remove).delete()
        for channel, given in listings:
            row, _ = CollectionChannelListing.objects.get_or_create(collection=collection, channel=channel)
            if given.get("is_published") is not None:
                row.is_published = given["is_published"]
            if "published_at" in given:
                row.published_at = given["published_at"]
            if row.is_published and row.published_at is None:
                row.published_at = timezone.now()
            row.save()
        record("COLLECTION_UPDATED", kind="Collection", pk=collection.pk)
