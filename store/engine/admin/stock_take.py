"""The stock-take of a warehouse: a sheet to print, scanned or typed counts, their differences, and the booking."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from store.channel_limits import channels_of
from store.engine.admin import one_time_forms
from store.engine.admin.base import Failure, ReadOnlyAdmin, posted_data, run_operation
from store.engine.admin.stock_forms import MAX_PIECES, orders_promised, text
from store.engine.catalog.models import ProductVariant
from store.engine.orders import request_keys
from store.engine.stock import stock_adjustments
from store.engine.stock.models import Stock, Warehouse

LINE = re.compile(r"(?P<sku>\S+)(?:[\s;,]+(?P<count>[0-9]{1,7}))?")
MAX_ERRORS = 20
MAX_LENGTH = 1_000_000  # characters of typed lines


@dataclass(frozen=True, slots=True)
class Row:
    """A counted variant: what the shop has and what was counted. `orders`: who waits, if too few are left."""

    variant: ProductVariant
    stock: Stock | None
    counted: int
    orders: str = ""

    @property
    def shown(self) -> int:
        return self.stock.quantity if self.stock else 0

    @property
    def difference(self) -> int:
        return self.counted - self.shown


class StockTakeForm(forms.Form):
    """`lines`: an SKU and a number on each line; an SKU alone, as a scanner types it, counts one piece."""

    warehouse = forms.ModelChoiceField(
        Warehouse.objects.order_by("name"), widget=UnfoldAdminSelectWidget, empty_label=None
    )
    lines = forms.CharField(
        max_length=MAX_LENGTH,
        label="What was counted",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 14, "spellcheck": "false"}),
        help_text="On each line an SKU and a number: CUP-A 12. A scanned SKU without a number counts one piece;"
        " the same SKU again is added up.",
        error_messages={"required": "Type or scan what was counted."},
    )
    note = text("Note")

    def clean_lines(self) -> dict[ProductVariant, int]:
        """Counted pieces by variant; all wrong lines are named at once."""
        by_sku: dict[str, int] = {}
        first_line: dict[str, int] = {}
        errors = []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            if not line.strip():
                continue
            match = LINE.fullmatch(line.strip())
            if match is None:
                errors.append(f"Line {number}: write an SKU and a whole number, such as CUP-A 12.")
                continue
            sku = match["sku"].rstrip(";,")
            by_sku[sku] = by_sku.get(sku, 0) + int(match["count"] or 1)
            first_line.setdefault(sku, number)
        found = {variant.sku: variant for variant in _variants(list(by_sku))}
        errors += [
            f"Line {first_line[sku]}: no variant has the SKU {sku}." for sku in by_sku if sku not in found
        ]
        errors += [
            f"Line {first_line[sku]}: {count} of {sku} are too many."
            for sku, count in by_sku.items()
            if count > MAX_PIECES
        ]
        if errors:
            more = [f"And {len(errors) - MAX_ERRORS} more."] if len(errors) > MAX_ERRORS else []
            raise forms.ValidationError(errors[:MAX_ERRORS] + more)
        return {found[sku]: count for sku, count in by_sku.items()}


def _variants(skus: Sequence[str]) -> list[ProductVariant]:
    rows = ProductVariant.objects.select_related("product")
    return [
        row for part in range(0, len(skus), 5000) for row in rows.filter(sku__in=skus[part : part + 5000])
    ]


class StockTake(ReadOnlyAdmin):
    """The views of the stock-take."""

    def stock_take_views(self) -> dict[str, Callable[[HttpRequest], HttpResponse]]:
        return {"take": self.stock_take, "sheet": self.count_sheet}

    def count_sheet(self, request: HttpRequest) -> HttpResponse:
        """A sheet to print, with an empty box for each variant; it doesn't say how many there should be."""
        warehouse = Warehouse.objects.filter(slug=request.GET.get("warehouse", "")).first()
        if warehouse is None:
            return HttpResponseRedirect(self.list_url("take"))
        rows = Stock.objects.filter(warehouse=warehouse).select_related("variant__product")
        ordered = rows.order_by("variant__product__name", "variant__sort_order", "pk")
        context = {"title": f"Stock-take of {warehouse}", "rows": ordered}
        return TemplateResponse(request, "shop_admin/print/count_sheet.html", context)

    def stock_take(self, request: HttpRequest) -> HttpResponse:
        """Step 1: what was counted. Step 2: the differences. Step 3: book them."""
        if one_time_forms.was_done_before(request):
            return HttpResponseRedirect(self.list_url())
        form = StockTakeForm(posted_data(request))
        failure: Failure | None = None
        rows: list[Row] = []
        missing: list[Stock] = []
        if request.method == "POST" and form.is_valid():
            warehouse = form.cleaned_data["warehouse"]
            reached = channels_of(request.user)
            rows, missing = _compare(warehouse, form.cleaned_data["lines"], reached)
            if "missing_are_gone" in request.POST:
                rows += [
                    Row(stock.variant, stock, 0, orders_promised(stock, reached=reached)) for stock in missing
                ]
            if request.POST.get("step") == "book":
                failure = self._book(request, form, rows)
                if failure is None:
                    return HttpResponseRedirect(f"{self.list_url()}?warehouse__id__exact={warehouse.pk}")
        return self._render_take(request, form, failure, rows, missing)

    def _book(self, request: HttpRequest, form: StockTakeForm, rows: Sequence[Row]) -> Failure | None:
        warehouse, note = form.cleaned_data["warehouse"], form.cleaned_data["note"].strip()
        seen = _seen(request)
        counted = [
            stock_adjustments.Counted(
                row.variant.pk, warehouse.pk, seen.get(str(row.variant.pk), row.shown), row.counted
            )
            for row in rows
        ]
        return run_operation(
            request,
            lambda: book(
                rows=counted,
                note=note,
                allow_below_allocated="below_is_right" in request.POST,
                warehouse_id=warehouse.pk,
                request_key=one_time_forms.key_of(request),
            ),
            success_message=f"The stock-take of {warehouse} is booked: {len(counted)} variants counted.",
        )

    def _render_take(
        self,
        request: HttpRequest,
        form: StockTakeForm,
        failure: Failure | None,
        rows: Sequence[Row],
        missing: Sequence[Stock],
    ) -> HttpResponse:
        return self.render_page(
            request,
            "shop_admin/stock_take.html",
            status=422 if failure or form.errors else 200,
            title="Stock-take",
            form=form,
            problem=failure.message if failure else None,
            rows=sorted(rows, key=lambda row: (row.difference == 0, str(row.variant.sku))),
            different=[row for row in rows if row.difference],
            below=[row for row in rows if row.orders],
            missing=missing,
            seen=json.dumps({str(row.variant.pk): row.shown for row in rows}),
            warehouses=Warehouse.objects.order_by("name"),
            back=self.list_url(),
        )


def book(
    *,
    rows: Sequence[stock_adjustments.Counted],
    note: str,
    allow_below_allocated: bool,
    warehouse_id: Any,
    request_key: str | None,
) -> None:
    """Book all counted rows, or none. A `request_key` that was used before does nothing more."""
    with transaction.atomic(durable=True):
        if request_keys.first_result(request_key, operation="stock_take", target=warehouse_id) is None:
            stock_adjustments.count(
                rows=rows, note=note or "Stock-take", allow_below_allocated=allow_below_allocated
            )
            request_keys.record(request_key, operation="stock_take", target=warehouse_id)


def _compare(
    warehouse: Warehouse, counted: Mapping[ProductVariant, int], reached: frozenset[int] | None
) -> tuple[list[Row], list[Stock]]:
    """The counted rows, and the stock rows with pieces that nobody counted."""
    stocks = {
        stock.variant_id: stock
        for stock in Stock.objects.filter(warehouse=warehouse).select_related("variant__product")
    }
    rows = []
    for variant, count in counted.items():
        stock = stocks.get(variant.pk)
        below = stock is not None and count < min(stock.quantity, stock.quantity_allocated)
        orders = orders_promised(stock, reached=reached) if stock and below else ""
        rows.append(Row(variant, stock, count, orders))
    known = {variant.pk for variant in counted}
    missing = [stock for pk, stock in stocks.items() if pk not in known and stock.quantity]
    return rows, missing


def _seen(request: HttpRequest) -> dict[str, int]:
    """By variant pk what the page of differences showed."""
    try:
        found = json.loads(request.POST.get("seen", "{}"))
    except ValueError:
        return {}
    return (
        {str(pk): shown for pk, shown in found.items() if isinstance(shown, int)}
        if isinstance(found, dict)
        else {}
    )
