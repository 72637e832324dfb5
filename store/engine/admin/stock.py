"""Admin of stock rows: quantities by warehouse, low stock, and inventory counts with a reason."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from store.engine.admin import forms, one_time_forms
from store.engine.admin.base import Failure, ReadOnlyAdmin, column, posted_data, run_operation
from store.engine.errors import OperationError
from store.engine.orders import request_keys
from store.engine.stock.locking import lock_stocks
from store.engine.stock.models import Stock, StockMovement
from store.engine.stock.quantities import change_quantity

LOW_STOCK = 5  # available pieces at which a merchant should order more


class AvailableFilter(admin.SimpleListFilter):
    title = "free pieces"
    parameter_name = "free"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("low", f"Low ({LOW_STOCK} or fewer)"), ("none", "Sold out")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "low":
            return queryset.filter(free__lte=LOW_STOCK)
        return queryset.filter(free__lte=0) if self.value() == "none" else queryset


def low_stock() -> QuerySet[Any]:
    """Tracked stock rows with low availability, the lowest first."""
    return stock_rows().filter(free__lte=LOW_STOCK, variant__track_inventory=True).order_by("free", "pk")


def stock_rows() -> QuerySet[Any]:
    rows = Stock.objects.select_related("variant__product", "warehouse")
    return rows.annotate(free=F("quantity") - F("quantity_allocated"))


@admin.register(Stock)
class StockAdmin(ReadOnlyAdmin):
    required_permissions = ("MANAGE_PRODUCTS",)
    template = "shop_admin/stock.html"
    list_display = ("what", "sku", "warehouse", "on_shelf", "promised", "free_pieces")
    list_display_links = ("what",)
    list_filter = (AvailableFilter, "warehouse")
    search_fields = ("variant__sku", "variant__name", "variant__product__name")
    search_help_text = "Product, variant or SKU"
    ordering = ("variant__product__name", "variant__sort_order", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stock]:
        return stock_rows()

    @column("Variant", ordering="variant__product__name", header=True)
    def what(self, stock: Stock) -> list[str]:
        return [stock.variant.product.name, stock.variant.name]

    @column("SKU", ordering="variant__sku")
    def sku(self, stock: Stock) -> str:
        return stock.variant.sku or ""

    @column("On the shelf", ordering="quantity")
    def on_shelf(self, stock: Stock) -> int:
        return stock.quantity

    @column("Promised", ordering="quantity_allocated")
    def promised(self, stock: Stock) -> int:
        return stock.quantity_allocated

    @column("Free", ordering="free", label={"sold out": "danger", "low": "warning"})
    def free_pieces(self, stock: Stock) -> Any:
        free: int = stock.free  # type: ignore[attr-defined]
        if free <= 0:
            return "sold out", "sold out" if free == 0 else str(free)
        return ("low", str(free)) if free <= LOW_STOCK else ("enough", str(free))

    def row_title(self, row: Any) -> str:
        return f"{row.variant.product.name}, {row.variant.name}"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        stock: Stock = self.get_row(request, object_id)
        if one_time_forms.was_done_before(request):
            return HttpResponseRedirect(request.path)
        form = forms.RecountForm(posted_data(request), stock=stock)
        failure = None
        if request.method == "POST" and form.is_valid():
            quantity = form.cleaned_data["quantity"]
            failure = run_operation(
                request,
                lambda: recount(
                    stock_id=stock.pk,
                    seen=form.cleaned_data["seen"],
                    quantity=quantity,
                    note=form.movement_note(),
                    request_key=one_time_forms.key_of(request),
                ),
                success_message=f"{stock.variant.sku or stock.variant} in {stock.warehouse}: {quantity} on the shelf.",
            )
            if failure is None:
                return HttpResponseRedirect(request.path)
        return self._render(request, stock, form, failure)

    def _render(
        self, request: HttpRequest, stock: Stock, form: forms.RecountForm, failure: Failure | None
    ) -> HttpResponse:
        """The page; after a refusal with the quantity as it is now, and what was typed."""
        if failure:
            stock = self.get_row(request, str(stock.pk))
            typed = form.data.copy()
            typed["seen"] = str(stock.quantity)
            form = forms.RecountForm(typed, stock=stock)
        movements = StockMovement.objects.filter(stock_id=stock.pk).order_by("-pk")[:30]
        return self.render_page(
            request,
            self.template,
            status=422 if failure or form.errors else 200,
            title=self.row_title(stock),
            row=stock,
            form=form,
            problem=failure.message if failure else None,
            movements=movements,
        )


def recount(*, stock_id: int, seen: int, quantity: int, note: str, request_key: str | None = None) -> None:
    """Set the quantity if it is still `seen`, the one shown on the page.

    A `request_key` that was used before does nothing more. Raises OperationError if the quantity has changed.
    """
    with transaction.atomic(durable=True):
        stocks = lock_stocks(stock_ids=[stock_id])
        if request_keys.first_result(request_key, operation="recount", target=stock_id) is not None:
            return
        if stocks and stocks[0].quantity != seen:
            raise OperationError(
                f"Meanwhile the shelf changed from {seen} to {stocks[0].quantity} pieces. Nothing was written;"
                " please look again and send the form once more."
            )
        change_quantity(stock_id=stock_id, quantity=quantity, note=note)
        request_keys.record(request_key, operation="recount", target=stock_id)
