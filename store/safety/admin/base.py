"""Who may see the pages of product safety, and the filter that leads to what needs a person."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from store.channel_limits import SHARED
from store.read_only_rows import ReadOnlyRows
from store.safety.recalls.concerns import concerns

VIEW_PERMISSIONS = ("MANAGE_PRODUCTS", "MANAGE_ORDERS")  # Saleor's codes


class SafetyRows(ReadOnlyRows):
    """Rows are written by the operations of lots and recalls."""

    required_permissions: ClassVar[tuple[str, ...]] = VIEW_PERMISSIONS
    channel_path: ClassVar[str] = SHARED


class ConcernFilter(admin.SimpleListFilter):
    """The rows of one of `recalls.concerns`; with one chosen the list says what to do."""

    title = "needs a person"
    parameter_name = "concern"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.code, one.title) for one in concerns() if one.rows.model is model_admin.model]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = next((one for one in concerns() if one.code == self.value()), None)
        if chosen is None or chosen.rows.model is not queryset.model:
            return queryset
        messages.info(request, chosen.advice)
        return queryset.filter(pk__in=chosen.rows.values("pk"))
