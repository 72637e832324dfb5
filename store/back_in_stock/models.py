"""A shopper who waits for a variant."""

from django.db import models
from django.utils import timezone

from store.mailer.shops import current_shop


class StockRequest(models.Model):
    """An address that waits for a variant in a channel; the row is deleted when its mail has left.

    confirmed_at: when the link in the first mail was followed; None: nothing is sent but that mail.
    noticed_at: when the mail that it is back was planned; None: it waits.
    notices: how many such mails were planned; the last one alone is sent, those before found it sold out again.
    """

    shop = models.CharField(max_length=200, default=current_shop)
    channel = models.CharField(max_length=250)
    variant_id = models.CharField(max_length=200)
    sku = models.CharField(max_length=255, blank=True)
    product_slug = models.CharField(max_length=255)
    email = models.CharField(max_length=320)
    language = models.CharField(max_length=5)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField(null=True)
    notices = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "back_in_stock_request"
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "channel", "variant_id", "email"], name="back_in_stock_request_once"
            )
        ]
        indexes = [models.Index(fields=["email"])]
        verbose_name = "shopper who waits"
        verbose_name_plural = "waiting for stock"

    def __str__(self) -> str:
        return f"{self.sku or self.variant_id} in {self.channel}"
