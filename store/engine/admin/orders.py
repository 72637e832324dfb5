"""Orders: the list, the page of one, and the forms that carry its operations out."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from store.engine.admin import forms
from store.engine.admin.base import DeskAdmin, View, carried_out, codes_of, column, only_post, posted
from store.engine.admin.status_labels import BY_WORD, worded
from store.engine.admin.templatetags.admin_format import money
from store.engine.checkout import payment as checkout_payment
from store.engine.events import metadata
from store.engine.orders import fulfillments, staff_operations
from store.engine.orders import status as order_status
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order, OrderLine, OrderStatus
from store.engine.payments.models import TransactionItem

OPEN = (OrderStatus.UNFULFILLED, OrderStatus.PARTIALLY_FULFILLED)


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rest = [(status.value, worded(status.value)) for status in OrderStatus if status != OrderStatus.DRAFT]
        return [("open", "Still to send"), *rest]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        if self.value() == "open":
            return queryset.filter(status__in=OPEN)
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Order)
class OrderAdmin(DeskAdmin):
    needs = ("MANAGE_ORDERS",)
    template = "shop_admin/order.html"
    list_display = ("number_and_time", "customer", "state", "payment", "total")
    list_display_links = ("number_and_time",)
    list_filter = (StateFilter, "charge_status", "channel")
    search_fields = (
        "=number",
        "user_email",
        "shipping_address__last_name",
        "billing_address__last_name",
        "fulfillments__tracking_number",
        "lines__product_sku",
    )
    search_help_text = "Number, e-mail, name, tracking number or SKU"
    ordering = ("-number",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        pieces = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
        rows = Order.objects.exclude(status=OrderStatus.DRAFT)
        return rows.select_related("channel", "user", "shipping_address", "billing_address").annotate(
            piece_count=Coalesce(Subquery(pieces.annotate(n=Sum("quantity")).values("n")), 0)
        )

    @column("Order", ordering="number", header=True)
    def number_and_time(self, order: Order) -> list[str]:
        return [f"#{order.number}", order.created_at.strftime("%-d %b %Y, %H:%M")]

    @column("Customer", ordering="user_email", header=True)
    def customer(self, order: Order) -> list[str]:
        address = order.shipping_address or order.billing_address
        return [(address.full_name if address else "") or "Guest", order.user_email]

    @column("State", ordering="status", label=BY_WORD)
    def state(self, order: Order) -> str:
        return worded(order.status)

    @column("Payment", ordering="charge_status", label=BY_WORD)
    def payment(self, order: Order) -> str:
        return worded(order.charge_status)

    @column("Total", ordering="total_gross_amount", header=True)
    def total(self, order: Order) -> list[str]:
        count: int = order.piece_count  # type: ignore[attr-defined]
        pieces = "1 piece" if count == 1 else f"{count} pieces"
        return [money(order.total_gross_amount, order.currency), f"{pieces} · {order.channel}"]

    def views(self) -> dict[str, View]:
        return {
            "fulfil": self.fulfil,
            "tracking": self.tracking,
            "delivered": self.delivered,
            "cancel-parcel": self.cancel_parcel,
            "cancel": self.cancel,
            "confirm": self.confirm,
            "paid": self.paid,
            "refund": self.refund,
            "note": self.note,
        }

    def details(self, request: HttpRequest, row: Order) -> dict[str, Any]:
        lines = list(row.lines.select_related("variant__product"))
        contents = FulfillmentLine.objects.select_related("order_line", "warehouse")
        parcels = row.fulfillments.prefetch_related(Prefetch("lines", contents))
        payments = _payments(row)
        live = row.status not in (OrderStatus.CANCELED, OrderStatus.EXPIRED)
        return {
            "lines": lines,
            "parcels": parcels,
            "payments": payments,
            "events": row.events.select_related("user").order_by("-date", "-pk"),
            "discounts": row.discounts.all(),
            "can_refund": "HANDLE_PAYMENTS" in codes_of(request),
            "can_fulfil": live and any(line.quantity_unfulfilled for line in lines),
            "can_cancel": order_status.can_cancel(row),
            "can_confirm": row.status == OrderStatus.UNCONFIRMED,
            "can_mark_paid": live and not payments and not row.is_paid,
            "note_form": forms.Note(),
        }

    # --- what changes something -------------------------------------------------------------------------
    def fulfil(self, request: HttpRequest, order: Order) -> HttpResponse:
        form = forms.Fulfil(posted(request), order=order)
        problem = None
        if request.method == "POST" and form.is_valid():
            problem = carried_out(
                request,
                lambda: fulfillments.fulfill(
                    order_id=order.pk,
                    sends=form.sends(),
                    tracking_number=form.cleaned_data["tracking_number"],
                    notify_customer=form.cleaned_data["notify_customer"],
                ),
                said="The parcel is on its way; the customer is told by mail.",
            )
            if problem is None:
                self._note_lots(form)
                return self._back(order)
        return self._form(
            request,
            form,
            order,
            problem,
            template="shop_admin/fulfil.html",
            title="Send a parcel",
            button="Send",
        )

    def _note_lots(self, form: "forms.Fulfil") -> None:
        for line, lots in form.lots():
            metadata.change(row=line, kind="OrderLine", put=lots)

    def tracking(self, request: HttpRequest, order: Order) -> HttpResponse:
        parcel = self._parcel(request, order)
        form = forms.Tracking(posted(request), initial={"tracking_number": parcel.tracking_number})
        problem = None
        if request.method == "POST" and form.is_valid():
            problem = carried_out(
                request,
                lambda: fulfillments.update_tracking(fulfillment_id=parcel.pk, **form.cleaned_data),
                said="The tracking number is changed.",
            )
            if problem is None:
                return self._back(order)
        return self._form(request, form, order, problem, title=f"Tracking of parcel {parcel}", button="Save")

    def delivered(self, request: HttpRequest, order: Order) -> HttpResponse:
        only_post(request)
        parcel = self._parcel(request, order)
        if parcel.status != Fulfillment.Status.FULFILLED or "delivered_at" in parcel.metadata:
            self.message_user(request, "This parcel is not on its way.", level="WARNING")
            return self._back(order)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        carried_out(
            request,
            lambda: metadata.change(row=parcel, kind="Fulfillment", put={"delivered_at": now}),
            said="Noted as delivered; the how-to mail is planned.",
        )
        return self._back(order)

    def cancel_parcel(self, request: HttpRequest, order: Order) -> HttpResponse:
        parcel = self._parcel(request, order)
        form = forms.CancelParcel(posted(request), parcel=parcel)
        problem = None
        if request.method == "POST" and form.is_valid():
            problem = carried_out(
                request,
                lambda: fulfillments.cancel(
                    fulfillment_id=parcel.pk, warehouse_id=form.cleaned_data["warehouse"].pk
                ),
                said="The parcel is cancelled; its pieces are back on the shelf, kept for this order.",
            )
            if problem is None:
                return self._back(order)
        return self._form(
            request,
            form,
            order,
            problem,
            title=f"Cancel parcel {parcel}",
            button="Cancel the parcel",
            danger=True,
        )

    def cancel(self, request: HttpRequest, order: Order) -> HttpResponse:
        form = forms.Sure(posted(request))
        problem = None
        if request.method == "POST" and form.is_valid():
            problem = carried_out(
                request,
                lambda: staff_operations.cancel(order_id=order.pk),
                said=f"Order {order} is cancelled.",
            )
            if problem is None:
                return self._back(order)
        words = "Nothing of it will be sent and its stock is free again. Money that was paid is not sent back by this."
        shown: dict[str, Any] = {
            "title": f"Cancel order {order}",
            "words": words,
            "button": "Cancel the order",
            "danger": True,
        }
        return self._form(request, form, order, problem, **shown)

    def confirm(self, request: HttpRequest, order: Order) -> HttpResponse:
        only_post(request)
        return self._at_once(
            request, order, lambda: staff_operations.confirm(order_id=order.pk), "The order is confirmed."
        )

    def paid(self, request: HttpRequest, order: Order) -> HttpResponse:
        form = forms.Paid(posted(request))
        problem = None
        if request.method == "POST" and form.is_valid():
            problem = carried_out(
                request,
                lambda: staff_operations.mark_as_paid(
                    order_id=order.pk,
                    reference=form.cleaned_data["reference"],
                    user_id=request.user.pk,
                ),
                said="The order is marked as paid.",
            )
            if problem is None:
                return self._back(order)
        words = "For money that came another way, such as by bank transfer."
        return self._form(
            request, form, order, problem, title="Mark as paid", words=words, button="It is paid"
        )

    def refund(self, request: HttpRequest, order: Order) -> HttpResponse:
        if "HANDLE_PAYMENTS" not in codes_of(request):
            raise PermissionDenied
        token = request.POST.get("payment") or request.GET.get("payment") or ""
        payment = next((one for one in _payments(order) if str(one.pk) == token), None)
        if payment is None:
            raise Http404
        form = forms.Refund(posted(request), payment=payment)
        problem = None
        if request.method == "POST" and form.is_valid():
            amount, reason = form.cleaned_data["amount"], form.cleaned_data["reason"]
            problem = carried_out(
                request,
                lambda: checkout_payment.request_action(
                    transaction_id=payment.pk,
                    action="REFUND",
                    amount=amount,
                    message=reason,
                    user_id=request.user.pk,
                ),
                said=f"{money(amount, payment.currency)} go back to the customer.",
            )
            if problem is None:
                return self._back(order)
        shown: dict[str, Any] = {"title": f"Send money back for order {order}", "button": "Send it back"}
        shown |= {"danger": True, "hidden": {"payment": payment.pk}}
        return self._form(request, form, order, problem, **shown)

    def note(self, request: HttpRequest, order: Order) -> HttpResponse:
        only_post(request)
        form = forms.Note(request.POST)
        message = form.cleaned_data["message"] if form.is_valid() else ""
        return self._at_once(
            request,
            order,
            lambda: staff_operations.add_note(order_id=order.pk, message=message),
            "The note is kept.",
        )

    # --- helpers of the above ---------------------------------------------------------------------------
    def _at_once(self, request: HttpRequest, order: Order, operation: Any, said: str) -> HttpResponse:
        if problem := carried_out(request, operation, said=said):
            self.message_user(request, problem, level="ERROR")
        return self._back(order)

    def _parcel(self, request: HttpRequest, order: Order) -> Fulfillment:
        number = request.POST.get("parcel") or request.GET.get("parcel") or ""
        return get_object_or_404(order.fulfillments, pk=int(number) if number.isdecimal() else 0)

    def _back(self, order: Order) -> HttpResponse:
        return HttpResponseRedirect(self.page_of(order))

    def _form(
        self,
        request: HttpRequest,
        form: Any,
        order: Order,
        problem: str | None,
        *,
        template: str = "shop_admin/form.html",
        **context: Any,
    ) -> HttpResponse:
        status = 422 if problem or form.errors else 200
        back = self.page_of(order)
        hidden = {"parcel": request.POST.get("parcel") or request.GET.get("parcel") or ""}
        return self.drawn(
            request,
            template,
            status=status,
            **{"hidden": hidden} | context,
            form=form,
            problem=problem,
            back=back,
            row=order,
        )


def _payments(order: Order) -> list[TransactionItem]:
    return list(TransactionItem.objects.filter(order_id=order.pk))


def open_orders() -> QuerySet[Order]:
    """Paid and still to send, the oldest first."""
    return Order.objects.filter(Q(status__in=OPEN), Q(charge_status__in=("FULL", "OVERCHARGED"))).order_by(
        "number"
    )
