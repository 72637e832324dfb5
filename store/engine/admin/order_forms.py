"""The forms that change an order: each checks what was typed, runs one operation, and acts once."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from store.engine import ports
from store.engine.admin import forms, one_time_forms, seen_values
from store.engine.admin.base import (
    Failure,
    View,
    permission_codes_of,
    posted_data,
    require_post,
    run_operation,
)
from store.engine.admin.currency_format import format_money
from store.engine.admin.dates import time_text
from store.engine.admin.order_line_forms import RefundLinesForm, ReplaceForm
from store.engine.admin.parcel_forms import FulfillForm
from store.engine.admin.unanswered_payments import UnansweredPaymentViews
from store.engine.checkout import payment as checkout_payment
from store.engine.orders import (
    cancellation,
    contact_details,
    fulfillment_lots,
    fulfillments,
    line_refunds,
    replacements,
    return_requests,
    returns,
    staff_operations,
)
from store.engine.orders import state as order_state
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order
from store.engine.payments.models import TransactionItem
from store.saleor import carriers
from store.saleor.order_state import SENT_STATUSES
from store.saleor.whole_numbers import whole_number

ZERO = Decimal(0)


class OrderForms(UnansweredPaymentViews):
    """The views of `OrderAdmin` that change an order."""

    recorded_message = "The payment is recorded."

    def row_views(self) -> dict[str, View]:
        return {
            "fulfil": self.fulfil,
            "tracking": self.tracking,
            "delivered": self.delivered,
            "cancel-parcel": self.cancel_fulfillment,
            "lots": self.correct_lots,
            "cancel": self.cancel,
            "correct": self.correct,
            "confirm": self.confirm,
            "paid": self.paid,
            "refund": self.refund,
            "charge": self.charge,
            "refund-lines": self.refund_lines,
            "replace": self.replace,
            "return": self.take_back,
            "note": self.note,
            "close-return": self.close_return,
        } | self.settling_views()

    def payments_of(self, row: Order) -> list[TransactionItem]:
        return payments_of(row)

    def fulfil(self, request: HttpRequest, order: Order) -> HttpResponse:
        form = FulfillForm(posted_data(request), order=order)
        return self._process(
            request,
            order,
            form,
            lambda: fulfillments.fulfill(
                order_id=order.pk,
                fulfill_lines=form.fulfill_lines(),
                tracking_number=form.cleaned_data["tracking_number"],
                carrier=form.cleaned_data["carrier"],
                notify_customer=form.cleaned_data["notify_customer"],
                request_key=one_time_forms.key_of(request),
            ),
            success=lambda: _parcel_message(order, notified=form.cleaned_data["notify_customer"]),
            template="shop_admin/fulfil.html",
            title="Send a parcel",
            button="Send",
        )

    def tracking(self, request: HttpRequest, order: Order) -> HttpResponse:
        parcel = self._get_fulfillment(request, order)
        seen = {"tracking_number": parcel.tracking_number}
        initial = seen | {"carrier": parcel.metadata.get(carriers.KEY, "")}
        form = forms.TrackingForm(posted_data(request), initial=initial)
        return self._process(
            request,
            order,
            form,
            lambda: fulfillments.update_tracking(
                fulfillment_id=parcel.pk, **form.cleaned_data, seen=seen_values.seen_values(request)
            ),
            success="The tracking number is changed.",
            seen=seen,
            title=f"Tracking of parcel {parcel}",
            button="Save",
        )

    def delivered(self, request: HttpRequest, order: Order) -> HttpResponse:
        require_post(request)
        parcel = self._get_fulfillment(request, order)
        return self._run_and_redirect(
            request,
            order,
            lambda: fulfillments.mark_delivered(
                fulfillment_id=parcel.pk, at=datetime.now(UTC), request_key=one_time_forms.key_of(request)
            ),
            "Noted as delivered; the how-to mail is planned.",
        )

    def cancel_fulfillment(self, request: HttpRequest, order: Order) -> HttpResponse:
        parcel = self._get_fulfillment(request, order)
        form = forms.CancelFulfillmentForm(posted_data(request), fulfillment=parcel)
        return self._process(
            request,
            order,
            form,
            lambda: fulfillments.cancel(
                fulfillment_id=parcel.pk,
                warehouse_id=form.cleaned_data["warehouse"].pk,
                request_key=one_time_forms.key_of(request),
            ),
            success="The parcel is cancelled; its pieces are back on the shelf, kept for this order.",
            title=f"Cancel parcel {parcel}",
            button="Cancel the parcel",
            danger=True,
        )

    def correct_lots(self, request: HttpRequest, order: Order) -> HttpResponse:
        parcel = self._get_fulfillment(request, order)
        form = forms.CorrectLotsForm(posted_data(request), fulfillment=parcel)
        return self._process(
            request,
            order,
            form,
            lambda: fulfillment_lots.correct(
                fulfillment_id=parcel.pk,
                lots=form.lots(),
                reason=form.cleaned_data["reason"],
                request_key=one_time_forms.key_of(request),
            ),
            success="The lots are corrected.",
            title=f"Lots of parcel {parcel}",
            words="What was really in the parcel. A recall finds its customers by these codes.",
            button="Save",
        )

    def cancel(self, request: HttpRequest, order: Order) -> HttpResponse:
        """Cancel, and send the money back in the same walk."""
        held = order_state.state_of(order).held
        refundable = held if may_refund(request) else ZERO
        form = forms.CancelOrderForm(posted_data(request), held=refundable, currency=order.currency)
        words = "Nothing of it will be sent and its stock is free again."
        if held and not refundable:
            words += f" {format_money(held, order.currency)} stay here until somebody who may refund sends them back."
        return self._process(
            request,
            order,
            form,
            lambda: self._cancel_and_refund(request, order, form.refund_amount()),
            success=f"Order {order} is cancelled.",
            title=f"Cancel order {order}",
            words=words,
            button="Cancel the order",
            danger=True,
        )

    def _cancel_and_refund(self, request: HttpRequest, order: Order, refund: Decimal | None) -> None:
        done = cancellation.cancel(
            order_id=order.pk,
            refund=refund,
            reason="Order cancelled",
            user_id=request.user.pk,
            request_key=one_time_forms.key_of(request),
        )
        if done.problem:
            self.message_user(request, done.problem.message, level="ERROR")
        elif done.refunded:
            self.message_user(
                request, f"{format_money(done.refunded, order.currency)} go back to the customer."
            )

    def correct(self, request: HttpRequest, order: Order) -> HttpResponse:
        """Correct the e-mail address and, before everything is sent, the shipping address."""
        current = contact_details.current(order)
        form = forms.ContactDetailsForm(posted_data(request), initial=current)
        return self._process(
            request,
            order,
            form,
            lambda: contact_details.correct(
                order_id=order.pk,
                given=form.cleaned_data,
                seen=seen_values.seen_values(request),
                request_key=one_time_forms.key_of(request),
            ),
            success="Corrected. Mails that have not left go to the new address; send failed ones again.",
            seen=current,
            title=f"Correct addresses of order {order}",
            words="For mails and parcels that have not left yet.",
            button="Save",
        )

    def confirm(self, request: HttpRequest, order: Order) -> HttpResponse:
        require_post(request)
        return self._run_and_redirect(
            request,
            order,
            lambda: staff_operations.confirm(order_id=order.pk, request_key=one_time_forms.key_of(request)),
            "The order is confirmed.",
        )

    def paid(self, request: HttpRequest, order: Order) -> HttpResponse:
        form = forms.MarkAsPaidForm(posted_data(request))
        return self._process(
            request,
            order,
            form,
            lambda: staff_operations.mark_as_paid(
                order_id=order.pk,
                reference=form.cleaned_data["reference"],
                user_id=request.user.pk,
                request_key=one_time_forms.key_of(request),
            ),
            success="The order is marked as paid.",
            title="Mark as paid",
            words="For money that came another way, such as by bank transfer.",
            button="It is paid",
        )

    def take_back(self, request: HttpRequest, order: Order) -> HttpResponse:
        """A return of sent pieces, with or without restock and refund."""
        lines = FulfillmentLine.objects.filter(
            fulfillment__order=order, fulfillment__status__in=SENT_STATUSES
        )
        sent = list(lines.select_related("order_line", "fulfillment__order").order_by("pk"))
        form = forms.ReturnForm(posted_data(request), sent=sent, may_refund=may_refund(request))
        return self._process(
            request,
            order,
            form,
            lambda: returns.return_products(
                order_id=order.pk,
                fulfillment_lines=form.returned(),
                include_shipping=form.cleaned_data.get("include_shipping", False),
                refund=form.cleaned_data.get("refund", False),
                reason=form.cleaned_data["reason"],
                restock_to=form.cleaned_data["restock_to"].pk if form.cleaned_data["restock_to"] else None,
                request_key=one_time_forms.key_of(request),
            ),
            success="The return is noted.",
            title=f"What came back of order {order}",
            button="It came back",
        )

    def close_return(self, request: HttpRequest, order: Order) -> HttpResponse:
        """Answer the buyer's request to return something without anything coming back."""
        asked_at = return_requests.asked_at(order)
        form = forms.CloseReturnForm(posted_data(request))
        return self._process(
            request,
            order,
            form,
            lambda: return_requests.close(
                order_id=order.pk,
                asked_at=request.POST.get("asked_at", ""),
                answer=form.cleaned_data["answer"],
                request_key=one_time_forms.key_of(request),
            ),
            success="The request is closed; the customer gets your answer by mail.",
            title=f"Close the request to return of order {order}",
            words="For what does not come back; what was asked stands in the order's history. The customer reads your"
            f" answer word for word. The order's language is {order.language_code.upper()}.",
            button="Close and send",
            hidden={"asked_at": asked_at or ""},
        )

    def charge(self, request: HttpRequest, order: Order) -> HttpResponse:
        payment = self._get_payment(request, order)
        form = forms.ChargeForm(posted_data(request), payment=payment)
        return self._process(
            request,
            order,
            form,
            lambda: checkout_payment.request_action(
                transaction_id=payment.pk,
                action="CHARGE",
                amount=form.cleaned_data["amount"],
                user_id=request.user.pk,
                request_key=one_time_forms.key_of(request),
            ),
            success=lambda: f"{format_money(form.cleaned_data['amount'], payment.currency)} are charged.",
            title=f"Charge what is reserved for order {order}",
            button="Charge",
            hidden={"payment": payment.pk},
        )

    def refund(self, request: HttpRequest, order: Order) -> HttpResponse:
        payment = self._get_payment(request, order)
        form = forms.RefundForm(posted_data(request), payment=payment)
        return self._process(
            request,
            order,
            form,
            lambda: self._request_refund(
                request,
                payment,
                form.cleaned_data["amount"],
                form.cleaned_data["reason"],
                key=one_time_forms.key_of(request),
            ),
            success=lambda: (
                f"{format_money(form.cleaned_data['amount'], payment.currency)} go back to the customer."
            ),
            title=f"Send money back for order {order}",
            button="Send it back",
            danger=True,
            hidden={"payment": payment.pk},
        )

    def refund_lines(self, request: HttpRequest, order: Order) -> HttpResponse:
        """Send back the price of some pieces or of the delivery; nothing has to come back for it."""
        if not may_refund(request):
            raise PermissionDenied
        form = RefundLinesForm(posted_data(request), order=order, lines=list(order.lines.all()))
        return self._process(
            request,
            order,
            form,
            lambda: line_refunds.refund(
                order_id=order.pk,
                lines=form.refund_lines(),
                include_shipping=form.cleaned_data.get("include_shipping", False),
                reason=form.cleaned_data["reason"],
                user_id=request.user.pk,
                request_key=one_time_forms.key_of(request),
            ),
            success="The money goes back to the customer.",
            title=f"Send money back for order {order}",
            words="For pieces that came broken or not at all. For what came back, use “Take back”.",
            button="Send it back",
            danger=True,
        )

    def replace(self, request: HttpRequest, order: Order) -> HttpResponse:
        """Send pieces once more, for nothing, as an order of its own."""
        form = ReplaceForm(posted_data(request), lines=list(order.lines.all()))
        made: list[Order] = []
        return self._process(
            request,
            order,
            form,
            lambda: made.append(
                replacements.replace(
                    order_id=order.pk,
                    lines=form.replacement_lines(),
                    reason=form.cleaned_data["reason"],
                    request_key=one_time_forms.key_of(request),
                )
            ),
            success=lambda: f"Order {made[0]} sends it once more; it is in “To pick”.",
            title=f"Send once more, for order {order}",
            words="For what was lost or came broken. A new order at a price of 0 is made, with the same address.",
            button="Send once more",
        )

    def note(self, request: HttpRequest, order: Order) -> HttpResponse:
        require_post(request)
        if one_time_forms.was_done_before(request):
            return self._redirect(order)
        form = forms.NoteForm(request.POST)
        failure = None
        if form.is_valid():
            failure = run_operation(
                request,
                lambda: staff_operations.add_note(
                    order_id=order.pk,
                    message=form.cleaned_data["message"],
                    request_key=one_time_forms.key_of(request),
                ),
                success_message="The note is kept.",
            )
            if failure is None:
                return self._redirect(order)
        context = {"title": self.row_title(order), "row": order} | self.row_context(request, order)
        problem = failure.message if failure else " ".join(str(error) for error in form["message"].errors)
        return self.render_page(
            request, self.template, status=422, **context | {"note_form": form, "problem": problem}
        )

    # --- helpers ------------------------------------------------------------------------------------------
    def _process(
        self,
        request: HttpRequest,
        order: Order,
        form: Any,
        operation: Callable[[], Any],
        *,
        success: str | Callable[[], str],
        seen: dict[str, Any] | None = None,
        **context: Any,
    ) -> HttpResponse:
        """Show the form, or run its operation once and redirect; after a refusal show the form as it was typed."""
        if one_time_forms.was_done_before(request):
            return self._redirect(order)
        failure = None
        if request.method == "POST" and form.is_valid():
            failure = run_operation(request, operation, success_message=success)
            if failure is None:
                return self._redirect(order)
        if seen is not None:
            changes = failure.changes if failure else ()
            context |= seen_values.form_context(request, form, current=seen, changes=changes, row=order)
        return self._render_form(request, form, order, failure, **context)

    def _request_refund(
        self, request: HttpRequest, payment: TransactionItem, amount: Decimal, reason: str, *, key: str | None
    ) -> None:
        checkout_payment.request_action(
            transaction_id=payment.pk,
            action="REFUND",
            amount=amount,
            message=reason,
            user_id=request.user.pk,
            request_key=key,
        )

    def _run_and_redirect(
        self, request: HttpRequest, order: Order, operation: Any, success_message: str
    ) -> HttpResponse:
        if not one_time_forms.was_done_before(request) and (
            failure := run_operation(request, operation, success_message=success_message)
        ):
            self.message_user(request, failure.message, level="ERROR")
        return self._redirect(order)

    def _get_payment(self, request: HttpRequest, order: Order) -> TransactionItem:
        """The payment that the form names, for users who may move money."""
        if not may_refund(request):
            raise PermissionDenied
        token = request.POST.get("payment") or request.GET.get("payment") or ""
        payment = next((row for row in payments_of(order) if str(row.pk) == token), None)
        if payment is None:
            raise Http404
        return payment

    def _get_fulfillment(self, request: HttpRequest, order: Order) -> Fulfillment:
        number = request.POST.get("parcel") or request.GET.get("parcel") or ""
        return get_object_or_404(order.fulfillments, pk=whole_number(number) or 0)

    def _redirect(self, order: Order) -> HttpResponse:
        return HttpResponseRedirect(self.row_url(order))

    def _render_form(
        self,
        request: HttpRequest,
        form: Any,
        order: Order,
        failure: Failure | None,
        *,
        template: str = "shop_admin/form.html",
        hidden: dict[str, Any] | None = None,
        **context: Any,
    ) -> HttpResponse:
        parcel = request.POST.get("parcel") or request.GET.get("parcel") or ""
        return self.render_page(
            request,
            template,
            status=422 if failure or form.errors else 200,
            **context,
            hidden={"parcel": parcel} | (hidden or {}),
            form=form,
            problem=failure.message if failure else None,
            back=self.row_url(order),
            row=order,
        )


def _parcel_message(order: Order, *, notified: bool) -> str:
    if not notified:
        return "The parcel is on its way; the customer is not told."
    if opens := ports.connected().shipped_mail_time(**destination(order)):
        return (
            f"The parcel is on its way; it is night where it goes, and the mail to the customer leaves from"
            f" {time_text(opens)}."
        )
    return "The parcel is on its way; the customer is told by mail."


def destination(order: Order) -> dict[str, str]:
    """Where its parcel goes: Saleor's codes of `country` and `area`, "" where it has no address."""
    address = order.shipping_address
    return (
        {"country": str(address.country), "area": address.country_area}
        if address
        else {"country": "", "area": ""}
    )


def may_refund(request: HttpRequest) -> bool:
    return "HANDLE_PAYMENTS" in permission_codes_of(request)


def payments_of(order: Order) -> list[TransactionItem]:
    return list(TransactionItem.objects.filter(order_id=order.pk).order_by("pk"))
