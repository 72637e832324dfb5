"""Attributes of products, variants and pages, their values, and their assignment to types."""

from django.db import models

from store.engine.events.metadata import WithMetadata


class Attribute(WithMetadata):
    name = models.CharField(max_length=255)
    slug = models.SlugField(max_length=250, unique=True, allow_unicode=True)
    external_reference = models.CharField(max_length=250, unique=True, null=True, blank=True)
    type = models.CharField(max_length=50)  # PRODUCT_TYPE or PAGE_TYPE
    input_type = models.CharField(max_length=50, default="DROPDOWN")
    entity_type = models.CharField(max_length=50, null=True, blank=True)  # that a REFERENCE refers to
    unit = models.CharField(max_length=100, null=True, blank=True)
    value_required = models.BooleanField(default=False)
    visible_in_storefront = models.BooleanField(default=True)
    filterable_in_storefront = models.BooleanField(default=False)
    filterable_in_dashboard = models.BooleanField(default=False)
    storefront_search_position = models.IntegerField(default=0)
    is_variant_only = models.BooleanField(default=False)
    available_in_grid = models.BooleanField(default=False)
    reference_product_types = models.ManyToManyField("catalog.ProductType", blank=True, related_name="+")
    reference_page_types = models.ManyToManyField("catalog.PageType", blank=True, related_name="+")

    class Meta:
        ordering = ("storefront_search_position", "slug")

    def __str__(self) -> str:
        return self.name

    @property
    def with_choices(self) -> bool:
        return self.input_type in {"DROPDOWN", "MULTISELECT", "SWATCH"}

    @property
    def is_reference(self) -> bool:
        return self.input_type in {"REFERENCE", "SINGLE_REFERENCE"}


class AttributeValue(models.Model):
    """A choice of an attribute, or the value of a single product, variant or page."""

    attribute = models.ForeignKey(Attribute, related_name="values", on_delete=models.CASCADE)
    name = models.CharField(max_length=250, blank=True)
    slug = models.SlugField(max_length=255, allow_unicode=True)
    external_reference = models.CharField(max_length=250, unique=True, null=True, blank=True)
    value = models.CharField(max_length=255, blank=True, default="")  # the hex colour of a swatch
    # path relative to MEDIA_ROOT, or a URL
    file_url = models.CharField(max_length=255, null=True, blank=True)
    content_type = models.CharField(max_length=50, null=True, blank=True)
    rich_text = models.JSONField(null=True, blank=True)
    plain_text = models.TextField(null=True, blank=True)
    boolean = models.BooleanField(null=True, blank=True)
    date_time = models.DateTimeField(null=True, blank=True)
    numeric = models.FloatField(null=True, blank=True)
    reference_product = models.ForeignKey(
        "catalog.Product", related_name="references", null=True, blank=True, on_delete=models.CASCADE
    )
    reference_variant = models.ForeignKey(
        "catalog.ProductVariant", related_name="references", null=True, blank=True, on_delete=models.CASCADE
    )
    reference_page = models.ForeignKey(
        "catalog.Page", related_name="references", null=True, blank=True, on_delete=models.CASCADE
    )
    reference_category = models.ForeignKey(
        "catalog.Category", related_name="references", null=True, blank=True, on_delete=models.CASCADE
    )
    reference_collection = models.ForeignKey(
        "catalog.Collection", related_name="references", null=True, blank=True, on_delete=models.CASCADE
    )
    sort_order = models.IntegerField(null=True, db_index=True)

    class Meta:
        ordering = (models.F("sort_order").asc(nulls_last=True), "pk")
        constraints = [
            models.UniqueConstraint(fields=("slug", "attribute"), name="one_value_slug_per_attribute")
        ]

    def __str__(self) -> str:
        return self.name


class AttributeProduct(models.Model):
    """An attribute that products of a type have."""

    attribute = models.ForeignKey(Attribute, related_name="on_product_types", on_delete=models.CASCADE)
    product_type = models.ForeignKey(
        "catalog.ProductType", related_name="product_assignments", on_delete=models.CASCADE
    )
    sort_order = models.IntegerField(null=True)

    class Meta:
        ordering = (models.F("sort_order").asc(nulls_last=True), "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("attribute", "product_type"), name="attribute_once_per_product_type"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attribute_id} of products of type {self.product_type_id}"


class AttributeVariant(models.Model):
    """An attribute that variants of a type have; shoppers choose a variant by those with `variant_selection`."""

    attribute = models.ForeignKey(Attribute, related_name="on_variant_types", on_delete=models.CASCADE)
    product_type = models.ForeignKey(
        "catalog.ProductType", related_name="variant_assignments", on_delete=models.CASCADE
    )
    variant_selection = models.BooleanField(default=False)
    sort_order = models.IntegerField(null=True)

    class Meta:
        ordering = (models.F("sort_order").asc(nulls_last=True), "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("attribute", "product_type"), name="attribute_once_per_variant_type"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attribute_id} of variants of type {self.product_type_id}"


class AttributePage(models.Model):
    """An attribute that pages of a type have."""

    attribute = models.ForeignKey(Attribute, related_name="on_page_types", on_delete=models.CASCADE)
    page_type = models.ForeignKey(
        "catalog.PageType", related_name="page_assignments", on_delete=models.CASCADE
    )
    sort_order = models.IntegerField(null=True)

    class Meta:
        ordering = (models.F("sort_order").asc(nulls_last=True), "pk")
        constraints = [
            models.UniqueConstraint(fields=("attribute", "page_type"), name="attribute_once_per_page_type")
        ]

    def __str__(self) -> str:
        return f"{self.attribute_id} of pages of type {self.page_type_id}"
