"""The admin of lots: search, what is left where, history, and corrections with a reason."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from store.channel_limits import is_limited
from store.safety import lots
from store.safety.admin.base import SafetyRows
from store.safety.models import Lot, LotMovement, LotQuantity
from store.saleor.whole_numbers import whole_number
from store.seen_fields import SeenFields
from store.typed_numbers import QuantityField

CHANGE_PERMISSION = "MANAGE_PRODUCTS"
SOON = timedelta(days=90)


class QuantityInline(SafetyRows, TabularInline):  # type: ignore[misc]
    model = LotQuantity
    extra = 0
    fields: ClassVar = ["warehouse", "quantity"]
    readonly_fields: ClassVar = fields
    verbose_name_plural = "Where it is"


class MovementInline(SafetyRows, TabularInline):  # type: ignore[misc]
    model = LotMovement
    extra = 0
    fields: ClassVar = ["created_at", "kind", "warehouse", "quantity_change", "order", "reason", "who"]
    readonly_fields: ClassVar = fields
    verbose_name_plural = "What happened to it"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Without the orders, which are of all channels, for whom a group limits to some."""
        return [name for name in self.fields if name != "order" or not is_limited(request.user)]


class ExpiryFilter(admin.SimpleListFilter):
    title = "expiry"
    parameter_name = "expiry"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("expired", "Expired"), ("soon", f"Within {SOON.days} days"), ("blocked", "May not be sent")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Lot]) -> QuerySet[Lot]:
        today = timezone.localdate()
        match self.value():
            case "expired":
                return queryset.filter(expires_on__lt=today)
            case "soon":
                return queryset.filter(expires_on__range=(today, today + SOON))
            case "blocked":
                return queryset.exclude(blocked="")
        return queryset


class CorrectionForm(forms.Form):
    """The quantity of a lot in one warehouse; `seen` is what the page showed."""

    warehouse = forms.ChoiceField(widget=UnfoldAdminSelectWidget)
    quantity = QuantityField(minimum=0, maximum=1_000_000)
    reason = forms.CharField(max_length=200, widget=UnfoldAdminTextInputWidget)

    def __init__(self, data: Any = None, *, lot: Lot) -> None:
        super().__init__(data)
        self.seen = dict(lot.quantities.values_list("warehouse", "quantity"))
        self.fields["warehouse"].choices = [  # type: ignore[attr-defined]
            (slug, f"{slug}: {count} now") for slug, count in sorted(self.seen.items())
        ]


class LotForm(SeenFields, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Lot
        fields: ClassVar = ["supplier", "received_on", "expires_on", "blocked", "note"]

    def last_change(self, name: str) -> tuple[str, datetime] | None:
        named = f"{self.fields[name].label}: "  # as `save_model` writes it
        row = self.instance.movements.filter(quantity_change=0, reason__contains=named).first()
        return (row.who, row.created_at) if row else None


@admin.register(Lot)
class LotAdmin(SafetyRows, ModelAdmin):  # type: ignore[misc]
    form = LotForm
    list_display: ClassVar = ["code", "sku", "supplier", "received", "expires", "left", "state"]
    list_filter: ClassVar = [ExpiryFilter]
    search_fields: ClassVar = ["code", "sku", "supplier"]
    search_help_text = "Lot code, SKU or supplier"
    fields: ClassVar = ["code", "sku", "supplier", "received_on", "expires_on", "blocked", "note"]
    readonly_fields: ClassVar = ["code", "sku"]
    inlines: ClassVar = [QuantityInline, MovementInline]
    actions_detail: ClassVar = ["correct", "orders"] if settings.EMBEDDED else ["correct"]
    show_full_result_count = False

    def rows(self, request: HttpRequest) -> QuerySet[Lot]:
        return Lot.objects.annotate(pieces=Coalesce(Sum("quantities__quantity"), 0))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_staff and request.user.has_perm(CHANGE_PERMISSION))

    @display(description="Received", ordering="received_on")  # type: ignore[untyped-decorator]
    def received(self, lot: Lot) -> str:
        return f"{lot.received_on:%-d %b %Y}"

    @display(description="Expires", ordering="expires_on")  # type: ignore[untyped-decorator]
    def expires(self, lot: Lot) -> str:
        return f"{lot.expires_on:%-d %b %Y}" if lot.expires_on else "does not"

    @display(description="Left", ordering="pieces")  # type: ignore[untyped-decorator]
    def left(self, lot: Lot) -> int:
        return int(lot.pieces)  # type: ignore[attr-defined]

    @display(description="State", label={"expired": "danger", "blocked": "danger", "ok": "success"})  # type: ignore[untyped-decorator]
    def state(self, lot: Lot) -> tuple[str, str]:
        if lot.blocked:
            return "blocked", "May not be sent"
        if lot.expires_on and lot.expires_on < timezone.localdate():
            return "expired", "Expired"
        return "ok", "May be sent"

    def save_model(self, request: HttpRequest, obj: Lot, form: Any, change: bool) -> None:
        before = {name: form.initial.get(name) for name in form.changed_data}
        super().save_model(request, obj, form, change)
        if before:
            words = "; ".join(
                f"{form.fields[name].label}: {_shown(value)} → {_shown(getattr(obj, name))}"
                for name, value in before.items()
            )
            lots.record_change(lot=obj, reason=words, who=str(request.user))

    @action(description="Correct the quantity", url_path="correct", icon="edit")  # type: ignore[untyped-decorator]
    def correct(self, request: HttpRequest, object_id: int) -> HttpResponse:
        lot = self.get_object(request, str(object_id))
        if lot is None or not self.has_change_permission(request):
            raise Http404
        form = CorrectionForm(request.POST if request.method == "POST" else None, lot=lot)
        page = reverse("admin:safety_lot_change", args=[lot.pk])
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            seen = request.POST.get(f"seen-{data['warehouse']}", "")
            try:
                lots.correct(
                    lot_id=lot.pk,
                    warehouse=data["warehouse"],
                    seen=form.seen[data["warehouse"]] if (counted := whole_number(seen)) is None else counted,
                    quantity=data["quantity"],
                    reason=data["reason"],
                    who=str(request.user),
                )
            except lots.LotError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"{lot}: {data['quantity']} pieces in {data['warehouse']}.")
                return HttpResponseRedirect(page)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": lot,
            "title": f"Correct the quantity of lot {lot}",
            "form": form,
            "back": page,
        }
        return TemplateResponse(
            request, "safety/correct_lot.html", context, status=422 if form.errors else 200
        )

    @action(description="Orders with this lot", url_path="orders", icon="package_2")  # type: ignore[untyped-decorator]
    def orders(self, request: HttpRequest, object_id: int) -> HttpResponse:
        lot = self.get_object(request, str(object_id))
        # a Saleor keeps the orders, and its fulfillments know no lot
        if lot is None or not settings.EMBEDDED or not self.has_view_permission(request):
            raise Http404
        return HttpResponseRedirect(f"{reverse('admin:orders_order_changelist')}?q={lot.code}")


def _shown(value: Any) -> str:
    return str(value) if value not in (None, "") else "nothing"
