"""Orders, fulfillments, granted refunds and order events."""

import uuid
from decimal import Decimal

from django.db import models
from django.utils import timezone

from store.engine.events.metadata import WithMetadata
from store.engine.fields import EmailAddressField
from store.engine.money import amount_field


def amount() -> "models.DecimalField[Decimal, Decimal]":
    return amount_field(default=Decimal(0))


class OrderNumber(models.Model):
    """Hands out order numbers: rows are only ever added, so that no two orders wait for each other."""

    def __str__(self) -> str:
        return str(self.pk)


class OrderStatus(models.TextChoices):
    DRAFT = "DRAFT"
    UNCONFIRMED = "UNCONFIRMED", "Unconfirmed"
    UNFULFILLED = "UNFULFILLED", "Unfulfilled"
    PARTIALLY_FULFILLED = "PARTIALLY_FULFILLED", "Partially fulfilled"
    PARTIALLY_RETURNED = "PARTIALLY_RETURNED", "Partially returned"
    RETURNED = "RETURNED", "Returned"
    FULFILLED = "FULFILLED", "Fulfilled"
    CANCELED = "CANCELED", "Canceled"
    EXPIRED = "EXPIRED", "Expired"


class ChargeStatus(models.TextChoices):
    NONE = "NONE"
    PARTIAL = "PARTIAL"
    FULL = "FULL"
    OVERCHARGED = "OVERCHARGED"


class AuthorizeStatus(models.TextChoices):
    NONE = "NONE"
    PARTIAL = "PARTIAL"
    FULL = "FULL"


class Order(WithMetadata):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.BigIntegerField(unique=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)
    status = models.CharField(
        max_length=32, choices=OrderStatus.choices, default=OrderStatus.UNFULFILLED, db_index=True
    )
    expired_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=32, default="CHECKOUT")
    # Unique, so that the database refuses a second order for one checkout.
    checkout_token = models.UUIDField(null=True, blank=True, unique=True)
    channel = models.ForeignKey("channels.Channel", related_name="orders", on_delete=models.PROTECT)
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, related_name="orders", on_delete=models.SET_NULL
    )
    user_email = EmailAddressField(blank=True, default="", db_index=True)
    language_code = models.CharField(max_length=35, default="en")
    billing_address = models.ForeignKey(
        "accounts.Address", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    shipping_address = models.ForeignKey(
        "accounts.Address", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    shipping_method = models.ForeignKey(
        "shipping.ShippingMethod", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    shipping_method_name = models.CharField(max_length=255, null=True, blank=True)
    collection_point = models.ForeignKey(
        "stock.Warehouse", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    collection_point_name = models.CharField(max_length=255, null=True, blank=True)
    # Of a draft: whether its completion puts the addresses into the customer's address book.
    save_billing_address = models.BooleanField(default=False)
    save_shipping_address = models.BooleanField(default=False)
    customer_note = models.TextField(blank=True, default="")
    redirect_url = models.CharField(max_length=2048, null=True, blank=True)
    external_reference = models.CharField(max_length=250, null=True, blank=True, unique=True)
    weight = models.FloatField(default=0)
    display_gross_prices = models.BooleanField(default=True)
    voucher = models.ForeignKey(
        "discounts.Voucher", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    voucher_code = models.CharField(max_length=255, null=True, blank=True)
    gift_cards = models.ManyToManyField("discounts.GiftCard", blank=True, related_name="orders")

    currency = models.CharField(max_length=3)
    total_net_amount = amount()
    total_gross_amount = amount()
    undiscounted_total_net_amount = amount()
    undiscounted_total_gross_amount = amount()
    subtotal_net_amount = amount()
    subtotal_gross_amount = amount()
    shipping_price_net_amount = amount()
    shipping_price_gross_amount = amount()
    base_shipping_price_amount = amount()
    undiscounted_base_shipping_price_amount = amount()
    shipping_tax_rate = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    shipping_tax_class_name = models.CharField(max_length=255, null=True, blank=True)

    total_charged_amount = amount()
    total_authorized_amount = amount()
    charge_status = models.CharField(
        max_length=32, choices=ChargeStatus.choices, default=ChargeStatus.NONE, db_index=True
    )
    authorize_status = models.CharField(
        max_length=32, choices=AuthorizeStatus.choices, default=AuthorizeStatus.NONE
    )

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def is_paid(self) -> bool:
        return self.charge_status in (ChargeStatus.FULL, ChargeStatus.OVERCHARGED)


class OrderLine(WithMetadata):
    """A copy of what was sold, with the names and prices at that time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    variant = models.ForeignKey(
        "catalog.ProductVariant", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    product_variant_pk = models.BigIntegerField(null=True, blank=True)  # stays when the variant is deleted
    product_name = models.CharField(max_length=386)
    variant_name = models.CharField(max_length=255, blank=True, default="")
    translated_product_name = models.CharField(max_length=386, blank=True, default="")
    translated_variant_name = models.CharField(max_length=255, blank=True, default="")
    product_sku = models.CharField(max_length=255, null=True, blank=True, db_index=True)
    is_shipping_required = models.BooleanField(default=True)
    is_gift_card = models.BooleanField(default=False)
    quantity = models.PositiveIntegerField()
    quantity_fulfilled = models.PositiveIntegerField(default=0)

    currency = models.CharField(max_length=3)
    unit_price_net_amount = amount()
    unit_price_gross_amount = amount()
    total_price_net_amount = amount()
    total_price_gross_amount = amount()
    undiscounted_unit_price_net_amount = amount()
    undiscounted_unit_price_gross_amount = amount()
    undiscounted_total_price_net_amount = amount()
    undiscounted_total_price_gross_amount = amount()
    base_unit_price_amount = amount()
    undiscounted_base_unit_price_amount = amount()
    unit_discount_amount = amount()
    unit_discount_reason = models.TextField(null=True, blank=True)
    # What staff takes off each piece by hand: FIXED (money) or PERCENTAGE, and how much; null where it took nothing.
    manual_discount_type = models.CharField(max_length=10, null=True, blank=True)
    manual_discount_value = amount_field(null=True, blank=True)
    manual_discount_reason = models.TextField(null=True, blank=True)
    voucher_code = models.CharField(max_length=255, null=True, blank=True)
    tax_rate = models.DecimalField(max_digits=8, decimal_places=4, default=Decimal(0))
    tax_class_name = models.CharField(max_length=255, null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_name}"

    @property
    def quantity_unfulfilled(self) -> int:
        return self.quantity - self.quantity_fulfilled


class Fulfillment(WithMetadata):
    """`fulfillment_order` numbers the fulfillments of an order; metadata `delivered_at` records the arrival."""

    class Status(models.TextChoices):
        FULFILLED = "FULFILLED", "Fulfilled"
        REFUNDED = "REFUNDED", "Refunded"
        RETURNED = "RETURNED", "Returned"
        REPLACED = "REPLACED", "Replaced"
        REFUNDED_AND_RETURNED = "REFUNDED_AND_RETURNED", "Refunded and returned"
        CANCELED = "CANCELED", "Canceled"
        WAITING_FOR_APPROVAL = "WAITING_FOR_APPROVAL", "Waiting for approval"

    order = models.ForeignKey(Order, related_name="fulfillments", on_delete=models.CASCADE)
    fulfillment_order = models.PositiveIntegerField()
    status = models.CharField(max_length=32, choices=Status.choices, default=Status.FULFILLED)
    tracking_number = models.CharField(max_length=255, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    shipping_refund_amount = amount_field(null=True, blank=True)
    total_refund_amount = amount_field(null=True, blank=True)
    reason = models.TextField(null=True, blank=True)  # of a refund or return
    reason_reference = models.ForeignKey(
        "catalog.Page", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.order}-{self.fulfillment_order}"


class FulfillmentLine(models.Model):
    fulfillment = models.ForeignKey(Fulfillment, related_name="lines", on_delete=models.CASCADE)
    order_line = models.ForeignKey(OrderLine, related_name="fulfillment_lines", on_delete=models.CASCADE)
    quantity = models.PositiveIntegerField()
    warehouse = models.ForeignKey(
        "stock.Warehouse", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    lots = models.JSONField(default=dict, blank=True)  # quantity by lot code, at most `quantity` in all
    reason = models.TextField(null=True, blank=True)  # why these pieces came back
    reason_reference = models.ForeignKey(
        "catalog.Page", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.quantity} of {self.order_line_id}"


class OrderEvent(models.Model):
    """An event in the order's history, shown to the merchant."""

    order = models.ForeignKey(Order, related_name="events", on_delete=models.CASCADE)
    date = models.DateTimeField(default=timezone.now)
    type = models.CharField(max_length=255)
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    app_id = models.BigIntegerField(null=True, blank=True)  # events.App
    parameters = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("date", "pk")

    def __str__(self) -> str:
        return f"{self.type} of {self.order_id}"


class OrderDiscount(models.Model):
    order = models.ForeignKey(Order, related_name="discounts", on_delete=models.CASCADE)
    type = models.CharField(max_length=32, default="VOUCHER")
    value_type = models.CharField(max_length=10, default="FIXED")
    value = amount()
    amount_value = amount()
    currency = models.CharField(max_length=3)
    name = models.CharField(max_length=255, null=True, blank=True)
    translated_name = models.CharField(max_length=255, null=True, blank=True)
    reason = models.TextField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.amount_value} {self.currency} off"


class OrderGrantedRefund(models.Model):
    """A refund granted by staff; the money itself is moved by a transaction."""

    class Status(models.TextChoices):
        NONE = "NONE"
        PENDING = "PENDING"
        SUCCESS = "SUCCESS"
        FAILURE = "FAILURE"

    order = models.ForeignKey(Order, related_name="granted_refunds", on_delete=models.CASCADE)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    amount_value = amount()
    currency = models.CharField(max_length=3)
    reason = models.TextField(blank=True, default="")
    reason_reference = models.ForeignKey(
        "catalog.Page", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    shipping_costs_included = models.BooleanField(default=False)
    status = models.CharField(max_length=32, choices=Status.choices, default=Status.NONE)
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    app_id = models.BigIntegerField(null=True, blank=True)  # events.App
    transaction_item = models.ForeignKey(
        "payments.TransactionItem", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"{self.amount_value} {self.currency} back for {self.order_id}"


class OrderGrantedRefundLine(models.Model):
    granted_refund = models.ForeignKey(OrderGrantedRefund, related_name="lines", on_delete=models.CASCADE)
    order_line = models.ForeignKey(OrderLine, related_name="granted_refund_lines", on_delete=models.CASCADE)
    quantity = models.PositiveIntegerField()
    reason = models.TextField(null=True, blank=True)
    reason_reference = models.ForeignKey(
        "catalog.Page", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.quantity} of {self.order_line_id}"


class RequestKey(models.Model):
    """A one-time key and what the operation requested with it resulted in; see `request_keys`."""

    key = models.CharField(max_length=128, unique=True)
    operation = models.CharField(max_length=64)
    target = models.CharField(max_length=64)  # primary key of the row the operation acts on
    result = models.JSONField(default=list)  # primary keys, as text
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.operation} of {self.target}"
