"""Stock: what lies where, what is promised, what runs low; counting anew with a reason."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from store.engine.admin import forms
from store.engine.admin.base import DeskAdmin, carried_out, column, posted
from store.engine.errors import Refusal
from store.engine.stock.locking import lock
from store.engine.stock.models import Stock, StockMovement
from store.engine.stock.quantities import change_quantity

LOW = 5  # free pieces at which a merchant should order more


class FreeFilter(admin.SimpleListFilter):
    title = "free pieces"
    parameter_name = "free"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("low", f"Low ({LOW} or fewer)"), ("none", "Sold out")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "low":
            return queryset.filter(free__lte=LOW)
        return queryset.filter(free__lte=0) if self.value() == "none" else queryset


def low() -> QuerySet[Any]:
    """Rows that run out, the emptiest first."""
    return rows().filter(free__lte=LOW, variant__track_inventory=True).order_by("free", "pk")


def rows() -> QuerySet[Any]:
    found = Stock.objects.select_related("variant__product", "warehouse")
    return found.annotate(free=F("quantity") - F("quantity_allocated"))


@admin.register(Stock)
class StockAdmin(DeskAdmin):
    needs = ("MANAGE_PRODUCTS",)
    template = "shop_admin/stock.html"
    list_display = ("what", "sku", "warehouse", "on_shelf", "promised", "free_pieces")
    list_display_links = ("what",)
    list_filter = (FreeFilter, "warehouse")
    search_fields = ("variant__sku", "variant__name", "variant__product__name")
    search_help_text = "Product, variant or SKU"
    ordering = ("variant__product__name", "variant__sort_order", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stock]:
        return rows()

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
        return ("low", str(free)) if free <= LOW else ("enough", str(free))

    def name_of(self, row: Any) -> str:
        return f"{row.variant.product.name}, {row.variant.name}"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        stock: Stock = self.row(request, object_id)
        form = forms.Count(posted(request), stock=stock)
        problem = None
        if request.method == "POST" and form.is_valid():
            quantity = form.cleaned_data["quantity"]
            problem = carried_out(
                request,
                lambda: recount(
                    stock_id=stock.pk, seen=form.cleaned_data["seen"], quantity=quantity, note=form.words()
                ),
                said=f"{stock.variant.sku or stock.variant} in {stock.warehouse}: {quantity} on the shelf.",
            )
            if problem is None:
                return HttpResponseRedirect(request.path)
        return self._drawn(request, stock, form, problem)

    def _drawn(
        self, request: HttpRequest, stock: Stock, form: forms.Count, problem: str | None
    ) -> HttpResponse:
        if problem:
            stock = self.row(request, str(stock.pk))
            form = forms.Count(stock=stock)
        moved = StockMovement.objects.filter(stock_id=stock.pk).order_by("-pk")[:30]
        return self.drawn(
            request,
            self.template,
            status=422 if problem or form.errors else 200,
            title=self.name_of(stock),
            row=stock,
            form=form,
            problem=problem,
            movements=moved,
        )


def recount(*, stock_id: int, seen: int, quantity: int, note: str) -> None:
    """Set the quantity, unless pieces have come or gone since the person looked."""
    with transaction.atomic(durable=True):
        found = lock(also=[stock_id])
        if found and found[0].quantity != seen:
            raise Refusal(
                f"Meanwhile the shelf changed from {seen} to {found[0].quantity} pieces. Nothing was written;"
                " please look again and send the form once more."
            )
        change_quantity(stock_id=stock_id, quantity=quantity, note=note)
