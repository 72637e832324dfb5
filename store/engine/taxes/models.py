"""Tax classes and their rates by country."""

from django.db import models

from store.engine.events.metadata import WithMetadata


class TaxClass(WithMetadata):
    """Products and shipping methods that are taxed alike."""

    name = models.CharField(max_length=255)

    class Meta:
        ordering = ("name", "pk")
        verbose_name_plural = "tax classes"

    def __str__(self) -> str:
        return self.name


class TaxClassCountryRate(models.Model):
    """The rate (in percent) of a class in a country; a row without class is the country's default rate."""

    tax_class = models.ForeignKey(TaxClass, related_name="country_rates", null=True, on_delete=models.CASCADE)
    country = models.CharField(max_length=2)
    rate = models.DecimalField(max_digits=8, decimal_places=3)

    class Meta:
        ordering = ("country", "pk")
        constraints = [
            models.UniqueConstraint(fields=("country", "tax_class"), name="one_rate_per_country_and_class"),
            models.UniqueConstraint(
                fields=("country",), condition=models.Q(tax_class=None), name="one_default_rate_per_country"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.rate}"
