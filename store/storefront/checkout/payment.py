"""Last step of the checkout: review, acknowledge the safety insert, pay.

Nothing is paid twice: the charge carries an idempotency key from the form, and completing a checkout again
returns the order it already became. The form also carries the signed checkout id, so that going back and
submitting again after the cookie is gone leads to the same order.
"""

import uuid
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store import safety
from store.saleor import clients
from store.saleor.errors import Refused, check
from store.storefront import error_messages, guide_content, view_decorators
from store.storefront.checkout import steps
from store.storefront.orders import order_url
from store.storefront.page_context import render

GATEWAY = "saleor.io.dummy-payment-app"
SALT = "storefront.payment"
# The checkout is being completed by another request, or is an order already.
COMPLETED_ELSEWHERE = {"CHECKOUT_COMPLETION_IN_PROGRESS", "NOT_FOUND"}
PRICE_CHANGED = "The total has changed since you saw it. Nothing was charged. Please check it and pay again."
DECLINED = "The payment was declined. Nothing was charged and your cart is as it was. You can try again."
UNPAID_PART = "The total changed while you paid. What you paid is kept; please pay what is still open."
SOLD_OUT_WHILE_PAYING = (
    "While you paid, the last ones were sold, so nothing was ordered. Your payment is kept with this cart: "
    "change the cart and finish, or write to us and we send it back."
)
CART_EXPIRED = "This cart has expired. Nothing was charged. Please start a new one."
PAYMENT_UNAVAILABLE = "Payment is not set up in this shop. Nothing was charged."


@view_decorators.private
def payment(request: HttpRequest) -> HttpResponse:
    checkout_id = _posted_checkout_id(request) or steps.current_checkout_id(request)[1]
    if checkout_id is None:
        return HttpResponseRedirect(reverse("storefront:cart"))
    checkout = clients.storefront().checkout_page(id=checkout_id).checkout
    if checkout is None and request.method == "POST":
        return _complete(request, checkout_id)
    if url := steps.redirect_url(checkout, required=["address", "delivery"]):
        return HttpResponseRedirect(url, status=303)
    return (
        _handle_payment(request, checkout) if request.method == "POST" else _render_payment(request, checkout)
    )


def _handle_payment(request: HttpRequest, checkout: Any) -> HttpResponse:
    if request.POST.get("total") != _displayed_total(checkout):
        return _render_payment(request, checkout, error=PRICE_CHANGED, status=409)
    unread = [i.slug for i in _inserts(checkout) if i.key not in request.POST.getlist("read")]
    if unread:
        return _render_payment(request, checkout, unread=unread, status=422)
    if not settings.DUMMY_PAYMENTS:
        return _render_payment(request, checkout, error=PAYMENT_UNAVAILABLE, status=503)
    try:
        safety.acknowledge(clients.storefront(), checkout_id=checkout.id, lines=_inserts_by_line(checkout))
    except Refused as refused:
        if not refused.codes & COMPLETED_ELSEWHERE:
            raise
        return _complete(request, checkout.id)
    error = _charge(request, checkout)
    if error:
        return _render_payment(request, checkout, error=error, status=402)
    return _complete(request, checkout.id)


def _charge(request: HttpRequest, checkout: Any) -> str:
    """Charge the open amount. Returns the error message; "" when paid, or when another request is completing it."""
    open_amount = -Decimal(str(checkout.total_balance.amount))
    if open_amount <= 0:
        return ""
    outcome = "CHARGE_FAILURE" if request.POST.get("card") == "declined" else "CHARGE_SUCCESS"
    data = clients.storefront().transaction_initialize(
        id=checkout.id,
        amount=open_amount,
        gateway=GATEWAY,
        data={"event": {"type": outcome, "includePspReference": True}},
        idempotency_key=_idempotency_key(request, checkout.id),
    )
    try:
        paid = check(data.transaction_initialize)
    except Refused as refused:
        return "" if refused.codes & COMPLETED_ELSEWHERE else error_messages.MESSAGES["PAYMENT_ERROR"]
    event = paid.transaction_event
    return DECLINED if event and event.type_ == "CHARGE_FAILURE" else ""


def _complete(request: HttpRequest, checkout_id: str) -> HttpResponse:
    """Redirect to the order that the paid checkout becomes, or already became."""
    try:
        order = check(clients.storefront().checkout_complete(id=checkout_id).checkout_complete).order
    except Refused as refused:
        return _render_completion_error(request, checkout_id, refused)
    if order is None:
        return _render_completion_error(request, checkout_id, Refused([]))
    response = HttpResponseRedirect(order_url(order.id), status=303)
    steps.delete_cart_cookie(request, response)
    return response


def _render_completion_error(request: HttpRequest, checkout_id: str, refused: Refused) -> HttpResponse:
    checkout = clients.storefront().checkout_page(id=checkout_id).checkout
    if checkout is None:
        return render(request, "errors/410.html", {"message": CART_EXPIRED}, status=410)
    if "CHECKOUT_NOT_FULLY_PAID" in refused.codes:
        return _render_payment(request, checkout, error=UNPAID_PART, status=409)
    if "INSUFFICIENT_STOCK" in refused.codes:
        return _render_payment(request, checkout, error=SOLD_OUT_WHILE_PAYING, status=409)
    error = error_messages.messages_for(refused) or [error_messages.UNKNOWN]
    return _render_payment(request, checkout, error=error[0], status=409)


def _render_payment(
    request: HttpRequest,
    checkout: Any,
    *,
    error: str = "",
    unread: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    cards = _inserts(checkout)
    return render(
        request,
        "checkout/payment.html",
        {
            "checkout": checkout,
            "steps": steps.list_steps("storefront:payment"),
            "inserts": cards,
            "warnings": guide_content.unique_warnings(cards),
            "read": set(request.POST.getlist("read")),
            "unread": set(unread or ()),
            "error": error,
            "signed_checkout_id": signing.dumps(checkout.id, salt=SALT, compress=True),
            "total": _displayed_total(checkout),
            "attempt": uuid.uuid4().hex,
            "open_amount": checkout.total_balance.model_copy(
                update={"amount": max(0.0, -checkout.total_balance.amount)}
            ),
        },
        status=status,
    )


def _idempotency_key(request: HttpRequest, checkout_id: str) -> str:
    """One key per rendered form: submitting it twice is one payment, a new form is a new attempt."""
    key = request.POST.get("attempt", "")
    return f"{checkout_id}:{key if key.isalnum() and len(key) <= 64 else 'first'}"


def _posted_checkout_id(request: HttpRequest) -> str | None:
    signed_id = request.POST.get("basket", "")
    if not signed_id:
        return None
    try:
        return str(signing.loads(signed_id, salt=SALT, max_age=24 * 3600))
    except signing.BadSignature:
        return None


def _displayed_total(checkout: Any) -> str:
    return f"{checkout.total_price.gross.amount:.2f} {checkout.total_price.gross.currency}"


def _inserts(checkout: Any) -> list[guide_content.InsertCard]:
    return guide_content.insert_cards(_insert_slug(line) for line in checkout.lines)


def _inserts_by_line(checkout: Any) -> list[safety.LineInsert]:
    keys = {card.slug: card.key for card in _inserts(checkout)}
    return [
        safety.LineInsert(line.id, key) for line in checkout.lines if (key := keys.get(_insert_slug(line)))
    ]


def _insert_slug(line: Any) -> str:
    reference = getattr(line.variant.product.insert, "value", None)
    return reference.slug if reference else ""
