"""Lots: what was received from whom, how much of it is left in each warehouse, and each change of that.

SKU and warehouse slug are text: the shop that sells them may be the embedded engine or a Saleor.
"""

from typing import Any

from django.db import models
from django.utils import timezone


class Lot(models.Model):
    """A production lot of one SKU. Suppliers print one code on several SKUs: code and SKU together are unique."""

    code = models.CharField(max_length=40, db_index=True)
    sku = models.CharField(max_length=255, db_index=True)
    supplier = models.CharField(max_length=120, blank=True, default="")
    received_on = models.DateField(default=timezone.localdate)
    expires_on = models.DateField(null=True, blank=True)
    blocked = models.CharField("why it may not be sent", max_length=200, blank=True, default="")
    note = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-pk",)
        constraints = [models.UniqueConstraint(fields=("code", "sku"), name="one_lot_per_code_and_sku")]

    def __str__(self) -> str:
        return f"{self.code} of {self.sku}"


class LotQuantity(models.Model):
    """How many pieces of a lot are in a warehouse: the sum of its movements there."""

    lot = models.ForeignKey(Lot, related_name="quantities", on_delete=models.PROTECT)
    warehouse = models.CharField(max_length=255)  # slug
    quantity = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("lot", "warehouse"), name="one_quantity_per_lot_and_warehouse")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} in {self.warehouse}"


class LotMovementKind(models.TextChoices):
    RECEIVED = "received", "Received"
    SOLD = "sold", "Sent to a customer"
    CANCELED = "canceled", "Back from a cancelled parcel"
    RETURNED = "returned", "Returned by a customer"
    MOVED = "moved", "Moved"
    WRITTEN_OFF = "written_off", "Written off"
    CORRECTED = "corrected", "Corrected"


class LotMovement(models.Model):
    """One change of a lot's quantity in a warehouse, with the person; never changed afterwards."""

    lot = models.ForeignKey(Lot, related_name="movements", on_delete=models.PROTECT)
    warehouse = models.CharField(max_length=255)
    kind = models.CharField(max_length=20, choices=LotMovementKind.choices)
    quantity_change = models.IntegerField()
    quantity_after = models.PositiveIntegerField()
    order = models.CharField(max_length=40, blank=True, default="")  # the order's number
    reason = models.CharField(max_length=255, blank=True, default="")
    who = models.CharField(max_length=254, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.lot}: {self.quantity_change:+d} ({self.kind})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A movement is written once; correct it by another one.")
        super().save(*args, **kwargs)
