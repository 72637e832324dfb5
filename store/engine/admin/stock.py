"""Admin of stock rows: what is where, what runs low, and what staff do to it, each with person and reason."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms as django_forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from store.channel_limits import SHARED, channels_of
from store.engine import ports
from store.engine.accounts import actor_names
from store.engine.admin import one_time_forms, seen_values, stock_forms
from store.engine.admin.base import Failure, ReadOnlyAdmin, View, column, posted_data, run_operation
from store.engine.admin.lot_field import on_hand_words
from store.engine.admin.stock_take import StockTake
from store.engine.errors import OperationError, require_unchanged
from store.engine.events import value_changes
from store.engine.events.current_actor import Actor
from store.engine.events.outbox import record_noted_changes
from store.engine.orders import request_keys
from store.engine.stock import low_stock as low_stock_rules
from store.engine.stock import stock_adjustments
from store.engine.stock.locking import lock_stocks, lock_warehouses
from store.engine.stock.models import Stock, StockMovement, Warehouse
from store.saleor.whole_numbers import whole_number


class AvailableFilter(admin.SimpleListFilter):
    title = "free pieces"
    parameter_name = "free"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("low", "Runs low"), ("none", "Sold out")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "low":
            return low_stock_rules.running_low(queryset)
        return queryset.filter(free__lte=0) if self.value() == "none" else queryset


def low_stock() -> QuerySet[Any]:
    """Tracked stock rows with low availability, the lowest first."""
    return low_stock_rules.running_low(stock_rows()).order_by("free", "pk")


def stock_rows() -> QuerySet[Any]:
    return low_stock_rules.with_free_pieces(Stock.objects.select_related("variant__product", "warehouse"))


def with_persons(movements: Iterable[StockMovement]) -> list[tuple[StockMovement, str]]:
    """Each movement with who caused it (empty: a customer)."""
    rows = list(movements)
    actors = [Actor(row.principal_kind, row.principal_pk) for row in rows]
    names = actor_names.names(actors)
    return [(row, names.get(actor, "")) for row, actor in zip(rows, actors, strict=True)]


@admin.register(Stock)
class StockAdmin(StockTake, ReadOnlyAdmin):
    required_permissions = ("MANAGE_PRODUCTS",)
    channel_path = SHARED
    template = "shop_admin/stock.html"
    list_before_template = "shop_admin/stock_links.html"
    list_display = ("what", "sku", "warehouse", "on_shelf", "promised", "free_pieces")
    list_display_links = ("what",)
    list_filter = (AvailableFilter, "warehouse")
    search_fields = ("variant__sku", "variant__name", "variant__product__name")
    search_help_text = "Product, variant or SKU"
    ordering = ("variant__product__name", "variant__sort_order", "pk")

    def rows(self, request: HttpRequest) -> QuerySet[Stock]:
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

    @column("Free", ordering="free", label={"sold out": "danger", "low": "warning", "enough": ""})
    def free_pieces(self, stock: Stock) -> Any:
        free: int = stock.free  # type: ignore[attr-defined]
        if free <= 0:
            return "sold out", "sold out" if free == 0 else str(free)
        return ("low", str(free)) if free <= low_stock_rules.threshold_of(stock) else ("enough", str(free))

    def row_title(self, row: Any) -> str:
        return f"{row.variant.product.name}, {row.variant.name}"

    def list_views(self) -> dict[str, Callable[[HttpRequest], HttpResponse]]:
        return {"receive": self.receive} | self.stock_take_views()

    def row_views(self) -> dict[str, View]:
        return {
            "write-off": self.write_off,
            "move": self.move,
            "adjust": self.adjust,
            "threshold": self.threshold,
        }

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
        form = stock_forms.RecountForm(posted_data(request), stock=stock, reached=channels_of(request.user))
        failure = None
        if request.method == "POST" and form.is_valid():
            quantity = form.cleaned_data["quantity"]
            failure = run_operation(
                request,
                lambda: recount(
                    stock_id=stock.pk,
                    seen=form.cleaned_data["seen"],
                    quantity=quantity,
                    note=form.cleaned_data["note"].strip(),
                    allow_below_allocated=form.is_confirmed(),
                    request_key=one_time_forms.key_of(request),
                ),
                success_message=f"{stock.variant.sku or stock.variant} in {stock.warehouse}: {quantity} on the shelf.",
            )
            if failure is None:
                return HttpResponseRedirect(request.path)
        return self._render(request, stock, form, failure)

    def _render(
        self, request: HttpRequest, stock: Stock, form: stock_forms.RecountForm, failure: Failure | None
    ) -> HttpResponse:
        """The page; after a refusal with the quantity as it is now, and what was typed."""
        if failure:
            stock = self.get_row(request, str(stock.pk))
            typed = form.data.copy()
            typed["seen"] = str(stock.quantity)
            form = stock_forms.RecountForm(typed, stock=stock, reached=channels_of(request.user))
        movements = StockMovement.objects.filter(stock_id=stock.pk).order_by("-pk")[:30]
        return self.render_page(
            request,
            self.template,
            status=422 if failure or form.errors else 200,
            title=self.row_title(stock),
            row=stock,
            form=form,
            problem=failure.message if failure else None,
            movements=with_persons(movements),
            lots=_lots_of(stock),
            orders=stock_forms.orders_promised(stock, reached=channels_of(request.user))
            if stock.quantity_allocated
            else "",
            threshold=low_stock_rules.threshold_of(stock),
        )

    def receive(self, request: HttpRequest) -> HttpResponse:
        """A delivery: type or scan the SKU, the pieces and the lot; the page stays open for the next one."""
        kept = {name: request.GET.get(name, "") for name in ("sku", "warehouse", "supplier")}
        if one_time_forms.was_done_before(request):
            return HttpResponseRedirect(request.get_full_path())
        form = stock_forms.ReceiveForm(posted_data(request), initial=kept)
        form.fields["sku"].widget.attrs["autofocus"] = True
        failure = None
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            variant, warehouse, quantity = data["sku"], data["warehouse"], data["quantity"]
            result: list[Stock] = []

            def run() -> None:
                result.append(
                    stock_adjustments.receive(
                        variant_id=variant.pk,
                        warehouse_id=warehouse.pk,
                        quantity=quantity,
                        lot=form.lot_details(),
                        note=data["note"].strip(),
                    )
                )

            failure = run_operation(
                request,
                lambda: once(request, "receive", variant.pk, run),
                success_message=lambda: (
                    f"+{quantity} {variant.sku} in {warehouse}: {result[0].quantity} on the shelf now."
                    if result
                    else one_time_forms.SENT_TWICE
                ),
            )
            if failure is None:
                again = urlencode({"warehouse": warehouse.pk, "supplier": data["supplier"]})
                return HttpResponseRedirect(f"{self.list_url('receive')}?{again}")
        return self._render_form(
            request,
            form,
            failure,
            title="Receive a delivery",
            button="Add to the shelf",
            back=self.list_url(),
            words="The pieces are added to what is there, also where the warehouse had none of it yet.",
        )

    def write_off(self, request: HttpRequest, stock: Stock) -> HttpResponse:
        form = stock_forms.TakeOffForm(
            posted_data(request), stock=stock, reached=channels_of(request.user), lots=_lots_of(stock)
        )
        return self._process(
            request,
            stock,
            form,
            lambda: stock_adjustments.write_off(
                variant_id=stock.variant_id,
                warehouse_id=stock.warehouse_id,
                quantity=form.cleaned_data["quantity"],
                lot=form.cleaned_data["lot"],
                note=form.cleaned_data["note"].strip(),
                allow_below_allocated=form.is_confirmed(),
            ),
            success="Written off.",
            title="Write off",
            words="For what is broken, lost or expired.",
            button="Write off",
            danger=True,
        )

    def move(self, request: HttpRequest, stock: Stock) -> HttpResponse:
        targets = Warehouse.objects.exclude(pk=stock.warehouse_id).order_by("name")
        form = stock_forms.TakeOffForm(
            posted_data(request),
            stock=stock,
            reached=channels_of(request.user),
            targets=targets,
            lots=_lots_of(stock),
        )
        return self._process(
            request,
            stock,
            form,
            lambda: stock_adjustments.move(
                variant_id=stock.variant_id,
                source_id=stock.warehouse_id,
                target_id=form.cleaned_data["target"].pk,
                quantity=form.cleaned_data["quantity"],
                lot=form.cleaned_data["lot"],
                note=form.cleaned_data["note"].strip(),
                allow_below_allocated=form.is_confirmed(),
            ),
            success=lambda: f"{form.cleaned_data['quantity']} moved to {form.cleaned_data['target']}.",
            title="Move to another warehouse",
            button="Move",
        )

    def adjust(self, request: HttpRequest, stock: Stock) -> HttpResponse:
        form = stock_forms.AdjustForm(posted_data(request), stock=stock, reached=channels_of(request.user))
        return self._process(
            request,
            stock,
            form,
            lambda: stock_adjustments.adjust(
                variant_id=stock.variant_id,
                warehouse_id=stock.warehouse_id,
                difference=form.cleaned_data["difference"],
                note=form.cleaned_data["note"].strip(),
                allow_below_allocated=form.is_confirmed(),
            ),
            success="Adjusted.",
            title="Adjust by a difference",
            button="Adjust",
        )

    def threshold(self, request: HttpRequest, stock: Stock) -> HttpResponse:
        seen = {"low_stock_threshold": stock.low_stock_threshold}
        form = stock_forms.ThresholdForm(
            posted_data(request), initial={"threshold": stock.low_stock_threshold}
        )
        return self._process(
            request,
            stock,
            form,
            lambda: set_threshold(
                stock_id=stock.pk, threshold=form.cleaned_data["threshold"], seen=_seen_threshold(request)
            ),
            success="The threshold is changed.",
            hidden=seen_values.form_context(request, form, current=seen, changes=(), row=None)["hidden"],
            title="When it runs low",
            button="Save",
        )

    def _process(
        self,
        request: HttpRequest,
        stock: Stock,
        form: Any,
        operation: Callable[[], Any],
        *,
        success: str | Callable[[], str],
        **context: Any,
    ) -> HttpResponse:
        """Show the form, or run its operation once and go back to the row's page."""
        if one_time_forms.was_done_before(request):
            return HttpResponseRedirect(self.row_url(stock))
        failure = None
        if request.method == "POST" and form.is_valid():
            name = str(context["button"])
            failure = run_operation(
                request, lambda: once(request, name, stock.pk, operation), success_message=success
            )
            if failure is None:
                return HttpResponseRedirect(self.row_url(stock))
        context["title"] = f"{context['title']}: {self.row_title(stock)}, {stock.warehouse}"
        return self._render_form(request, form, failure, row=stock, back=self.row_url(stock), **context)

    def _render_form(
        self, request: HttpRequest, form: django_forms.Form, failure: Failure | None, **context: Any
    ) -> HttpResponse:
        return self.render_page(
            request,
            "shop_admin/form.html",
            status=422 if failure or form.errors else 200,
            form=form,
            problem=failure.message if failure else None,
            **context,
        )


def once(request: HttpRequest, operation: str, target: Any, act: Callable[[], Any]) -> None:
    """Run `act` in a transaction of its own, unless the form's key was used before."""
    key = one_time_forms.key_of(request)
    with transaction.atomic(durable=True):
        if request_keys.first_result(key, operation=operation, target=target) is None:
            act()
            request_keys.record(key, operation=operation, target=target)


def recount(
    *,
    stock_id: int,
    seen: int,
    quantity: int,
    note: str,
    allow_below_allocated: bool = False,
    request_key: str | None = None,
) -> None:
    """Book a count if the quantity is still `seen`, the one shown on the page.

    A `request_key` that was used before does nothing more. Raises OperationError if the quantity has changed.
    """
    with transaction.atomic(durable=True):
        place = Stock.objects.filter(pk=stock_id).values_list("variant_id", "warehouse_id").first()
        if place is not None:
            lock_warehouses([place[1]])
        stocks = lock_stocks(stock_ids=[stock_id])
        if request_keys.first_result(request_key, operation="recount", target=stock_id) is not None:
            return
        if not stocks:
            raise OperationError("This stock row is gone.")
        [stock] = stocks
        if stock.quantity != seen:
            raise OperationError(
                f"Meanwhile the shelf changed from {seen} to {stock.quantity} pieces. Nothing was written;"
                " please look again and send the form once more."
            )
        row = stock_adjustments.Counted(stock.variant_id, stock.warehouse_id, seen, quantity)
        stock_adjustments.count(rows=[row], note=note, allow_below_allocated=allow_below_allocated)
        request_keys.record(request_key, operation="recount", target=stock_id)


def set_threshold(*, stock_id: int, threshold: int | None, seen: dict[str, Any] | None) -> None:
    """Inside the caller's transaction. Raises OperationError; ValuesChanged if somebody else changed it."""
    stocks = lock_stocks(stock_ids=[stock_id])
    if not stocks:
        raise OperationError("This stock row is gone.")
    if require_unchanged(stocks[0], seen=seen, wanted={"low_stock_threshold": threshold}):
        [stock] = stocks
        column, before = f"threshold:{stock.warehouse.slug}", stock.low_stock_threshold
        stock.low_stock_threshold = threshold
        stock.save(update_fields=["low_stock_threshold"])
        value_changes.note("ProductVariant", stock.variant_id, {column: (before, threshold)})
        record_noted_changes("STOCK_THRESHOLD_UPDATED", kind="ProductVariant", pk=stock.variant_id)


def _seen_threshold(request: HttpRequest) -> dict[str, Any] | None:
    seen = (seen_values.seen_values(request) or {}).get("low_stock_threshold")
    if seen is None:
        return None if seen_values.seen_values(request) is None else {"low_stock_threshold": None}
    return {"low_stock_threshold": whole_number(str(seen))}


def _lots_of(stock: Stock) -> str:
    """The recorded lots of the row, in words."""
    rows = ports.connected().lots.on_hand(skus=[stock.variant.sku or ""])
    return on_hand_words([row for row in rows if row.warehouse == stock.warehouse.slug])
