"""Reviews, and the number that grows with each change of what is published."""

from typing import Any

from django.db import models
from django.utils import timezone

from store.mailer.shops import current_shop

MAX_TEXT, MAX_NAME, MAX_ANSWER, MAX_REASON = 1000, 60, 600, 300  # characters
RATINGS = range(1, 6)


class Review(models.Model):
    """What the buyer of an order line says; at most one for a line.

    findings: sentences in which the wording check found a claim or a hazard, with the reason: [[sentence, reason]];
    while there are any, it can't be approved.
    address_hash: of the order's address (`store.mailer.suppressions`), to find it for its writer.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "To read"
        APPROVED = "approved", "Published"
        REFUSED = "refused", "Refused"

    shop = models.CharField(max_length=200, default=current_shop)
    order_id = models.CharField(max_length=200)
    order_number = models.CharField(max_length=40)
    line_id = models.CharField(max_length=200)
    product_slug = models.CharField(max_length=255)
    product_name = models.CharField(max_length=250)
    variant_name = models.CharField(max_length=250, blank=True)
    address_hash = models.CharField(max_length=64, db_index=True)
    language = models.CharField(max_length=5)
    name = models.CharField(max_length=MAX_NAME, blank=True)
    rating = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    findings: Any = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=MAX_REASON, blank=True)
    answer = models.TextField(blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=254, blank=True)

    class Meta:
        db_table = "review"
        constraints = [models.UniqueConstraint(fields=["shop", "line_id"], name="review_once")]
        indexes = [models.Index(fields=["shop", "product_slug", "state"])]
        ordering = ["-written_at", "-pk"]
        verbose_name = "review"

    def __str__(self) -> str:
        return f"{self.product_name}, order {self.order_number}"


class Revision(models.Model):
    """One row: 0 or none before the first review was published."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "review_revision"

    def __str__(self) -> str:
        return str(self.number)
