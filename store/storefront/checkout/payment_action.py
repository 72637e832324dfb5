"""A payment that the shopper has to confirm, such as by 3-D Secure: in Stripe's fields on our page, or elsewhere.

A signed cookie holds the payment in flight, one for each browser: a second tab comes back to it instead of beginning
another, and a page of an earlier one no longer lets pay. The address that the shopper returns to names checkout and
payment itself, so that it also works in another browser, such as that of a bank's app.
"""

from dataclasses import asdict, dataclass
from decimal import Decimal

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store.content_security import PERMISSIONS
from store.saleor import clients
from store.saleor.errors import SaleorError, check
from store.storefront import form_state, languages, view_decorators
from store.storefront.cart_contents import Checkout
from store.storefront.checkout import gateways, steps
from store.storefront.checkout.charge import (
    UNAVAILABLE,
    Charge,
    Result,
    ask_again,
    begin_new_attempt,
    declined,
    keep_attempt,
)
from store.storefront.checkout.completion import (
    NOT_CONFIRMED,
    complete,
    in_progress_if_away,
    redirect_to_progress,
    show_on_payment_page,
)
from store.storefront.checkout.gateways import Gateway, Kind
from store.storefront.page_context import render

COOKIE = "payment-action"
SALT = "storefront.payment-action"
RETURN_SALT = "storefront.payment-return"
MAX_AGE = 3600  # seconds; an app gives up a payment that nobody confirmed at about the same time
RETURN_MAX_AGE = 24 * 3600  # seconds
# What the page with Stripe's fields may load, by https://docs.stripe.com/security/guide#content-security-policy
STRIPE_SOURCES = {
    "script-src": ["https://js.stripe.com", "https://*.js.stripe.com"],
    "frame-src": ["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"],
    "connect-src": ["'self'", "https://api.stripe.com"],
}


@dataclass(frozen=True, slots=True)
class Action:
    """The payment in flight. `amount` as text, with a point; `secret` and `publishable_key` are Stripe's for browsers;
    `address` is where another app leads the shopper.
    """

    checkout_id: str
    transaction_id: str
    gateway_id: str
    amount: str
    secret: str = ""
    publishable_key: str = ""
    address: str = ""


def start(request: HttpRequest, checkout: Checkout, gateway: Gateway, charged: Charge) -> HttpResponse:
    """To the page where the shopper confirms it. Where the app asks for what we can't show, or for an address too long
    to be kept, back to the payment page: nobody can confirm that payment, so the next is a new attempt.
    """
    secret, key, address = "", "", ""
    if gateway.kind is Kind.STRIPE:
        secret, key = gateways.client_secret(charged.data), _publishable_key(checkout.id, gateway)
    else:
        address = gateways.redirect_address(charged.data)
    amount = f"{checkout.open.amount:f}"
    action = Action(checkout.id, charged.transaction_id, gateway.id, amount, secret, key, address)
    value = signing.dumps(asdict(action), salt=SALT, compress=True)
    if not ((secret and key) or address) or len(value) > form_state.MAX_SIZE:
        response = show_on_payment_page(request, checkout, str(UNAVAILABLE))
        keep_attempt(request, response, checkout, charged.attempt + 1)
        return response
    response = _to_confirmation()
    keep_attempt(request, response, checkout, charged.attempt)
    response.set_cookie(
        COOKIE,
        value,
        max_age=MAX_AGE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def in_flight(request: HttpRequest, checkout: Checkout) -> Action | None:
    """The payment that was begun for this checkout and this amount and waits for the shopper."""
    action = _read(request)
    is_this = action and action.checkout_id == checkout.id
    return action if action and is_this and Decimal(action.amount) == checkout.open.amount else None


def return_url(request: HttpRequest, checkout_id: str, transaction_id: str = "") -> str:
    token = signing.dumps({"checkout": checkout_id, "transaction": transaction_id}, salt=RETURN_SALT)
    return request.build_absolute_uri(reverse("storefront:payment-return", args=[token]))


@view_decorators.private
def confirm(request: HttpRequest) -> HttpResponse:
    """GET shows the payment in flight. POST `do=check` says whether this page may let pay: 204, or 409 when the payment
    is not the one in flight any more or the total has changed; `do=other` gives it up for another way to pay.
    """
    action = _read(request)
    checkout = steps.read_checkout(action.checkout_id) if action else None
    if request.method == "POST" and request.POST.get("do") == "check":
        may_pay = action and checkout and in_flight(request, checkout) and not checkout.is_covered
        is_current = may_pay and action and request.POST.get("payment") == action.transaction_id
        return HttpResponse(status=204 if is_current else 409)
    if action is None:
        return HttpResponseRedirect(reverse("storefront:payment"), status=303)
    if checkout is None or checkout.is_covered:
        return _forget(complete(request, action.checkout_id))
    if in_flight(request, checkout) is None:
        return _forget(HttpResponseRedirect(reverse("storefront:payment"), status=303))
    if request.method == "POST":
        return _give_up(request, checkout, action)
    return _render(request, checkout, action)


@view_decorators.private
def returned(request: HttpRequest, token: str) -> HttpResponse:
    """The shopper comes back from Stripe, their bank or another app: what has become of the payment?"""
    try:
        named = signing.loads(token, salt=RETURN_SALT, max_age=RETURN_MAX_AGE)
    except signing.BadSignature:
        raise Http404 from None
    checkout_id, action = str(named["checkout"]), _read(request)
    is_this = action and action.checkout_id == checkout_id
    transaction_id = str(named["transaction"]) or (action.transaction_id if action and is_this else "")
    if not transaction_id:
        return redirect_to_progress(checkout_id)
    stripe = action is not None and action.gateway_id == gateways.STRIPE
    charged = ask_again(transaction_id, None if stripe else request.GET.dict() or None)
    return _lead_on(request, checkout_id, charged)


def _lead_on(request: HttpRequest, checkout_id: str, charged: Charge) -> HttpResponse:
    action = _read(request)
    is_kept = action is not None and action.checkout_id == checkout_id
    if charged.result is Result.ACTION_REQUIRED and is_kept:
        return _to_confirmation()
    response = _outcome(request, checkout_id, charged)
    return _forget(response) if is_kept else response


def _outcome(request: HttpRequest, checkout_id: str, charged: Charge) -> HttpResponse:
    if charged.result is Result.IN_PROGRESS:
        return redirect_to_progress(checkout_id)
    if charged.result in (Result.CHARGED, Result.COMPLETED_ELSEWHERE):
        return complete(request, checkout_id)
    return in_progress_if_away(checkout_id, lambda: _without_money(request, checkout_id, charged))


def _without_money(request: HttpRequest, checkout_id: str, charged: Charge) -> HttpResponse:
    checkout = steps.read_checkout(checkout_id)
    if checkout is None or checkout.is_covered:
        return complete(request, checkout_id)
    if charged.result is Result.ACTION_REQUIRED:
        return show_on_payment_page(request, checkout, str(NOT_CONFIRMED))
    response = show_on_payment_page(request, checkout, declined(checkout))
    begin_new_attempt(request, response, checkout)
    return response


def _give_up(request: HttpRequest, checkout: Checkout, action: Action) -> HttpResponse:
    """Another way to pay, unless this one went through after all."""
    charged = ask_again(action.transaction_id)
    if charged.result is not Result.ACTION_REQUIRED:
        return _lead_on(request, checkout.id, charged)
    response = _forget(HttpResponseRedirect(reverse("storefront:payment"), status=303))
    begin_new_attempt(request, response, checkout)
    return response


def _render(request: HttpRequest, checkout: Checkout, action: Action) -> HttpResponse:
    context = {
        "checkout": checkout,
        "action": action,
        "return_url": return_url(request, checkout.id, action.transaction_id),
        "language": languages.current(),
    }
    response = render(request, "checkout/confirm_payment.html", context)
    if action.secret:
        response._csp_update = STRIPE_SOURCES  # type: ignore[attr-defined]
        response["Permissions-Policy"] = PERMISSIONS.replace(
            "payment=()", 'payment=(self "https://js.stripe.com")'
        )
    return response


def _publishable_key(checkout_id: str, gateway: Gateway) -> str:
    """Empty where the app does not tell it, as when it is not set up."""
    try:
        answer = clients.storefront().payment_gateway_initialize(id=checkout_id, gateway=gateway.id)
        configs = check(answer.payment_gateway_initialize).gateway_configs or []
    except SaleorError:
        return ""
    data = next((one.data for one in configs if one.id == gateway.id), None)
    key = data.get("stripePublishableKey") if isinstance(data, dict) else ""
    return key if isinstance(key, str) else ""


def _read(request: HttpRequest) -> Action | None:
    """None without one, and for an old or altered one."""
    try:
        return Action(**signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE))
    except (signing.BadSignature, TypeError):
        return None


def _to_confirmation() -> HttpResponse:
    return HttpResponseRedirect(reverse("storefront:payment-confirm"), status=303)


def _forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
