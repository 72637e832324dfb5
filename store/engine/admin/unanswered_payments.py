"""Views that settle a payment that its app gave no result for, on the page of the basket or order that it pays."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from store.engine.admin.base import ReadOnlyAdmin, View, permission_codes_of, require_post, run_operation
from store.engine.checkout import unanswered_payments
from store.engine.payments.models import TransactionItem


def unanswered_with_amounts(payments: list[TransactionItem]) -> list[tuple[TransactionItem, Decimal]]:
    """Those without a result, each with what its app was asked for in its currency."""
    return [(item, unanswered_payments.amount_asked_for(item)) for item in payments if item.awaits_result]


class UnansweredPaymentViews(ReadOnlyAdmin):
    """`template`s include `shop_admin/unanswered.html`, with `unanswered` and `may_settle`."""

    recorded_message: str

    def payments_of(self, row: Any) -> list[TransactionItem]:
        raise NotImplementedError

    def address_after_settling(self, row: Any) -> str:
        return str(self.row_url(row))

    def settling_views(self) -> dict[str, View]:
        return {"close-payment": self.close_payment, "record-payment": self.record_payment}

    def close_payment(self, request: HttpRequest, row: Any) -> HttpResponse:
        return self._settle(
            request,
            row,
            lambda item: unanswered_payments.close(transaction_id=item.pk, user_id=request.user.pk),
            "The payment is closed. Another one can begin.",
        )

    def record_payment(self, request: HttpRequest, row: Any) -> HttpResponse:
        return self._settle(
            request,
            row,
            lambda item: unanswered_payments.record_received(
                transaction_id=item.pk,
                psp_reference=request.POST.get("reference", ""),
                user_id=request.user.pk,
            ),
            self.recorded_message,
        )

    def _settle(
        self,
        request: HttpRequest,
        row: Any,
        operation: Callable[[TransactionItem], None],
        success_message: str,
    ) -> HttpResponse:
        """Settle the payment that the form names; a second sending finds it settled."""
        require_post(request)
        if "HANDLE_PAYMENTS" not in permission_codes_of(request):
            messages.error(request, "Settling a payment needs the permission to handle payments.")
            return HttpResponseRedirect(self.row_url(row))
        named = request.POST.get("payment")
        item = next((item for item in self.payments_of(row) if str(item.pk) == named), None)
        if item is None:
            raise Http404("There is no such payment here.")
        failure = run_operation(request, lambda: operation(item), success_message=success_message)
        if failure:
            messages.error(request, failure.message)
        return HttpResponseRedirect(self.address_after_settling(row))
