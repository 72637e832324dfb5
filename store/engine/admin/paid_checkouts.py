"""Admin of checkouts that were paid, or may have been, and did not become an order: make the order, send the money
back, or settle a payment that the app gave no result for.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store.engine.admin import one_time_forms
from store.engine.admin.base import (
    View,
    column,
    permission_codes_of,
    require_post,
    run_operation,
)
from store.engine.admin.currency_format import format_money
from store.engine.admin.dates import time_text
from store.engine.admin.unanswered_payments import UnansweredPaymentViews, unanswered_with_amounts
from store.engine.checkout import paid_checkouts
from store.engine.checkout.models import Checkout
from store.engine.checkout.paid_checkouts import PaidCheckout
from store.engine.orders.models import Order
from store.engine.payments.models import TransactionItem


class MoneyColumns:
    """The list's columns about money, for checkouts whose payments were read together."""

    def __init__(self, found: list[PaidCheckout]) -> None:
        self._found = {paid.checkout_id: paid for paid in found}

    @column("Received")
    def received(self, checkout: Checkout) -> str:
        paid = self._found[checkout.pk]
        if not (paid.charged or paid.authorized):
            return f"{format_money(paid.unanswered, paid.currency)} not known"
        amount = format_money(paid.charged or paid.authorized, paid.currency)
        return amount if paid.charged else f"{amount} reserved"

    @column("Why there is no order")
    def reason(self, checkout: Checkout) -> str:
        return self._found[checkout.pk].reason

    @column("Since")
    def since(self, checkout: Checkout) -> str:
        return time_text(self._found[checkout.pk].since)


@admin.register(Checkout)
class PaidCheckoutAdmin(UnansweredPaymentViews):
    required_permissions = ("MANAGE_CHECKOUTS",)
    channel_path = "channel"
    template = "shop_admin/paid_checkout.html"
    recorded_message = "The payment is recorded. Make the order now."
    list_display = ("who", "received", "reason", "since")
    list_display_links = ("who",)
    ordering = ("pk",)

    def rows(self, request: HttpRequest) -> QuerySet[Checkout]:
        found = paid_checkouts.paid_checkouts_without_order()
        return Checkout.objects.filter(pk__in=[paid.checkout_id for paid in found]).select_related(
            "channel", "shipping_address", "billing_address"
        )

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changes: ChangeList = super().get_changelist_instance(request)
        columns = MoneyColumns(paid_checkouts.paid_checkouts_without_order())
        changes.list_display = [getattr(columns, str(name), name) for name in changes.list_display]
        return changes

    @column("Customer", header=True)
    def who(self, checkout: Checkout) -> list[str]:
        address = checkout.billing_address or checkout.shipping_address
        return [(address.full_name if address else "") or "Guest", checkout.email or "no e-mail address"]

    @column("Received")
    def received(self, checkout: Checkout) -> str:
        """Stands for the column of `MoneyColumns` until the page's checkouts are known, as the next two do."""
        return ""

    @column("Why there is no order")
    def reason(self, checkout: Checkout) -> str:
        return ""

    @column("Since")
    def since(self, checkout: Checkout) -> str:
        return ""

    def row_views(self) -> dict[str, View]:
        return {"complete": self.complete, "refund": self.refund} | self.settling_views()

    def row_title(self, row: Checkout) -> str:
        return f"Basket of {row.email or 'a guest'}"

    def row_context(self, request: HttpRequest, row: Checkout) -> dict[str, Any]:
        found = paid_checkouts.paid_checkouts_without_order()
        paid = next((paid for paid in found if paid.checkout_id == row.pk), None)
        if paid is None:
            raise Http404("It became an order, or was paid back, just now.")
        payments = self.payments_of(row)
        may_handle_payments = "HANDLE_PAYMENTS" in permission_codes_of(request)
        return {
            "paid": paid,
            "has_money": bool(paid.charged or paid.authorized),
            "unanswered": unanswered_with_amounts(payments),
            "may_settle": may_handle_payments,
            "lines": row.lines.select_related("variant__product"),
            "payments": payments,
            "may_refund": may_handle_payments,
            "refund_requested": row.completion_problem == paid_checkouts.REFUND_REQUESTED,
        }

    def complete(self, request: HttpRequest, checkout: Checkout) -> HttpResponse:
        require_post(request)
        made: list[Order] = []
        failure = run_operation(
            request, lambda: made.append(paid_checkouts.complete(checkout_id=checkout.pk))
        )
        if failure:
            messages.error(request, f"Still no order: {failure.message}")
            return HttpResponseRedirect(self.row_url(checkout))
        messages.success(request, f"Order {made[0]} is made.")
        if "MANAGE_ORDERS" in permission_codes_of(request):
            return HttpResponseRedirect(reverse("admin:orders_order_change", args=[made[0].pk]))
        return HttpResponseRedirect(reverse("admin:checkout_checkout_changelist"))

    def refund(self, request: HttpRequest, checkout: Checkout) -> HttpResponse:
        require_post(request)
        back = HttpResponseRedirect(reverse("admin:checkout_checkout_changelist"))
        if "HANDLE_PAYMENTS" not in permission_codes_of(request):
            messages.error(request, "Sending money back needs the permission to handle payments.")
            return back
        if one_time_forms.was_done_before(request):
            return back
        failure = run_operation(
            request,
            lambda: paid_checkouts.refund(
                checkout_id=checkout.pk, user_id=request.user.pk, request_key=one_time_forms.key_of(request)
            ),
            success_message="The money goes back to the customer.",
        )
        if failure:
            messages.error(request, failure.message)
        return back

    def payments_of(self, row: Checkout) -> list[TransactionItem]:
        return list(TransactionItem.objects.filter(checkout_id=row.pk).order_by("pk"))

    def address_after_settling(self, row: Checkout) -> str:
        is_listed = paid_checkouts.paid_without_order().filter(pk=row.pk).exists()
        return str(self.row_url(row) if is_listed else reverse("admin:checkout_checkout_changelist"))
