"""What the storefront keeps in the store's own database, whichever Saleor answers."""

from django.db import models

from store.storefront.values import Money


class PaymentLease(models.Model):
    """That one request, known by its token, pays for a checkout until `expires_at`. `checkout_id`: global id."""

    checkout_id = models.CharField(max_length=200, primary_key=True)
    token = models.UUIDField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.checkout_id


class PaymentWithoutResult(models.Model):
    """A payment at a Saleor elsewhere that no app has told the result of, after the shopper was asked to write to the
    shop. Nothing else is charged for its checkout until a person has settled it there. Ids are global ids.

    `reference`: what the shopper names; `action`: CHARGE or AUTHORIZATION; `amount`: what it was begun for.
    """

    transaction_id = models.CharField(max_length=200, primary_key=True)
    checkout_id = models.CharField(max_length=200, db_index=True)
    reference = models.CharField(max_length=20)
    email = models.EmailField(max_length=254)
    payment_app = models.CharField(max_length=256)
    action = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=20, decimal_places=3)
    currency = models.CharField(max_length=3)
    noticed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("noticed_at", "pk")
        verbose_name_plural = "payments without result"

    def __str__(self) -> str:
        return f"{self.reference}: {self.sum.plain_amount} {self.currency}"

    @property
    def sum(self) -> Money:
        return Money(self.amount, self.currency)
