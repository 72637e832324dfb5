"""Product types, products, variants, their channel listings and media, and the search index."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone

from store.engine.catalog.models.attribute import Attribute
from store.engine.catalog.models.category import Category
from store.engine.catalog.models.seo import WithSeo
from store.engine.channels.models import Channel
from store.engine.events.metadata import WithMetadata
from store.engine.money import amount_field
from store.engine.taxes.models import TaxClass


class ProductType(WithMetadata):
    """What products of a type have in common: attributes, shipping and taxes."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    kind = models.CharField(max_length=32, default="NORMAL")  # or GIFT_CARD
    has_variants = models.BooleanField(default=True)
    is_shipping_required = models.BooleanField(default=True)
    is_digital = models.BooleanField(default=False)
    weight = models.FloatField(default=0)  # kilograms
    tax_class = models.ForeignKey(
        TaxClass, related_name="product_types", blank=True, null=True, on_delete=models.SET_NULL
    )
    product_attributes = models.ManyToManyField(
        Attribute, blank=True, related_name="product_types", through="catalog.AttributeProduct"
    )
    variant_attributes = models.ManyToManyField(
        Attribute, blank=True, related_name="product_variant_types", through="catalog.AttributeVariant"
    )

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name


class Product(WithMetadata, WithSeo):
    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    product_type = models.ForeignKey(ProductType, related_name="products", on_delete=models.CASCADE)
    category = models.ForeignKey(
        Category, related_name="products", on_delete=models.SET_NULL, null=True, blank=True
    )
    description = models.JSONField(blank=True, null=True)
    external_reference = models.CharField(max_length=250, unique=True, null=True, blank=True)
    weight = models.FloatField(null=True, blank=True)  # kilograms
    rating = models.FloatField(null=True, blank=True)
    tax_class = models.ForeignKey(
        TaxClass, related_name="products", blank=True, null=True, on_delete=models.SET_NULL
    )
    default_variant = models.OneToOneField(
        "catalog.ProductVariant", blank=True, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering = ("slug",)
        indexes = [models.Index(fields=("name", "slug"), name="product_name_slug")]

    def __str__(self) -> str:
        return self.name

    @property
    def taxed_as(self) -> int | None:
        """The primary key of the tax class that counts: its own, else its type's."""
        return self.tax_class_id or self.product_type.tax_class_id


class ProductVariant(WithMetadata):
    """The item that is priced, stocked and sold."""

    product = models.ForeignKey(Product, related_name="variants", on_delete=models.CASCADE)
    sku = models.CharField(max_length=255, unique=True, null=True, blank=True)
    name = models.CharField(max_length=255, blank=True)
    external_reference = models.CharField(max_length=250, unique=True, null=True, blank=True)
    track_inventory = models.BooleanField(default=True)
    quantity_limit_per_customer = models.IntegerField(blank=True, null=True)
    weight = models.FloatField(null=True, blank=True)  # kilograms
    sort_order = models.IntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering = (models.F("sort_order").asc(nulls_last=True), "sku")

    def __str__(self) -> str:
        return self.name or self.sku or f"variant {self.pk}"


class ProductChannelListing(models.Model):
    product = models.ForeignKey(Product, related_name="channel_listings", on_delete=models.CASCADE)
    channel = models.ForeignKey(Channel, related_name="product_listings", on_delete=models.CASCADE)
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    visible_in_listings = models.BooleanField(default=False)
    available_for_purchase_at = models.DateTimeField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    # The lowest price of its variants here, set by `update_lowest_prices`; null: not shown to shoppers.
    discounted_price_amount = amount_field(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("product", "channel"), name="one_listing_per_product")]
        indexes = [
            models.Index(fields=("channel", "is_published", "published_at"), name="product_listing_public")
        ]

    def __str__(self) -> str:
        return f"product {self.product_id} in channel {self.channel_id}"

    def is_available_for_purchase(self) -> bool:
        return self.available_for_purchase_at is not None and self.available_for_purchase_at <= timezone.now()

    def is_visible(self) -> bool:
        return self.is_published and (self.published_at is None or self.published_at <= timezone.now())


class VariantChannelListing(models.Model):
    variant = models.ForeignKey(ProductVariant, related_name="channel_listings", on_delete=models.CASCADE)
    channel = models.ForeignKey(Channel, related_name="variant_listings", on_delete=models.CASCADE)
    currency = models.CharField(max_length=3)
    price_amount = amount_field(null=True, blank=True)
    cost_price_amount = amount_field(null=True, blank=True)
    prior_price_amount = amount_field(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("variant", "channel"), name="one_listing_per_variant")]
        indexes = [models.Index(fields=("channel", "price_amount"), name="variant_listing_price")]

    def __str__(self) -> str:
        return f"variant {self.variant_id} in channel {self.channel_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and update the product's lowest price, whichever code changes the row."""
        super().save(*args, **kwargs)
        update_lowest_prices([self.variant.product_id])


def update_lowest_prices(product_ids: Iterable[int]) -> None:
    """Store each product's lowest variant price by channel, by which lists sort and filter. One statement."""
    lowest = (
        VariantChannelListing.objects.filter(
            channel=OuterRef("channel"), variant__product=OuterRef("product"), price_amount__isnull=False
        )
        .order_by()
        .values("channel")
        .annotate(lowest=Min("price_amount"))
        .values("lowest")
    )
    rows = ProductChannelListing.objects.filter(product_id__in=list(product_ids))
    rows.update(discounted_price_amount=Subquery(lowest))


class ProductMedia(WithMetadata):
    product = models.ForeignKey(Product, related_name="media", on_delete=models.CASCADE)
    image = models.CharField(max_length=255, blank=True, default="")  # path relative to MEDIA_ROOT
    alt = models.CharField(max_length=250, blank=True, default="")
    type = models.CharField(max_length=32, default="IMAGE")  # or VIDEO
    external_url = models.CharField(max_length=256, blank=True, null=True)
    oembed_data = models.JSONField(blank=True, default=dict)
    sort_order = models.IntegerField(null=True)
    variants = models.ManyToManyField(
        ProductVariant, blank=True, related_name="media", through="catalog.VariantMedia"
    )

    class Meta:
        ordering = (models.F("sort_order").asc(nulls_last=True), "pk")
        verbose_name_plural = "product media"

    def __str__(self) -> str:
        return self.alt or self.image


class VariantMedia(models.Model):
    variant = models.ForeignKey(ProductVariant, related_name="variant_media", on_delete=models.CASCADE)
    media = models.ForeignKey(ProductMedia, related_name="variant_media", on_delete=models.CASCADE)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("variant", "media"), name="media_once_per_variant")]

    def __str__(self) -> str:
        return f"media {self.media_id} of variant {self.variant_id}"


class ProductSearch(models.Model):
    """The normalized text of a product, written by `catalog.search`, which also maintains the full-text index over
    it."""

    product = models.OneToOneField(Product, related_name="search", primary_key=True, on_delete=models.CASCADE)
    name = models.TextField(default="")
    words = models.TextField(default="")

    class Meta:
        verbose_name_plural = "product search"

    def __str__(self) -> str:
        return self.name
