"""Models of warehouses and stock. Only this package writes them."""

import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from store.engine.accounts.models import Address
from store.engine.catalog.models import ProductVariant
from store.engine.channels.models import Channel
from store.engine.events.metadata import WithMetadata
from store.engine.fields import EmailAddressField
from store.engine.shipping.models import ShippingZone


class Warehouse(WithMetadata):
    """A place that holds stock. A channel sells from the warehouses that are linked to it."""

    id = models.UUIDField(default=uuid.uuid4, primary_key=True, editable=False)
    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    email = EmailAddressField(blank=True, default="")
    external_reference = models.CharField(max_length=250, unique=True, null=True, blank=True)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="+")
    is_private = models.BooleanField(default=True)
    click_and_collect_option = models.CharField(max_length=30, default="DISABLED")  # or LOCAL, ALL
    created_at = models.DateTimeField(default=timezone.now)
    channels = models.ManyToManyField(Channel, related_name="warehouses", through="stock.ChannelWarehouse")
    shipping_zones = models.ManyToManyField(ShippingZone, blank=True, related_name="warehouses")

    class Meta:
        ordering = ("-slug",)

    def __str__(self) -> str:
        return self.name


class ChannelWarehouse(models.Model):
    """A warehouse that a channel sells from; `sort_order` is the order of allocation."""

    channel = models.ForeignKey(Channel, related_name="channel_warehouses", on_delete=models.CASCADE)
    warehouse = models.ForeignKey(Warehouse, related_name="channel_warehouses", on_delete=models.CASCADE)
    sort_order = models.IntegerField(null=True)

    class Meta:
        ordering = (models.F("sort_order").asc(nulls_last=True), "pk")
        constraints = [
            models.UniqueConstraint(fields=("channel", "warehouse"), name="warehouse_once_per_channel")
        ]

    def __str__(self) -> str:
        return f"warehouse {self.warehouse_id} of channel {self.channel_id}"


class Stock(models.Model):
    """The quantity of a variant in a warehouse. `quantity_allocated` is the sum of its allocations."""

    warehouse = models.ForeignKey(Warehouse, related_name="stocks", on_delete=models.CASCADE)
    variant = models.ForeignKey(ProductVariant, related_name="stocks", on_delete=models.CASCADE)
    quantity = models.IntegerField(default=0)
    quantity_allocated = models.IntegerField(default=0)
    # Free pieces at which more should be ordered; empty: the shop's default (`low_stock`).
    low_stock_threshold = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("warehouse", "variant"), name="one_stock_per_warehouse_and_variant"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of variant {self.variant_id}"


class Allocation(models.Model):
    """Stock allocated to an order line and not fulfilled yet."""

    order_line_id = models.UUIDField(db_index=True)  # orders.OrderLine, in a package above this one
    stock = models.ForeignKey(Stock, related_name="allocations", on_delete=models.CASCADE)
    quantity = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("order_line_id", "stock"), name="one_allocation_per_line_and_stock"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} for order line {self.order_line_id}"


class Reservation(models.Model):
    """Stock reserved for a checkout line until `reserved_until`; others can't buy it meanwhile."""

    checkout_line_id = models.UUIDField(db_index=True)  # checkout.CheckoutLine, in a package above this one
    stock = models.ForeignKey(Stock, related_name="reservations", on_delete=models.CASCADE)
    quantity_reserved = models.PositiveIntegerField(default=0)
    reserved_until = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("checkout_line_id", "stock"), name="one_reservation_per_line_and_stock"
            )
        ]
        indexes = [models.Index(fields=("stock", "reserved_until"), name="reservation_by_stock")]

    def __str__(self) -> str:
        return f"{self.quantity_reserved} for checkout line {self.checkout_line_id}"


class CatalogImport(models.Model):
    """A file of prices, stock and names: checked first, then applied piece by piece, and perhaps undone.

    `errors`: why it was not applied, as mappings of `number`, `column` and `message` (see `import_journal`).
    """

    class State(models.TextChoices):
        CHECKED = "checked"
        APPLYING = "applying"
        APPLIED = "applied"
        WITHDRAWING = "withdrawing", "not applied, being put back"
        UNDOING = "undoing", "being undone"
        UNDONE = "undone"

    file_name = models.CharField(max_length=255)
    state = models.CharField(max_length=12, choices=State, default=State.CHECKED, db_index=True)
    errors = models.JSONField(default=list)
    value_count = models.IntegerField(default=0)  # values changed
    principal_kind = models.CharField(max_length=8, blank=True, default="")
    principal_pk = models.CharField(max_length=64, blank=True, default="")
    undone_by_kind = models.CharField(max_length=8, blank=True, default="")
    undone_by_pk = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    progressed_at = models.DateTimeField(null=True, blank=True)  # of its last step
    applied_at = models.DateTimeField(null=True, blank=True, db_index=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name


class CatalogImportPiece(models.Model):
    """Some rows of an import, written in one transaction.

    `rows` is what the file says; `before` and `after` the values that it changed, as mappings of `sku` and a column.
    `lines`: by SKU, the line of the file. `created`: SKUs that it made, `created_products`: slugs.
    """

    catalog_import = models.ForeignKey(CatalogImport, on_delete=models.CASCADE, related_name="pieces")
    number = models.IntegerField()
    lines = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    created = models.JSONField(default=list)
    created_products = models.JSONField(default=list)
    is_applied = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["catalog_import", "number"], name="import_piece"),)

    def __str__(self) -> str:
        return f"{self.catalog_import}, {self.number}"


class StockMovement(models.Model):
    """The log of stock: one row for each change of a stock row, never changed afterwards.

    SKU and warehouse are text, so that the history stays readable after a variant or a warehouse is deleted.
    """

    stock_id = models.BigIntegerField(db_index=True)
    sku = models.CharField(max_length=255, blank=True)
    variant_id = models.BigIntegerField(db_index=True)
    warehouse_slug = models.CharField(max_length=255)
    reason = models.CharField(max_length=32)  # one of `movements.REASONS`
    quantity_change = models.IntegerField(default=0)
    allocated_change = models.IntegerField(default=0)
    quantity_after = models.IntegerField()
    order_line_id = models.UUIDField(null=True, blank=True, db_index=True)
    note = models.CharField(max_length=255, blank=True, default="")
    lot = models.CharField(max_length=40, blank=True, default="", db_index=True)
    principal_kind = models.CharField(max_length=8, blank=True, default="")  # "User", "App" or empty
    principal_pk = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.sku or self.variant_id}: {self.quantity_change:+d} ({self.reason})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A movement is written once; correct it by another one.")
        super().save(*args, **kwargs)
