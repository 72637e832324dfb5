"""Collections: selections of products that are published by channel."""

from django.db import models
from django.utils import timezone

from store.engine.catalog.models.seo import WithSeo
from store.engine.channels.models import Channel
from store.engine.events.metadata import WithMetadata


class Collection(WithMetadata, WithSeo):
    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    description = models.JSONField(blank=True, null=True)
    background_image = models.CharField(max_length=255, blank=True, default="")
    background_image_alt = models.CharField(max_length=128, blank=True, default="")
    products = models.ManyToManyField(
        "catalog.Product", blank=True, related_name="collections", through="catalog.CollectionProduct"
    )

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name


class CollectionProduct(models.Model):
    collection = models.ForeignKey(Collection, related_name="collection_products", on_delete=models.CASCADE)
    product = models.ForeignKey(
        "catalog.Product", related_name="collection_products", on_delete=models.CASCADE
    )
    sort_order = models.IntegerField(null=True)

    class Meta:
        ordering = (models.F("sort_order").asc(nulls_last=True), "pk")
        constraints = [
            models.UniqueConstraint(fields=("collection", "product"), name="product_once_per_collection")
        ]

    def __str__(self) -> str:
        return f"product {self.product_id} in collection {self.collection_id}"


class CollectionChannelListing(models.Model):
    collection = models.ForeignKey(Collection, related_name="channel_listings", on_delete=models.CASCADE)
    channel = models.ForeignKey(Channel, related_name="collection_listings", on_delete=models.CASCADE)
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("collection", "channel"), name="one_listing_per_collection")
        ]

    def __str__(self) -> str:
        return f"collection {self.collection_id} in channel {self.channel_id}"
