"""Admin of orders: list, page, and the forms that run operations on an order."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from store.engine.admin import forms
from store.engine.admin.base import (
    ReadOnlyAdmin,
    View,
    column,
    permission_codes_of,
    posted_data,
    require_post,
    run_operation,
)
from store.engine.admin.status_labels import TONE_BY_LABEL, status_label
from store.engine.admin.templatetags.admin_format import money
from store.engine.checkout import payment as checkout_payment
from store.engine.events import metadata_operations
from store.engine.orders import fulfillments, staff_operations
from store.engine.orders import state as order_state
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order, OrderLine, OrderStatus
from store.engine.payments.models import TransactionItem
from store.saleor.order_state import Action


class OrderStateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rest = [
            (status.value, status_label(status.value))
            for status in OrderStatus
            if status != OrderStatus.DRAFT
        ]
        return [("open", "Still to send"), *rest]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        if self.value() == "open":
            return queryset.filter(pk__in=order_state.waiting_for_parcel().values("pk"))
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    required_permissions = ("MANAGE_ORDERS",)
    template = "shop_admin/order.html"
    list_display = ("number_and_time", "customer", "state", "payment", "total")
    list_display_links = ("number_and_time",)
    list_filter = (OrderStateFilter, "charge_status", "channel")
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

    @column("State", ordering="status", label=TONE_BY_LABEL)
    def state(self, order: Order) -> str:
        return status_label(order.status)

    @column("Payment", ordering="charge_status", label=TONE_BY_LABEL)
    def payment(self, order: Order) -> str:
        return status_label(order.charge_status)

    @column("Total", ordering="total_gross_amount", header=True)
    def total(self, order: Order) -> list[str]:
        count: int = order.piece_count  # type: ignore[attr-defined]
        pieces = "1 piece" if count == 1 else f"{count} pieces"
        return [money(order.total_gross_amount, order.currency), f"{pieces} · {order.channel}"]

    def row_views(self) -> dict[str, View]:
        return {
            "fulfil": self.fulfil,
            "tracking": self.tracking,
            "delivered": self.delivered,
            "cancel-parcel": self.cancel_fulfillment,
            "cancel": self.cancel,
            "confirm": self.confirm,
            "paid": self.paid,
            "refund": self.refund,
            "note": self.note,
        }

    def row_context(self, request: HttpRequest, row: Order) -> dict[str, Any]:
        lines = list(row.lines.select_related("variant__product"))
        contents = FulfillmentLine.objects.select_related("order_line", "warehouse")
        order_fulfillments = row.fulfillments.prefetch_related(Prefetch("lines", contents))
        payments = _payments(row)
        live = row.status not in (OrderStatus.CANCELED, OrderStatus.EXPIRED)
        return {
            "lines": lines,
            "fulfillments": order_fulfillments,
            "payments": payments,
            "events": row.events.select_related("user").order_by("-date", "-pk"),
            "discounts": row.discounts.all(),
            "can_refund": "HANDLE_PAYMENTS" in permission_codes_of(request),
            "can_fulfil": live and any(line.quantity_unfulfilled for line in lines),
            "can_cancel": Action.CANCEL in order_state.state_of(row).actions,
            "can_confirm": row.status == OrderStatus.UNCONFIRMED,
            "can_mark_paid": live and not payments and not row.is_paid,
            "note_form": forms.NoteForm(),
        }

    # --- views that change the order ---------------------------------------------------------------------
    def fulfil(self, request: HttpRequest, order: Order) -> HttpResponse:
        form = forms.FulfillForm(posted_data(request), order=order)
        problem = None
        if request.method == "POST" and form.is_valid():
            problem = run_operation(
                request,
                lambda: fulfillments.fulfill(
                    order_id=order.pk,
                    fulfill_lines=form.fulfill_lines(),
                    tracking_number=form.cleaned_data["tracking_number"],
                    notify_customer=form.cleaned_data["notify_customer"],
                ),
                success_message="The parcel is on its way; the customer is told by mail.",
            )
            if problem is None:
                return self._redirect(order)
        return self._render_form(
            request,
            form,
            order,
            problem,
            template="shop_admin/fulfil.html",
            title="Send a parcel",
            button="Send",
        )

    def tracking(self, request: HttpRequest, order: Order) -> HttpResponse:
        fulfillment = self._get_fulfillment(request, order)
        form = forms.TrackingForm(
            posted_data(request), initial={"tracking_number": fulfillment.tracking_number}
        )
        problem = None
        if request.method == "POST" and form.is_valid():
            problem = run_operation(
                request,
                lambda: fulfillments.update_tracking(fulfillment_id=fulfillment.pk, **form.cleaned_data),
                success_message="The tracking number is changed.",
            )
            if problem is None:
                return self._redirect(order)
        return self._render_form(
            request, form, order, problem, title=f"Tracking of parcel {fulfillment}", button="Save"
        )

    def delivered(self, request: HttpRequest, order: Order) -> HttpResponse:
        require_post(request)
        fulfillment = self._get_fulfillment(request, order)
        if fulfillment.status != Fulfillment.Status.FULFILLED or "delivered_at" in fulfillment.metadata:
            self.message_user(request, "This parcel is not on its way.", level="WARNING")
            return self._redirect(order)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        run_operation(
            request,
            lambda: metadata_operations.update_metadata(
                row=fulfillment, kind="Fulfillment", put={"delivered_at": now}
            ),
            success_message="Noted as delivered; the how-to mail is planned.",
        )
        return self._redirect(order)

    def cancel_fulfillment(self, request: HttpRequest, order: Order) -> HttpResponse:
        fulfillment = self._get_fulfillment(request, order)
        form = forms.CancelFulfillmentForm(posted_data(request), fulfillment=fulfillment)
        problem = None
        if request.method == "POST" and form.is_valid():
            problem = run_operation(
                request,
                lambda: fulfillments.cancel(
                    fulfillment_id=fulfillment.pk, warehouse_id=form.cleaned_data["warehouse"].pk
                ),
                success_message="The parcel is cancelled; its pieces are back on the shelf, kept for this order.",
            )
            if problem is None:
                return self._redirect(order)
        return self._render_form(
            request,
            form,
            order,
            problem,
            title=f"Cancel parcel {fulfillment}",
            button="Cancel the parcel",
            danger=True,
        )

    def cancel(self, request: HttpRequest, order: Order) -> HttpResponse:
        form = forms.ConfirmationForm(posted_data(request))
        problem = None
        if request.method == "POST" and form.is_valid():
            problem = run_operation(
                request,
                lambda: staff_operations.cancel(order_id=order.pk),
                success_message=f"Order {order} is cancelled.",
            )
            if problem is None:
                return self._redirect(order)
        words = "Nothing of it will be sent and its stock is free again. Money that was paid is not sent back by this."
        context: dict[str, Any] = {
            "title": f"Cancel order {order}",
            "words": words,
            "button": "Cancel the order",
            "danger": True,
        }
        return self._render_form(request, form, order, problem, **context)

    def confirm(self, request: HttpRequest, order: Order) -> HttpResponse:
        require_post(request)
        return self._run_and_redirect(
            request, order, lambda: staff_operations.confirm(order_id=order.pk), "The order is confirmed."
        )

    def paid(self, request: HttpRequest, order: Order) -> HttpResponse:
        form = forms.MarkAsPaidForm(posted_data(request))
        problem = None
        if request.method == "POST" and form.is_valid():
            problem = run_operation(
                request,
                lambda: staff_operations.mark_as_paid(
                    order_id=order.pk,
                    reference=form.cleaned_data["reference"],
                    user_id=request.user.pk,
                ),
                success_message="The order is marked as paid.",
            )
            if problem is None:
                return self._redirect(order)
        words = "For money that came another way, such as by bank transfer."
        return self._render_form(
            request, form, order, problem, title="Mark as paid", words=words, button="It is paid"
        )

    def refund(self, request: HttpRequest, order: Order) -> HttpResponse:
        if "HANDLE_PAYMENTS" not in permission_codes_of(request):
            raise PermissionDenied
        token = request.POST.get("payment") or request.GET.get("payment") or ""
        payment = next((row for row in _payments(order) if str(row.pk) == token), None)
        if payment is None:
            raise Http404
        form = forms.RefundForm(posted_data(request), payment=payment)
        problem = None
        if request.method == "POST" and form.is_valid():
            amount, reason = form.cleaned_data["amount"], form.cleaned_data["reason"]
            problem = run_operation(
                request,
                lambda: checkout_payment.request_action(
                    transaction_id=payment.pk,
                    action="REFUND",
                    amount=amount,
                    message=reason,
                    user_id=request.user.pk,
                ),
                success_message=f"{money(amount, payment.currency)} go back to the customer.",
            )
            if problem is None:
                return self._redirect(order)
        context: dict[str, Any] = {"title": f"Send money back for order {order}", "button": "Send it back"}
        context |= {"danger": True, "hidden": {"payment": payment.pk}}
        return self._render_form(request, form, order, problem, **context)

    def note(self, request: HttpRequest, order: Order) -> HttpResponse:
        require_post(request)
        form = forms.NoteForm(request.POST)
        message = form.cleaned_data["message"] if form.is_valid() else ""
        return self._run_and_redirect(
            request,
            order,
            lambda: staff_operations.add_note(order_id=order.pk, message=message),
            "The note is kept.",
        )

    # --- helpers ------------------------------------------------------------------------------------------
    def _run_and_redirect(
        self, request: HttpRequest, order: Order, operation: Any, success_message: str
    ) -> HttpResponse:
        if problem := run_operation(request, operation, success_message=success_message):
            self.message_user(request, problem, level="ERROR")
        return self._redirect(order)

    def _get_fulfillment(self, request: HttpRequest, order: Order) -> Fulfillment:
        number = request.POST.get("parcel") or request.GET.get("parcel") or ""
        return get_object_or_404(order.fulfillments, pk=int(number) if number.isdecimal() else 0)

    def _redirect(self, order: Order) -> HttpResponse:
        return HttpResponseRedirect(self.row_url(order))

    def _render_form(
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
        back = self.row_url(order)
        hidden = {"parcel": request.POST.get("parcel") or request.GET.get("parcel") or ""}
        return self.render_page(
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
    """The orders that wait for a parcel, the oldest first."""
    return order_state.waiting_for_parcel()
