"""What the storefront keeps in the store's own database, whichever Saleor answers."""

from django.db import models


class PaymentLease(models.Model):
    """That one request, known by its token, pays for a checkout until `expires_at`. `checkout_id`: global id."""

    checkout_id = models.CharField(max_length=200, primary_key=True)
    token = models.UUIDField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.checkout_id
