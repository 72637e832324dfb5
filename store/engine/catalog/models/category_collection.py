"""Categories (a tree, one per product) and collections (any selection of products)."""

from typing import Any

from django.db import models
from django.utils import timezone

from store.engine.channels.models import Channel
from store.engine.events.metadata import WithMetadata


class WithSeo(models.Model):
    """Abstract. What a search engine shows."""

    seo_title = models.CharField(max_length=70, blank=True, null=True)
    seo_description = models.CharField(max_length=300, blank=True, null=True)

    class Meta:
        abstract = True


class Category(WithMetadata, WithSeo):
    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    description = models.JSONField(blank=True, null=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, related_name="children", on_delete=models.CASCADE
    )
    level = models.PositiveIntegerField(default=0)
    path = models.CharField(
        max_length=1000, default="", blank=True, db_index=True
    )  # "/1/5/": pks from the root to itself
    background_image = models.CharField(max_length=255, blank=True, default="")  # path below the media folder
    background_image_alt = models.CharField(max_length=128, blank=True, default="")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new category takes its place in the tree; moving one later is `categories.move`."""
        fresh = self._state.adding
        if fresh and self.parent is not None:
            self.level = self.parent.level + 1
        super().save(*args, **kwargs)
        if fresh:
            self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
            Category.objects.filter(pk=self.pk).update(path=self.path)


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
    collection = models.ForeignKey(Collection, related_name="placed", on_delete=models.CASCADE)
    product = models.ForeignKey("catalog.Product", related_name="placed", on_delete=models.CASCADE)
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
