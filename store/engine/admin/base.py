"""What all pages of the desk share: who may see them, how they are drawn, how an operation is carried out."""

from collections.abc import Callable
from typing import Any, ClassVar, NoReturn, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from unfold.admin import ModelAdmin
from unfold.decorators import display

from store.engine.accounts.requestor import acting, of_user
from store.engine.errors import Refusal, Refusals
from store.engine.stock.errors import InsufficientStock

View = Callable[..., HttpResponse]
Shown = TypeVar("Shown", bound=Callable[..., Any])


def column(description: str, **options: Any) -> Callable[[Shown], Shown]:
    """Unfold's `display`, with a type: how a column of a list is called, ordered and drawn."""
    typed: Callable[[Shown], Shown] = display(description=description, **options)
    return typed


def codes_of(request: HttpRequest) -> frozenset[str]:
    """Permission codes of who is logged in; looked up once a request."""
    user: Any = request.user
    if not user.is_authenticated:
        return frozenset()
    if "_codes" not in user.__dict__:
        user.__dict__["_codes"] = user.permission_codes()
    codes: frozenset[str] = user.__dict__["_codes"]
    return codes


class Named:
    """A row under another name, for unfold's path above the page."""

    def __init__(self, row: Model, name: str) -> None:
        self.pk, self.name, self._meta = row.pk, name, row._meta

    def __str__(self) -> str:
        return self.name


class DeskAdmin(ModelAdmin):  # type: ignore[misc]
    """A list and a page to read. What changes something is a form of its own that calls an operation."""

    needs: ClassVar[tuple[str, ...]] = ()
    template: ClassVar[str]
    actions: Any = None
    list_per_page = 50
    show_full_result_count = False

    def _may(self, request: HttpRequest) -> bool:
        return not codes_of(request).isdisjoint(self.needs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def views(self) -> dict[str, View]:
        """Forms of a row by the last part of their address: `fulfil` is /admin/orders/order/<id>/fulfil/."""
        return {}

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(self._guarded(view)),
                name=self.view_name(name),
            )
            for name, view in self.views().items()
        ]
        return own + super().get_urls()  # type: ignore[no-any-return]

    def view_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def address(self, name: str, row: Model) -> str:
        return reverse(f"admin:{self.view_name(name)}", args=[row.pk])

    def page_of(self, row: Model) -> str:
        return self.address("change", row)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.row(request, object_id)
        shown = {"title": self.name_of(row), "row": row} | self.details(request, row)
        return self.drawn(request, self.template, **shown)

    def name_of(self, row: Any) -> str:
        """What the row is called in titles and in the path above the page."""
        return str(row)

    def details(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the page of a row shows beside the row itself."""
        return {}

    def row(self, request: HttpRequest, object_id: str) -> Any:
        if not self._may(request):
            raise PermissionDenied
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404
        return found

    def drawn(
        self, request: HttpRequest, template: str, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        row = context.get("row")
        named = Named(row, self.name_of(row)) if row else None
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": named}
        return TemplateResponse(request, template, shared | context, status=status)

    def _guarded(self, view: View) -> View:
        def guarded(request: HttpRequest, object_id: str) -> HttpResponse:
            return view(request, self.row(request, object_id))

        return guarded


def carried_out(request: HttpRequest, operation: Callable[[], Any], *, said: str = "") -> str | None:
    """Run an operation as who is logged in. None when it went well, else the sentence that says why not."""
    try:
        with acting(of_user(request.user)):  # type: ignore[arg-type]
            operation()
    except (Refusal, Refusals, InsufficientStock) as error:
        return sentence(error)
    if said:
        messages.success(request, said)
    return None


def sentence(error: Refusal | Refusals | InsufficientStock) -> str:
    if isinstance(error, InsufficientStock):
        lacking = [
            f"{one.sku or 'an item'}: {one.wanted} wanted, {one.available} there" for one in error.shortages
        ]
        return f"There is not enough in stock. {'; '.join(lacking)}."
    if isinstance(error, Refusals):
        return " ".join(dict.fromkeys(problem.message for problem in error.problems))
    return error.message


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: nothing until it was sent, even if it has no fields."""
    return request.POST if request.method == "POST" else None


def only_post(request: HttpRequest) -> None:
    """A link must never change anything."""
    if request.method != "POST":
        _not_found()


def _not_found() -> NoReturn:
    raise Http404
