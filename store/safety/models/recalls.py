"""Recalls: what is recalled and why, in each language, who decided it, whom it concerns, and what they answered.

Orders are named by the shop's global ids, SKUs and lot codes are text: a Saleor's orders are recalled in the same way.
Nothing is kept about anybody's health.
"""

from typing import Any

from django.db import models
from django.utils import timezone


class Remedy(models.TextChoices):
    """What a buyer may choose, free of charge (Regulation (EU) 2023/988, art. 37)."""

    REPAIR = "repair", "Repair"
    REPLACEMENT = "replacement", "Replacement"
    REFUND = "refund", "Refund"


class Whereabouts(models.TextChoices):
    """What a buyer says of the recalled pieces."""

    HERE = "here", "Has it"
    PASSED_ON = "passed_on", "Passed it on"
    GONE = "gone", "Threw it away or sent it back"
    OTHER_LOT = "other_lot", "Has another lot"


class Recall(models.Model):
    """`picture`: a PNG of what is recalled. Words, lots and remedies change only while it is a draft."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Waits for a second person"
        OPEN = "open", "Open"
        CLOSED = "closed", "Ended"

    name = models.CharField(max_length=120, help_text="For you: what it is about.")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    sold_from = models.DateField(null=True, blank=True, help_text="First day of the orders. Empty: all.")
    sold_until = models.DateField(null=True, blank=True, help_text="Last day of the orders. Empty: today.")
    remedies: Any = models.JSONField(default=list)
    single_remedy_reason = models.CharField(
        "why there is one remedy only",
        max_length=300,
        blank=True,
        default="",
        help_text="Only where the others are impossible or out of proportion.",
    )
    contact_email = models.EmailField()
    contact_phone = models.CharField(max_length=40, blank=True, default="")
    picture: Any = models.BinaryField(default=bytes, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    # How far the orders have been read: the cursor of the next page, and when the last one was read to the end.
    scan_cursor = models.CharField(max_length=500, blank=True, default="", editable=False)
    scanned_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name


class RecallText(models.Model):
    """The words of a recall in one language."""

    recall = models.ForeignKey(Recall, related_name="texts", on_delete=models.CASCADE)
    language = models.CharField(max_length=5)
    product = models.CharField(
        max_length=200, help_text="Name and brand, as on the box, and where and when it was sold."
    )
    identification = models.TextField(help_text="How to tell it: the lot, and where it is printed.")
    hazard = models.TextField("danger", help_text="What can happen, to whom, and how badly.")
    action = models.TextField(
        "what to do", help_text="After “Stop using it at once”: keep, send back, dispose."
    )
    picture_text = models.CharField("what the picture shows", max_length=300)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("recall", "language"), name="one_recall_text")]

    def __str__(self) -> str:
        return self.language


class RecallItem(models.Model):
    """A recalled lot of a SKU; without a lot, all of it."""

    recall = models.ForeignKey(Recall, related_name="items", on_delete=models.CASCADE)
    sku = models.CharField("SKU", max_length=255)
    lot_code = models.CharField("lot", max_length=40, blank=True, default="", help_text="Empty: all of it.")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("recall", "sku", "lot_code"), name="one_recall_item")]

    def __str__(self) -> str:
        return f"{self.sku} lot {self.lot_code}" if self.lot_code else self.sku


class RecallEvent(models.Model):
    """Who did what with a recall; never changed afterwards."""

    class Kind(models.TextChoices):
        WRITTEN = "written", "Written or changed"
        SUBMITTED = "submitted", "Submitted"
        RETURNED = "returned", "Returned for changes"
        APPROVED = "approved", "Approved"
        CLOSED = "closed", "Ended"

    recall = models.ForeignKey(Recall, related_name="events", on_delete=models.CASCADE)
    kind = models.CharField(max_length=10, choices=Kind)
    person_id = models.CharField(max_length=40)  # primary key of the user: a name can change
    person = models.CharField(max_length=254)
    note = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.kind} by {self.person}"


class RecallRecipient(models.Model):
    """Somebody who bought recalled pieces: one for each address, or for each order that has none."""

    recall = models.ForeignKey(Recall, related_name="recipients", on_delete=models.CASCADE)
    key = models.CharField(max_length=64)  # hash of the address; of the order where there is no address
    email = models.CharField(max_length=320, blank=True)
    name = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=5)
    order_id = models.CharField(max_length=200, db_index=True)  # the newest of the orders
    order_number = models.CharField(max_length=40)
    plan_key = models.CharField(max_length=300, unique=True)  # of the mail with the notice
    found_at = models.DateTimeField(default=timezone.now)
    reminders = models.PositiveSmallIntegerField(default=0)
    posted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    whereabouts = models.CharField(max_length=10, choices=Whereabouts, blank=True)
    remedy = models.CharField(max_length=12, choices=Remedy, blank=True)
    remedied_at = models.DateTimeField(null=True)
    remedied_by = models.CharField(max_length=254, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("recall", "key"), name="one_recall_recipient")]
        verbose_name = "buyer of what is recalled"
        verbose_name_plural = "buyers of what is recalled"

    def __str__(self) -> str:
        return f"order {self.order_number}"


class RecalledLine(models.Model):
    """Pieces of an order line that are recalled. `lot_code`: "" where no lot was recorded."""

    recipient = models.ForeignKey(RecallRecipient, related_name="lines", on_delete=models.CASCADE)
    order_id = models.CharField(max_length=200, db_index=True)
    order_number = models.CharField(max_length=40, db_index=True)
    line_id = models.CharField(max_length=200)
    sku = models.CharField(max_length=255)
    lot_code = models.CharField(max_length=40, blank=True)
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("recipient", "line_id", "lot_code"), name="one_recalled_line")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku} in order {self.order_number}"
