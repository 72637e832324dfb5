"""Categories: a tree; a product has one category or none."""

from typing import Any

from django.db import models

from store.engine.catalog.models.seo import WithSeo
from store.engine.events.metadata import WithMetadata


class Category(WithMetadata, WithSeo):
    """A node of the category tree. `path` holds the primary keys from the root to the category itself."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    description = models.JSONField(blank=True, null=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, related_name="children", on_delete=models.CASCADE
    )
    level = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=1000, default="", blank=True, db_index=True)  # "/1/5/"
    background_image = models.CharField(max_length=255, blank=True, default="")  # path relative to MEDIA_ROOT
    background_image_alt = models.CharField(max_length=128, blank=True, default="")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Set level and path of a new category. Nothing moves one afterwards."""
        is_new = self._state.adding
        if is_new and self.parent is not None:
            self.level = self.parent.level + 1
        super().save(*args, **kwargs)
        if is_new:
            self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
            Category.objects.filter(pk=self.pk).update(path=self.path)
