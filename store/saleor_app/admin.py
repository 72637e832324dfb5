"""The desk's list of what a person has to change in a real Saleor."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from unfold.admin import ModelAdmin

from store.channel_limits import SHARED
from store.read_only_rows import ReadOnlyRows
from store.saleor_app.models import ContentFinding

PERMISSION = "MANAGE_PRODUCTS"


class ContentFindingAdmin(ReadOnlyRows, ModelAdmin):  # type: ignore[misc]
    """Rows go away by themselves once the text is changed in Saleor and looked through again."""

    required_permissions: ClassVar = (PERMISSION,)
    channel_path = SHARED
    list_display: ClassVar[Any] = ["page", "rule", "sentence", "found_at"]
    list_filter: ClassVar[Any] = ["rule"]
    search_fields: ClassVar[Any] = ["page", "sentence"]


if not settings.EMBEDDED:
    admin.site.register(ContentFinding, ContentFindingAdmin)
