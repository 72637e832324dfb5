"""Transactions with their events, and legacy payments."""

import uuid
from decimal import Decimal

from django.db import models
from django.utils import timezone

from store.engine.events.metadata import WithMetadata
from store.engine.money import amount_field


def amount() -> "models.DecimalField[Decimal, Decimal]":
    return amount_field(default=Decimal(0))


class EventType(models.TextChoices):
    AUTHORIZATION_SUCCESS = "AUTHORIZATION_SUCCESS"
    AUTHORIZATION_FAILURE = "AUTHORIZATION_FAILURE"
    AUTHORIZATION_ADJUSTMENT = "AUTHORIZATION_ADJUSTMENT"
    AUTHORIZATION_REQUEST = "AUTHORIZATION_REQUEST"
    AUTHORIZATION_ACTION_REQUIRED = "AUTHORIZATION_ACTION_REQUIRED"
    CHARGE_SUCCESS = "CHARGE_SUCCESS"
    CHARGE_FAILURE = "CHARGE_FAILURE"
    CHARGE_ACTION_REQUIRED = "CHARGE_ACTION_REQUIRED"
    CHARGE_BACK = "CHARGE_BACK"
    CHARGE_REQUEST = "CHARGE_REQUEST"
    REFUND_SUCCESS = "REFUND_SUCCESS"
    REFUND_FAILURE = "REFUND_FAILURE"
    REFUND_REVERSE = "REFUND_REVERSE"
    REFUND_REQUEST = "REFUND_REQUEST"
    CANCEL_SUCCESS = "CANCEL_SUCCESS"
    CANCEL_FAILURE = "CANCEL_FAILURE"
    CANCEL_REQUEST = "CANCEL_REQUEST"
    INFO = "INFO"


class TransactionItem(WithMetadata):
    """A payment of a customer. Belongs to a checkout until that becomes an order, then to the order."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    modified_at = models.DateTimeField(auto_now=True)
    checkout_id = models.UUIDField(
        null=True, blank=True, db_index=True
    )  # no foreign key: the table belongs to a package above
    order_id = models.UUIDField(null=True, blank=True, db_index=True)
    idempotency_key = models.CharField(max_length=512, null=True, blank=True, unique=True)
    app_identifier = models.CharField(max_length=256, null=True, blank=True)
    user_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=512, blank=True, default="")
    message = models.CharField(max_length=512, blank=True, default="")
    psp_reference = models.CharField(max_length=512, blank=True, default="", db_index=True)
    external_url = models.CharField(max_length=2048, blank=True, default="")
    available_actions = models.JSONField(default=list, blank=True)
    gateway_called_at = models.DateTimeField(null=True, blank=True)  # while an app is asked to charge
    # True from when an app is asked to charge or authorize until it says what became of it, or staff close it. An app
    # that can't be reached, or whose answer can't be read, has not said so: money may have moved.
    awaits_result = models.BooleanField(default=False, db_index=True)
    currency = models.CharField(max_length=3)
    authorized_value = amount()
    charged_value = amount()
    refunded_value = amount()
    canceled_value = amount()
    authorize_pending_value = amount()
    charge_pending_value = amount()
    refund_pending_value = amount()
    cancel_pending_value = amount()

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return self.psp_reference or str(self.token)


class TransactionEvent(models.Model):
    transaction = models.ForeignKey(TransactionItem, related_name="events", on_delete=models.CASCADE)
    created_at = models.DateTimeField(default=timezone.now)
    type = models.CharField(max_length=128, choices=EventType.choices, default=EventType.INFO)
    psp_reference = models.CharField(max_length=512, blank=True, default="")
    message = models.CharField(max_length=512, blank=True, default="")
    reason_reference = models.ForeignKey(
        "catalog.Page", null=True, blank=True, related_name="+", on_delete=models.SET_NULL
    )
    external_url = models.CharField(max_length=2048, blank=True, default="")
    currency = models.CharField(max_length=3)
    amount_value = amount()
    # False for a request until the gateway has accepted it, and for failures that change no amount.
    include_in_calculations = models.BooleanField(default=True)
    # True for a request to charge, refund or cancel from its commit until the app has answered it or given no answer.
    awaits_response = models.BooleanField(default=False)
    app_identifier = models.CharField(max_length=256, null=True, blank=True)
    user_id = models.BigIntegerField(null=True, blank=True)
    granted_refund_id = models.BigIntegerField(null=True, blank=True)  # orders.OrderGrantedRefund
    idempotency_key = models.CharField(max_length=512, null=True, blank=True)  # of the session that it began

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"{self.type} {self.amount_value} {self.currency}"


class Payment(WithMetadata):
    """A legacy payment. Only the dummy gateway creates these, in development."""

    gateway = models.CharField(max_length=255)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    modified_at = models.DateTimeField(auto_now=True)
    token = models.CharField(max_length=512, blank=True, default="")
    psp_reference = models.CharField(max_length=512, null=True, blank=True)
    charge_status = models.CharField(max_length=20, default="NOT_CHARGED")
    currency = models.CharField(max_length=3)
    total = amount()
    captured_amount = amount()
    authorized_amount = amount()
    checkout_id = models.UUIDField(
        null=True, blank=True, db_index=True
    )  # no foreign key: the table belongs to a package above
    order_id = models.UUIDField(null=True, blank=True, db_index=True)
    customer_ip_address = models.GenericIPAddressField(null=True, blank=True)
    return_url = models.CharField(max_length=2048, null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.gateway} {self.total} {self.currency}"


class PaymentStep(models.Model):
    """An operation of the gateway on a legacy payment: Saleor's Transaction."""

    payment = models.ForeignKey(Payment, related_name="steps", on_delete=models.CASCADE)
    created_at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=25)
    is_success = models.BooleanField(default=True)
    error = models.CharField(max_length=256, null=True, blank=True)
    token = models.CharField(max_length=512, blank=True, default="")
    amount_value = amount()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_value}"
