"""Vouchers and gift cards."""

import uuid
from decimal import Decimal

from django.db import models
from django.utils import timezone

from store.engine.events.metadata import WithMetadata
from store.engine.fields import EmailAddressField
from store.engine.money import amount_field


class Voucher(WithMetadata):
    """A discount that customers get by a code. Its value and minimum amount are in its channel listings."""

    class Type(models.TextChoices):
        ENTIRE_ORDER = "ENTIRE_ORDER"
        SHIPPING = "SHIPPING"
        SPECIFIC_PRODUCT = "SPECIFIC_PRODUCT"

    class ValueType(models.TextChoices):
        FIXED = "FIXED"
        PERCENTAGE = "PERCENTAGE"

    type = models.CharField(max_length=20, choices=Type.choices, default=Type.ENTIRE_ORDER)
    name = models.CharField(max_length=255, null=True, blank=True)
    discount_value_type = models.CharField(max_length=10, choices=ValueType.choices, default=ValueType.FIXED)
    usage_limit = models.PositiveIntegerField(null=True, blank=True)
    start_date = models.DateTimeField(default=timezone.now)
    end_date = models.DateTimeField(null=True, blank=True)
    apply_once_per_order = models.BooleanField(default=False)
    apply_once_per_customer = models.BooleanField(default=False)
    single_use = models.BooleanField(default=False)
    only_for_staff = models.BooleanField(default=False)
    countries = models.JSONField(default=list, blank=True)
    min_checkout_items_quantity = models.PositiveIntegerField(null=True, blank=True)
    products = models.ManyToManyField("catalog.Product", blank=True, related_name="vouchers")
    variants = models.ManyToManyField("catalog.ProductVariant", blank=True, related_name="vouchers")
    collections = models.ManyToManyField("catalog.Collection", blank=True, related_name="vouchers")
    categories = models.ManyToManyField("catalog.Category", blank=True, related_name="vouchers")

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name or f"voucher {self.pk}"

    @property
    def for_whole_order(self) -> bool:
        return self.type == self.Type.ENTIRE_ORDER and not self.apply_once_per_order

    @property
    def for_shipping(self) -> bool:
        return self.type == self.Type.SHIPPING

    @property
    def for_lines(self) -> bool:
        return self.type == self.Type.SPECIFIC_PRODUCT or (
            self.apply_once_per_order and not self.for_shipping
        )


class VoucherCode(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    voucher = models.ForeignKey(Voucher, related_name="codes", on_delete=models.CASCADE)
    code = models.CharField(max_length=255, unique=True)
    used = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-created_at", "code")

    def __str__(self) -> str:
        return self.code


class VoucherChannelListing(models.Model):
    voucher = models.ForeignKey(Voucher, related_name="channel_listings", on_delete=models.CASCADE)
    channel = models.ForeignKey("channels.Channel", related_name="voucher_listings", on_delete=models.CASCADE)
    currency = models.CharField(max_length=3)
    discount_value = amount_field()
    min_spent_amount = amount_field(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("voucher", "channel"), name="one_listing_per_voucher_and_channel")
        ]

    def __str__(self) -> str:
        return f"{self.voucher} in {self.channel}"


class VoucherCustomer(models.Model):
    """A customer's use of a code of a voucher that applies once per customer."""

    voucher_code = models.ForeignKey(VoucherCode, related_name="customers", on_delete=models.CASCADE)
    customer_email = EmailAddressField()

    class Meta:
        ordering = ("voucher_code", "customer_email", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("voucher_code", "customer_email"), name="one_use_per_code_and_customer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_email} used {self.voucher_code}"


class GiftCardTag(models.Model):
    """A word by which staff finds gift cards again; without spaces at its ends, in lower case."""

    name = models.CharField(max_length=255, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class GiftCard(WithMetadata):
    """A prepaid balance. Whoever has the code can spend it, so only its last four characters are ever shown."""

    code = models.CharField(max_length=32, unique=True)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, related_name="created_gift_cards", on_delete=models.SET_NULL
    )
    created_by_email = EmailAddressField(null=True, blank=True)
    used_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, related_name="gift_cards", on_delete=models.SET_NULL
    )
    used_by_email = EmailAddressField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        "accounts.User", null=True, blank=True, related_name="assigned_gift_cards", on_delete=models.SET_NULL
    )
    assigned_to_email = EmailAddressField(null=True, blank=True)
    app_id = models.BigIntegerField(null=True, blank=True)  # events.App, that created it
    tags = models.ManyToManyField(GiftCardTag, blank=True, related_name="gift_cards")
    expiry_date = models.DateField(null=True, blank=True)
    last_used_on = models.DateTimeField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    initial_balance_amount = amount_field()
    current_balance_amount = amount_field()
    product = models.ForeignKey(
        "catalog.Product", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    order_line_id = models.UUIDField(
        null=True, blank=True, db_index=True
    )  # orders.OrderLine, in a package above this one

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(current_balance_amount__gte=Decimal(0)), name="gift_card_never_below_zero"
            )
        ]

    def __str__(self) -> str:
        return f"gift card …{self.display_code}"

    @property
    def display_code(self) -> str:
        return self.code[-4:]


class GiftCardEvent(models.Model):
    """The history of a card: issued, used in an order, balance set by staff."""

    gift_card = models.ForeignKey(GiftCard, related_name="events", on_delete=models.CASCADE)
    date = models.DateTimeField(default=timezone.now)
    type = models.CharField(max_length=255)
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    app_id = models.BigIntegerField(null=True, blank=True)  # events.App
    order_id = models.UUIDField(null=True, blank=True)
    parameters = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("date", "pk")

    def __str__(self) -> str:
        return f"{self.type} of {self.gift_card}"
