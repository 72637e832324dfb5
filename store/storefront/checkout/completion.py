"""From a paid checkout to its order, also when an answer comes late, and what to say when the order is refused.

Completing a checkout again returns the order that it already became, so every step here may be repeated.
"""

import time
from collections.abc import Callable
from email.utils import parseaddr

from django.conf import settings
from django.contrib import messages as flash
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from store.saleor import clients
from store.saleor.errors import Refused, SaleorError, check
from store.storefront import (
    cart_cookie,
    channels,
    error_messages,
    form_state,
    languages,
    view_decorators,
)
from store.storefront.cart_contents import Checkout
from store.storefront.checkout import payments_without_result, steps
from store.storefront.checkout.signed_checkout import sign_checkout_id
from store.storefront.form_state import FormState
from store.storefront.order_status import Reader
from store.storefront.orders import order_url
from store.storefront.page_context import render

SALT = "storefront.payment-progress"
WAIT = 60  # seconds for the answer of a payment, from when it was asked for
RELOAD_AFTER = 3  # seconds
CART_EXPIRED = _("This cart has expired, and no order was made from it. Please start a new one.")
NOT_CONFIRMED = _(
    "The payment was not confirmed. You can try again: what was charged once is not charged twice."
)
NO_RESULT = _(
    "Your payment has no result yet. You can try again in the same way: what was charged once is not charged twice."
    " To pay in another way, please write to us first. {contact}"
)
SAFE = _("Your payment of {paid} is safe with us, but the order is not placed yet. {reason} {contact}")
CONTACT = _("If you need help, write to {email} and name {reference}.")
# Why an order is refused, and what to do; by Saleor's code. Other reasons are in error_messages.
REASONS: dict[str, Promise] = {
    "INSUFFICIENT_STOCK": _(
        "The last ones were sold while you paid. Change your cart and finish, or write to us and we send your money"
        " back."
    ),
    "CHECKOUT_NOT_FULLY_PAID": _("The total has changed: {open} is still open."),
    "VOUCHER_NOT_APPLICABLE": _(
        "Your code does not apply to this order any more. Please remove it to go on."
    ),
}


def complete(request: HttpRequest, checkout_id: str) -> HttpResponse:
    """A redirect to the order; to the payment page with the reason where the order is refused."""
    return in_progress_if_away(
        checkout_id, lambda: _complete(request, checkout_id) or redirect_to_progress(checkout_id)
    )


def in_progress_if_away(checkout_id: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to who has paid, or may have; while the shop is away, that the payment is being made."""
    try:
        return answer()
    except SaleorError as error:
        if not error.is_retryable:
            raise
        return redirect_to_progress(checkout_id)


def _complete(request: HttpRequest, checkout_id: str) -> HttpResponse | None:
    """None where the order is not there yet."""
    try:
        order = check(clients.storefront().checkout_complete(id=checkout_id).checkout_complete).order
    except Refused as refused:
        return _refused(request, checkout_id, refused)
    if order is None:
        return None
    payments_without_result.forget(checkout_id)
    response = form_state.leave(reverse("storefront:payment"), to=order_url(order.id, languages.current()))
    cart_cookie.delete_checkout(request, response, checkout_id)
    return response


def redirect_to_progress(checkout_id: str) -> HttpResponse:
    token = signing.dumps({"checkout": checkout_id, "since": int(time.time())}, salt=SALT)
    return HttpResponseRedirect(reverse("storefront:payment-progress", args=[token]), status=303)


@view_decorators.private
def progress(request: HttpRequest, token: str) -> HttpResponse:
    """A payment is being made: leads to the order as soon as it is there, and says so when no answer comes."""
    try:
        asked = signing.loads(token, salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        raise Http404 from None
    try:
        outcome = _outcome(request, str(asked["checkout"]), since=int(asked["since"]))
    except SaleorError as error:
        if not error.is_retryable:
            raise
        outcome = None
    return outcome or _render_progress(request)  # no redirect, which would come here at once, again and again


def _outcome(request: HttpRequest, checkout_id: str, *, since: int) -> HttpResponse | None:
    """None while the payment or its order is being made. `since`: when its answer was first waited for, in seconds of
    the epoch.
    """
    checkout = steps.read_checkout(checkout_id)
    if checkout is None or checkout.is_covered:
        return _complete(request, checkout_id)
    if time.time() - since > WAIT:
        return show_on_payment_page(request, checkout, _without_result(checkout))
    return None


def _render_progress(request: HttpRequest) -> HttpResponse:
    response = render(request, "checkout/progress.html")
    response["Refresh"] = str(RELOAD_AFTER)
    return response


def show_on_payment_page(
    request: HttpRequest, checkout: Checkout, message: str, **values: str
) -> HttpResponse:
    """Back to the payment page of this checkout, with a message; `values` are shown again in its form."""
    state = FormState({"basket": sign_checkout_id(checkout.id), **values}, (message,) if message else ())
    response = form_state.redirect(request, reverse("storefront:payment"), state)
    assert response is not None  # a few sentences and ids are never too large
    return response


def _refused(request: HttpRequest, checkout_id: str, refused: Refused) -> HttpResponse:
    checkout = steps.read_checkout(checkout_id)
    if checkout is None:
        flash.error(request, str(CART_EXPIRED))
        response = HttpResponseRedirect(reverse("storefront:cart"), status=303)
        cart_cookie.delete_checkout(request, response, checkout_id)
        return response
    return show_on_payment_page(request, checkout, _refusal(request, checkout, refused))


def _refusal(request: HttpRequest, checkout: Checkout, refused: Refused) -> str:
    locale = languages.format_locale(channels.current_channel(request))
    reader = Reader("", checkout.open.currency, locale)
    if "PAYMENT_ERROR" in refused.codes:  # money may have been taken that no payment app has told of
        payments_without_result.note(checkout)
        return _no_result(checkout)
    code = next((code for code in REASONS if code in refused.codes), "")
    received = checkout.paid.amount + checkout.held.amount
    if not received:
        return str(NOT_CONFIRMED) if code == "CHECKOUT_NOT_FULLY_PAID" else _reason(refused, code, "")
    return str(SAFE).format(
        paid=reader.amount(received),
        reason=_reason(refused, code, reader.amount(checkout.open.amount)),
        contact=_contact(checkout),
    )


def _without_result(checkout: Checkout) -> str:
    """What the shopper is told of a payment that they have waited for. It may never have been begun."""
    may_be_charged = payments_without_result.note(checkout)
    return _no_result(checkout) if may_be_charged else str(NOT_CONFIRMED)


def _no_result(checkout: Checkout) -> str:
    return str(NO_RESULT).format(contact=_contact(checkout))


def _contact(checkout: Checkout) -> str:
    return str(CONTACT).format(email=parseaddr(settings.MAIL_REPLY_TO)[1], reference=checkout.reference)


def _reason(refused: Refused, code: str, open_amount: str) -> str:
    if code:
        return str(REASONS[code]).format(open=open_amount)
    return (error_messages.messages_for(refused) or [str(error_messages.UNKNOWN)])[0]
