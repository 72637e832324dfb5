"""Operations on collections, their products and their channel listings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from store.engine.catalog.categories import shared_columns
from store.engine.catalog.media import UploadedFile
from store.engine.catalog.models import Collection, CollectionChannelListing, CollectionProduct, Product
from store.engine.channels import translations
from store.engine.channels.models import Channel
from store.engine.channels.validation import require_not_blank, slug_or_generated, validate_and_save
from store.engine.errors import OperationError, Required
from store.engine.events import record_deleted_event, record_event


def create(
    *, given: Mapping[str, Any], products: Sequence[Product] = (), picture: UploadedFile | None = None
) -> Collection:
    """Create a collection. Raises Required, OperationError, OperationErrors."""
    if not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    with transaction.atomic(durable=True):
        collection = Collection()
        columns = shared_columns(given, picture, "collection-backgrounds")
        validate_and_save(collection, columns | {"slug": slug_or_generated(Collection, given)})
        append_products(collection, products)
        record_event("COLLECTION_CREATED", kind="Collection", pk=collection.pk)
    return collection


def update(
    *, collection: Collection, given: Mapping[str, Any], picture: UploadedFile | None = None
) -> Collection:
    """Change the fields in `given`. Raises Required, OperationError, OperationErrors."""
    for name in ("name", "slug"):
        require_not_blank(given, name)
    with transaction.atomic(durable=True):
        slug = {"slug": given["slug"]} if given.get("slug") else {}
        validate_and_save(collection, shared_columns(given, picture, "collection-backgrounds") | slug)
        record_event("COLLECTION_UPDATED", kind="Collection", pk=collection.pk)
    return collection


def delete(*, collection: Collection) -> None:
    with transaction.atomic(durable=True):
        translations.delete(kind="Collection", pks=[collection.pk])
        record_deleted_event("COLLECTION_DELETED", kind="Collection", row=collection)
        collection.delete()


def add_products(*, collection: Collection, products: Sequence[Product]) -> None:
    with transaction.atomic(durable=True):
        append_products(collection, products)
        _record_products_updated(products)


def remove_products(*, collection: Collection, products: Sequence[Product]) -> None:
    with transaction.atomic(durable=True):
        collection.collection_products.filter(product__in=products).delete()
        _record_products_updated(products)


def _record_products_updated(products: Sequence[Product]) -> None:
    for product in products:
        record_event("PRODUCT_UPDATED", kind="Product", pk=product.pk)


def append_products(collection: Collection, products: Sequence[Product]) -> None:
    """Add products at the end, except those already in it. Inside the caller's transaction."""
    known = set(collection.collection_products.values_list("product_id", flat=True))
    last = collection.collection_products.aggregate(last=Max("sort_order"))["last"]
    start = 0 if last is None else last + 1
    added = [product for product in dict.fromkeys(products) if product.pk not in known]
    CollectionProduct.objects.bulk_create(
        [
            CollectionProduct(collection=collection, product=product, sort_order=position)
            for position, product in enumerate(added, start=start)
        ]
    )


def update_channel_listings(
    *,
    collection: Collection,
    listings: Sequence[tuple[Channel, Mapping[str, Any]]],
    remove: Sequence[Channel] = (),
) -> None:
    """Publish or hide a collection in channels. Published without a date, it is published now.

    Raises OperationError for a channel that is named twice.
    """
    pks = [channel.pk for channel, _ in listings]
    if duplicates := [channel for channel in remove if channel.pk in pks] or [
        channel for channel, _ in listings if pks.count(channel.pk) > 1
    ]:
        raise OperationError(
            "The same object cannot be in both lists for adding and removing items.",
            field="input",
            code="DUPLICATED_INPUT_ITEM",
            channels=duplicates,
        )
    with transaction.atomic(durable=True):
        collection.channel_listings.filter(channel__in=remove).delete()
        for channel, given in listings:
            rows = CollectionChannelListing.objects.select_for_update(of=("self",))
            row, _ = rows.get_or_create(collection=collection, channel=channel)
            if given.get("is_published") is not None:
                row.is_published = given["is_published"]
            if "published_at" in given:
                row.published_at = given["published_at"]
            if row.is_published and row.published_at is None:
                row.published_at = timezone.now()
            row.save()
        record_event("COLLECTION_UPDATED", kind="Collection", pk=collection.pk)
