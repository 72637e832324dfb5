"""Who may see the mailer's pages, and the filter that leads to what needs a person."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from store.mailer import health
from store.read_only_rows import ReadOnlyRows

# Mails show addresses and signed links of customers' orders, so they are for staff who handle orders (Saleor's code).
PERMISSION = "MANAGE_ORDERS"


class ReadOnlyAdmin(ReadOnlyRows):
    """Rows are the record of what was sent. `order_path` of each says which order a row is about; a mail about none,
    such as one about an account, is for who is limited to no channel.
    """

    required_permissions: ClassVar = (PERMISSION,)


class ConcernFilter(admin.SimpleListFilter):
    """The rows of one of `health.concerns`; with a concern chosen the list says what to do."""

    title = "needs a person"
    parameter_name = "concern"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.code, one.title) for one in health.concerns() if one.rows.model is model_admin.model]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = next((one for one in health.concerns() if one.code == self.value()), None)
        if chosen is None or chosen.rows.model is not queryset.model:
            return queryset
        messages.info(request, chosen.advice)
        return queryset.filter(pk__in=chosen.rows.values("pk"))
