"""Links between attribute values and the products, variants and pages that have them."""

from django.db import models

from store.engine.catalog.models.attribute import AttributeValue

_IN_ORDER = (models.F("sort_order").asc(nulls_last=True), "pk")


class AssignedProductAttributeValue(models.Model):
    product = models.ForeignKey("catalog.Product", related_name="assigned_values", on_delete=models.CASCADE)
    value = models.ForeignKey(AttributeValue, related_name="on_products", on_delete=models.CASCADE)
    sort_order = models.IntegerField(null=True)

    class Meta:
        ordering = _IN_ORDER
        constraints = [models.UniqueConstraint(fields=("product", "value"), name="value_once_per_product")]

    def __str__(self) -> str:
        return f"value {self.value_id} of product {self.product_id}"


class AssignedVariantAttributeValue(models.Model):
    variant = models.ForeignKey(
        "catalog.ProductVariant", related_name="assigned_values", on_delete=models.CASCADE
    )
    value = models.ForeignKey(AttributeValue, related_name="on_variants", on_delete=models.CASCADE)
    sort_order = models.IntegerField(null=True)

    class Meta:
        ordering = _IN_ORDER
        constraints = [models.UniqueConstraint(fields=("variant", "value"), name="value_once_per_variant")]

    def __str__(self) -> str:
        return f"value {self.value_id} of variant {self.variant_id}"


class AssignedPageAttributeValue(models.Model):
    page = models.ForeignKey("catalog.Page", related_name="assigned_values", on_delete=models.CASCADE)
    value = models.ForeignKey(AttributeValue, related_name="on_pages", on_delete=models.CASCADE)
    sort_order = models.IntegerField(null=True)

    class Meta:
        ordering = _IN_ORDER
        constraints = [models.UniqueConstraint(fields=("page", "value"), name="value_once_per_page")]

    def __str__(self) -> str:
        return f"value {self.value_id} of page {self.page_id}"
