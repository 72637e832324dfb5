"""Menus of links to categories, collections, pages or URLs."""

from django.db import models

from store.engine.catalog.models.category import Category
from store.engine.catalog.models.collection import Collection
from store.engine.events.metadata import WithMetadata


class Menu(WithMetadata):
    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class MenuItem(WithMetadata):
    menu = models.ForeignKey(Menu, related_name="items", on_delete=models.CASCADE)
    name = models.CharField(max_length=128)
    parent = models.ForeignKey(
        "self", null=True, blank=True, related_name="children", on_delete=models.CASCADE
    )
    level = models.PositiveIntegerField(default=0)
    url = models.URLField(max_length=256, blank=True, null=True)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.CASCADE)
    collection = models.ForeignKey(Collection, null=True, blank=True, on_delete=models.CASCADE)
    page = models.ForeignKey("catalog.Page", null=True, blank=True, on_delete=models.CASCADE)
    sort_order = models.IntegerField(null=True)

    class Meta:
        ordering = (models.F("sort_order").asc(nulls_last=True), "pk")

    def __str__(self) -> str:
        return self.name
