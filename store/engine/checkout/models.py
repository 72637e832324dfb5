"""Checkouts, their lines and the delivery options offered to them."""

import uuid
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from store.engine import events
from store.engine.events.metadata import WithMetadata
from store.engine.fields import EmailAddressField
from store.engine.money import amount_field


class Checkout(WithMetadata):
    """A shopping cart until it becomes an order; completion deletes the row."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    last_change = models.DateTimeField(auto_now=True, db_index=True)
    channel = models.ForeignKey("channels.Channel", related_name="checkouts", on_delete=models.PROTECT)
    # A cart with money outlives its account: the merchant has to settle it.
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, related_name="checkouts", on_delete=models.SET_NULL
    )
    email = EmailAddressField(null=True, blank=True)
    billing_address = models.ForeignKey(
        "accounts.Address", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    shipping_address = models.ForeignKey(
        "accounts.Address", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    save_billing_address = models.BooleanField(default=True)
    save_shipping_address = models.BooleanField(default=True)
    note = models.TextField(blank=True, default="")
    currency = models.CharField(max_length=3)
    country = models.CharField(max_length=2)
    language_code = models.CharField(max_length=35, default="en")
    redirect_url = models.CharField(max_length=2048, null=True, blank=True)
    voucher_code = models.CharField(max_length=255, null=True, blank=True)
    gift_cards = models.ManyToManyField("discounts.GiftCard", blank=True, related_name="checkouts")
    has_gift_cards = models.BooleanField(default=False)  # spares most checkouts a query
    delivery = models.ForeignKey(
        "CheckoutDelivery", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    collection_point = models.ForeignKey(
        "stock.Warehouse", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    delivery_methods_stale_at = models.DateTimeField(null=True, blank=True)
    # Until then the prices stored on the lines apply, so that a shopper pays what they were shown.
    price_expiration = models.DateTimeField(default=timezone.now)
    last_automatic_completion_attempt = models.DateTimeField(null=True, blank=True)
    # When all money was asked back because the checkout had expired; what is paid later is asked back by itself.
    funds_released_at = models.DateTimeField(null=True, blank=True)
    # While that is being asked. Left behind by a process that died, so that the next sweep asks for the rest at once.
    funds_release_began_at = models.DateTimeField(null=True, blank=True)
    has_order = models.BooleanField(default=False)  # completed by an app that asked to keep the checkout
    # Why a paid checkout could not be completed; shown in the admin, where the merchant must act on it.
    completion_problem = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        ordering = ("-last_change", "pk")

    def __str__(self) -> str:
        return str(self.token)

    def save(self, *args: Any, **options: Any) -> None:
        """Save, and record CHECKOUT_CREATED or CHECKOUT_UPDATED if there are subscribers; every change is saved
        here.
        """
        event = "CHECKOUT_CREATED" if self._state.adding else "CHECKOUT_UPDATED"
        super().save(*args, **options)
        if transaction.get_connection().in_atomic_block and events.has_subscribers(event):
            events.record_event(event, kind="Checkout", pk=self.pk)


class CheckoutLine(WithMetadata):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    checkout = models.ForeignKey(Checkout, related_name="lines", on_delete=models.CASCADE)
    created_at = models.DateTimeField(default=timezone.now)
    variant = models.ForeignKey("catalog.ProductVariant", related_name="+", on_delete=models.CASCADE)
    quantity = models.PositiveIntegerField()
    undiscounted_unit_price_amount: "models.DecimalField[Any, Any]" = amount_field(default=Decimal(0))

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"


class CheckoutDelivery(WithMetadata):
    """A delivery option that was offered to a checkout, with its price at that moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    checkout = models.ForeignKey(Checkout, related_name="deliveries", on_delete=models.CASCADE)
    created_at = models.DateTimeField(default=timezone.now)
    shipping_method_id = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=255)
    description = models.JSONField(null=True, blank=True)
    price_amount = amount_field()
    currency = models.CharField(max_length=3)
    minimum_delivery_days = models.PositiveIntegerField(null=True, blank=True)
    maximum_delivery_days = models.PositiveIntegerField(null=True, blank=True)
    tax_class_id = models.BigIntegerField(null=True, blank=True)
    tax_class_name = models.CharField(max_length=255, null=True, blank=True)
    active = models.BooleanField(default=True)
    is_valid = models.BooleanField(default=True)
    message = models.TextField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"{self.name} {self.price_amount} {self.currency}"
