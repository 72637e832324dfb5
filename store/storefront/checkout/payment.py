"""Last stop: look at it all once more, confirm the safety insert, pay.

Paying twice is not possible: the attempt carries an idempotency key from the form, and completing a checkout
again answers the order that it already became. The cart travels in the form as well, so that going back and
pressing the button again, when the cookie is gone, still ends at the same order.
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
OVERTAKEN = {"CHECKOUT_COMPLETION_IN_PROGRESS", "NOT_FOUND"}
PRICE_CHANGED = "The total has changed since you saw it. Nothing was charged. Please check it and pay again."
DECLINED = "The payment was declined. Nothing was charged and your cart is as it was. You can try again."
UNPAID_PART = "The total changed while you paid. What you paid is kept; please pay what is still open."
SOLD_MEANWHILE = (
    "While you paid, the last ones were sold, so nothing was ordered. Your payment is kept with this cart: "
    "change the cart and finish, or write to us and we send it back."
)
EXPIRED = "This cart has expired. Nothing was charged. Please start a new one."
CLOSED = "Payment is not set up in this shop. Nothing was charged."


@view_decorators.private
def payment(request: HttpRequest) -> HttpResponse:
    basket = _posted_basket(request) or steps.basket_id(request)[1]
    if basket is None:
        return HttpResponseRedirect(reverse("storefront:cart"))
    checkout = clients.storefront().checkout_stop(id=basket).checkout
    if checkout is None and request.method == "POST":
        return _finish(request, basket)
    if away := steps.turned_away(checkout, needs=["address", "delivery"]):
        return HttpResponseRedirect(away, status=303)
    return _pay(request, checkout) if request.method == "POST" else _show(request, checkout)


def _pay(request: HttpRequest, checkout: Any) -> HttpResponse:
    if request.POST.get("total") != _total(checkout):
        return _show(request, checkout, said=PRICE_CHANGED, status=409)
    missing = [i.slug for i in _inserts(checkout) if i.key not in request.POST.getlist("read")]
    if missing:
        return _show(request, checkout, unread=missing, status=422)
    if not settings.DUMMY_PAYMENTS:
        return _show(request, checkout, said=CLOSED, status=503)
    try:
        safety.acknowledge(clients.storefront(), checkout_id=checkout.id, lines=_line_inserts(checkout))
    except Refused as refused:
        if not refused.codes & OVERTAKEN:
            raise
        return _finish(request, checkout.id)
    declined = _charge(request, checkout)
    if declined:
        return _show(request, checkout, said=declined, status=402)
    return _finish(request, checkout.id)


def _charge(request: HttpRequest, checkout: Any) -> str:
    """Pays what is open; says why not, or nothing when it is paid (or another press of the button pays it)."""
    open_amount = -Decimal(str(checkout.total_balance.amount))
    if open_amount <= 0:
        return ""
    outcome = "CHARGE_FAILURE" if request.POST.get("card") == "declined" else "CHARGE_SUCCESS"
    answer = clients.storefront().checkout_pay(
        id=checkout.id,
        amount=open_amount,
        gateway=GATEWAY,
        data={"event": {"type": outcome, "includePspReference": True}},
        idempotency_key=_attempt(request, checkout.id),
    )
    try:
        paid = check(answer.transaction_initialize)
    except Refused as refused:
        return "" if refused.codes & OVERTAKEN else error_messages.SENTENCES["PAYMENT_ERROR"]
    event = paid.transaction_event
    return DECLINED if event and event.type_ == "CHARGE_FAILURE" else ""


def _finish(request: HttpRequest, basket: str) -> HttpResponse:
    """Turns the paid checkout into an order, or finds the order that it became."""
    try:
        order = check(clients.storefront().checkout_complete(id=basket).checkout_complete).order
    except Refused as refused:
        return _not_completed(request, basket, refused)
    if order is None:
        return _not_completed(request, basket, Refused([]))
    response = HttpResponseRedirect(order_url(order.id), status=303)
    steps.drop_cart(request, response)
    return response


def _not_completed(request: HttpRequest, basket: str, refused: Refused) -> HttpResponse:
    now = clients.storefront().checkout_stop(id=basket).checkout
    if now is None:
        return render(request, "errors/410.html", {"said": EXPIRED}, status=410)
    if "CHECKOUT_NOT_FULLY_PAID" in refused.codes:
        return _show(request, now, said=UNPAID_PART, status=409)
    if "INSUFFICIENT_STOCK" in refused.codes:
        return _show(request, now, said=SOLD_MEANWHILE, status=409)
    said = error_messages.sentences(refused) or [error_messages.UNKNOWN]
    return _show(request, now, said=said[0], status=409)


def _show(
    request: HttpRequest, checkout: Any, *, said: str = "", unread: list[str] | None = None, status: int = 200
) -> HttpResponse:
    cards = _inserts(checkout)
    return render(
        request,
        "checkout/payment.html",
        {
            "checkout": checkout,
            "steps": steps.steps("storefront:payment"),
            "inserts": cards,
            "warnings": guide_content.warnings_of(cards),
            "read": set(request.POST.getlist("read")),
            "unread": set(unread or ()),
            "said": said,
            "basket": signing.dumps(checkout.id, salt=SALT, compress=True),
            "total": _total(checkout),
            "attempt": uuid.uuid4().hex,
            "open_amount": checkout.total_balance.model_copy(
                update={"amount": max(0.0, -checkout.total_balance.amount)}
            ),
        },
        status=status,
    )


def _attempt(request: HttpRequest, basket: str) -> str:
    """One key a form: pressing its button twice is one payment, a new form is a new attempt."""
    typed = request.POST.get("attempt", "")
    return f"{basket}:{typed if typed.isalnum() and len(typed) <= 64 else 'first'}"


def _posted_basket(request: HttpRequest) -> str | None:
    sealed = request.POST.get("basket", "")
    if not sealed:
        return None
    try:
        return str(signing.loads(sealed, salt=SALT, max_age=24 * 3600))
    except signing.BadSignature:
        return None


def _total(checkout: Any) -> str:
    return f"{checkout.total_price.gross.amount:.2f} {checkout.total_price.gross.currency}"


def _inserts(checkout: Any) -> list[guide_content.InsertCard]:
    return guide_content.insert_cards(_insert_slug(line) for line in checkout.lines)


def _line_inserts(checkout: Any) -> list[safety.LineInsert]:
    keys = {card.slug: card.key for card in _inserts(checkout)}
    return [
        safety.LineInsert(line.id, key) for line in checkout.lines if (key := keys.get(_insert_slug(line)))
    ]


def _insert_slug(line: Any) -> str:
    found = getattr(line.variant.product.insert, "value", None)
    return found.slug if found else ""
