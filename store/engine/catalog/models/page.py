"""Pages (guides, safety inserts and other content) and page types."""

from django.db import models
from django.utils import timezone

from store.engine.catalog.models.attribute import Attribute
from store.engine.catalog.models.seo import WithSeo
from store.engine.events.metadata import WithMetadata


class PageType(WithMetadata):
    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    attributes = models.ManyToManyField(
        Attribute, blank=True, related_name="page_types", through="catalog.AttributePage"
    )

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name


class Page(WithMetadata, WithSeo):
    title = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    page_type = models.ForeignKey(PageType, related_name="pages", on_delete=models.CASCADE)
    content = models.JSONField(blank=True, null=True)  # EditorJS
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.title
