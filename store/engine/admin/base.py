"""The base class of all admin pages: permissions, rendering, and running operations."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from unfold.admin import ModelAdmin
from unfold.decorators import display

from store.engine.accounts.requestor import acting_as, requestor_for_user
from store.engine.errors import ChangedValue, OperationError, OperationErrors, ValuesChanged
from store.engine.stock.errors import InsufficientStock
from store.read_only_rows import ReadOnlyRows

View = Callable[..., HttpResponseBase]
ColumnFunction = TypeVar("ColumnFunction", bound=Callable[..., Any])


def column(description: str, **options: Any) -> Callable[[ColumnFunction], ColumnFunction]:
    """Unfold's `display` decorator with a type: title, ordering and rendering of a list column."""
    typed: Callable[[ColumnFunction], ColumnFunction] = display(description=description, **options)
    return typed


def permission_codes_of(request: HttpRequest) -> frozenset[str]:
    """Saleor permission codes of the logged-in user; looked up once per request."""
    user: Any = request.user
    return user.codes_of_request if user.is_authenticated else frozenset()


class NamedRow:
    """A row under another title, for unfold's breadcrumbs."""

    def __init__(self, row: Model, name: str) -> None:
        self.pk, self.name, self._meta = row.pk, name, row._meta

    def __str__(self) -> str:
        return self.name


class ReadOnlyAdmin(ReadOnlyRows, ModelAdmin):  # type: ignore[misc]
    """A list and a read-only page for each row. Changes are separate forms (`row_views`) that call an operation.

    With a real Saleor behind the store the rows of the embedded shop mean nothing: only pages that say
    `serves_saleor` are there.
    """

    serves_saleor: ClassVar[bool] = False
    template: ClassVar[str] = ""  # of a row's page; without one a row has no page
    actions: Any = None
    list_per_page = 50
    show_full_result_count = False

    def is_permitted(self, request: HttpRequest) -> bool:
        return (settings.EMBEDDED or self.serves_saleor) and super().is_permitted(request)

    def row_views(self) -> dict[str, View]:
        """Views of a row by the last part of their URL: `fulfil` is /admin/orders/order/<id>/fulfil/."""
        return {}

    def list_views(self) -> Mapping[str, View]:
        """Views that belong to no row by the last part of their URL: `receive` is /admin/stock/stock/receive/."""
        return {}

    def get_urls(self) -> list[URLPattern]:
        list_urls = [
            path(f"{name}/", self.admin_site.admin_view(self._permitted(view)), name=self.view_name(name))
            for name, view in self.list_views().items()
        ]
        row_urls = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(self._with_row(view)),
                name=self.view_name(name),
            )
            for name, view in self.row_views().items()
        ]
        return list_urls + row_urls + super().get_urls()  # type: ignore[no-any-return]

    def view_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def view_url(self, name: str, row: Model) -> str:
        return reverse(f"admin:{self.view_name(name)}", args=[row.pk])

    def row_url(self, row: Model) -> str:
        return self.view_url("change", row)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_row(request, object_id)
        if not self.template:
            raise Http404
        context = {"title": self.row_title(row), "row": row} | self.row_context(request, row)
        return self.render_page(request, self.template, **context)

    def row_title(self, row: Any) -> str:
        """The row's title, for headings and breadcrumbs."""
        return str(row)

    def row_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Template context of a row's page, beside the row itself."""
        return {}

    def get_row(self, request: HttpRequest, object_id: str) -> Any:
        if not self.is_permitted(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return row

    def render_page(
        self, request: HttpRequest, template: str, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        row = context.get("row")
        named = NamedRow(row, self.row_title(row)) if row else None
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": named}
        return TemplateResponse(request, template, shared | context, status=status)

    def _permitted(self, view: View) -> View:
        def wrapper(request: HttpRequest) -> HttpResponseBase:
            if not self.is_permitted(request):
                raise PermissionDenied
            return view(request)

        return wrapper

    def list_url(self, name: str = "changelist") -> str:
        return reverse(f"admin:{self.view_name(name)}")

    def _with_row(self, view: View) -> View:
        def wrapper(request: HttpRequest, object_id: str) -> HttpResponseBase:
            return view(request, self.get_row(request, object_id))

        return wrapper


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an operation was refused: a message, and what somebody else changed meanwhile."""

    message: str
    changes: Sequence[ChangedValue] = ()


def run_operation(
    request: HttpRequest, operation: Callable[[], Any], *, success_message: str | Callable[[], str] = ""
) -> Failure | None:
    """Run an operation as the logged-in user. Returns None on success, else the failure to show."""
    try:
        with acting_as(requestor_for_user(request.user)):  # type: ignore[arg-type]
            operation()
    except (OperationError, OperationErrors, InsufficientStock) as error:
        return Failure(error_message(error), error.changes if isinstance(error, ValuesChanged) else ())
    if message := success_message() if callable(success_message) else success_message:
        messages.success(request, message)
    return None


def error_message(error: OperationError | OperationErrors | InsufficientStock) -> str:
    if isinstance(error, InsufficientStock):
        shortages = [
            f"{shortage.sku or 'an item'}: {shortage.requested} wanted, {shortage.available} there"
            for shortage in error.shortages
        ]
        return f"There is not enough in stock. {'; '.join(shortages)}."
    if isinstance(error, OperationErrors):
        return " ".join(dict.fromkeys(single.message for single in error.errors))
    return error.message


def posted_data(request: HttpRequest) -> QueryDict | None:
    """The submitted form data; None unless the method is POST, so that a form without fields is bound, too."""
    return request.POST if request.method == "POST" else None


def require_post(request: HttpRequest) -> None:
    """Raises Http404 unless the method is POST: following a link must not change anything."""
    if request.method != "POST":
        raise Http404
