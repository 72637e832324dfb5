"""Shipping zones, methods, their channel listings and postal code rules."""

from decimal import Decimal

from django.db import models

from store.engine.channels.models import Channel
from store.engine.events.metadata import WithMetadata
from store.engine.money import amount_field
from store.engine.taxes.models import TaxClass


class ShippingZone(WithMetadata):
    """Countries with the same shipping methods. Warehouses are linked by `stock.Warehouse.shipping_zones`."""

    name = models.CharField(max_length=100)
    description = models.TextField(blank=True, default="")
    countries = models.JSONField(default=list)  # ["US", "CA"]
    default = models.BooleanField(default=False)
    channels = models.ManyToManyField(Channel, related_name="shipping_zones")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class ShippingMethod(WithMetadata):
    """A shipping method of a zone; available in the channels for which it has a listing."""

    name = models.CharField(max_length=100)
    type = models.CharField(max_length=30)  # PRICE or WEIGHT
    shipping_zone = models.ForeignKey(ShippingZone, related_name="shipping_methods", on_delete=models.CASCADE)
    minimum_order_weight = models.FloatField(null=True, blank=True)  # kilograms
    maximum_order_weight = models.FloatField(null=True, blank=True)
    minimum_delivery_days = models.PositiveIntegerField(null=True, blank=True)
    maximum_delivery_days = models.PositiveIntegerField(null=True, blank=True)
    description = models.JSONField(null=True, blank=True)
    tax_class = models.ForeignKey(
        TaxClass, related_name="shipping_methods", null=True, blank=True, on_delete=models.SET_NULL
    )

    excluded_products = models.ManyToManyField("catalog.Product", blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class ShippingMethodChannelListing(models.Model):
    """Price of a shipping method in a channel, and the order values for which it is available."""

    shipping_method = models.ForeignKey(
        ShippingMethod, related_name="channel_listings", on_delete=models.CASCADE
    )
    channel = models.ForeignKey(Channel, related_name="shipping_method_listings", on_delete=models.CASCADE)
    price_amount = amount_field(default=Decimal(0))
    minimum_order_price_amount = amount_field(null=True, blank=True, default=Decimal(0))
    maximum_order_price_amount = amount_field(null=True, blank=True)
    currency = models.CharField(max_length=3)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("shipping_method", "channel"), name="one_listing_per_shipping_method"
            )
        ]

    def __str__(self) -> str:
        return f"{self.shipping_method} in {self.channel}"


class PostalCodeRule(models.Model):
    """A range of postal codes that a method serves (INCLUDE) or does not serve (EXCLUDE)."""

    shipping_method = models.ForeignKey(
        ShippingMethod, related_name="postal_code_rules", on_delete=models.CASCADE
    )
    start = models.CharField(max_length=32)
    end = models.CharField(max_length=32, null=True, blank=True)
    inclusion_type = models.CharField(max_length=32, default="EXCLUDE")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("shipping_method", "start", "end"), name="one_rule_per_postal_range"
            )
        ]

    def __str__(self) -> str:
        return f"{self.inclusion_type} {self.start}-{self.end or self.start}"
