"""Last step of the checkout: review, acknowledge the safety insert, pay.

Everything that the order would be refused for is said before money is taken. Nothing is paid twice (`charge`), and
completing a checkout again returns the order it already became (`completion`). The form carries the signed checkout id,
so that going back and submitting again after the cookie is gone leads to the same order.
"""

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store import safety
from store.saleor import clients
from store.saleor.errors import Refused, check
from store.storefront import form_state, guide_content, languages, view_decorators
from store.storefront.cart_contents import Checkout, DeliveryProblem
from store.storefront.checkout import gateways, payment_action, steps
from store.storefront.checkout.charge import (
    NOT_READY,
    PRICE_CHANGED,
    UNAVAILABLE,
    Result,
    charge,
    declined,
    keep_attempt,
)
from store.storefront.checkout.completion import complete, redirect_to_progress, show_on_payment_page
from store.storefront.checkout.gateways import Gateway
from store.storefront.checkout.signed_checkout import read_checkout_id, sign_checkout_id
from store.storefront.form_state import FormState
from store.storefront.page_context import render


@view_decorators.private
def payment(request: HttpRequest) -> HttpResponse:
    state = form_state.read(request) or FormState()
    signed = request.POST.get("basket") or state.values.get("basket") or ""
    checkout_id = read_checkout_id(signed) or steps.current_checkout_id(request)[1]
    if checkout_id is None:
        return HttpResponseRedirect(reverse("storefront:cart"))
    checkout = _load(checkout_id)
    if checkout is None and request.method == "POST":
        return complete(request, checkout_id)
    if name := steps.due_step(checkout, required=["address", "delivery"]):
        return steps.redirect_to(request, name, checkout)
    assert checkout is not None
    if checkout.delivery_problem is DeliveryProblem.INVALID:
        return _choose_delivery_again(request, checkout)
    if request.method != "POST":
        return _render_payment(request, checkout, state)
    return _remove_code(checkout) if request.POST.get("do") == "remove-code" else _pay(request, checkout)


def _load(checkout_id: str) -> Checkout | None:
    """The checkout, with its offers of delivery calculated again where they were out of date."""
    checkout = steps.read_checkout(checkout_id)
    if checkout and checkout.needs_delivery and checkout.delivery_problem is DeliveryProblem.STALE:
        options = clients.storefront().delivery_options_calculate(
            id=checkout_id, language=languages.current_code()
        )
        check(options.delivery_options_calculate)
        return steps.read_checkout(checkout_id)
    return checkout


def _choose_delivery_again(request: HttpRequest, checkout: Checkout) -> HttpResponse:
    view_name, message = NOT_READY["shippingMethod"]
    flash.warning(request, str(message))
    return steps.redirect_to(request, view_name, checkout)


def _remove_code(checkout: Checkout) -> HttpResponse:
    data = clients.storefront().checkout_remove_promo_code(id=checkout.id, code=checkout.voucher_code)
    check(data.checkout_remove_promo_code)
    return HttpResponseRedirect(reverse("storefront:payment"), status=303)


def _pay(request: HttpRequest, checkout: Checkout) -> HttpResponse:
    if payment_action.in_flight(request, checkout) and not checkout.is_covered:
        return HttpResponseRedirect(reverse("storefront:payment-confirm"), status=303)
    gateway = None if checkout.is_covered else _chosen_gateway(request, checkout)
    if error := _objection(request, checkout, gateway):
        return _show_again(request, checkout, error)
    if any(card.key not in request.POST.getlist("read") for card in _inserts(checkout)):
        return _show_again(request, checkout, "")
    try:
        steps.keep_language(checkout)
        safety.acknowledge(clients.storefront(), checkout_id=checkout.id, lines=_inserts_by_line(checkout))
    except Refused as refused:
        if "NOT_FOUND" not in refused.codes:
            raise
        return complete(request, checkout.id)
    return _charge_and_complete(request, checkout, gateway) if gateway else complete(request, checkout.id)


def _chosen_gateway(request: HttpRequest, checkout: Checkout) -> Gateway | None:
    """The one that the form names; of a single one there is nothing to choose."""
    offered = gateways.offered(checkout.id)
    named = request.POST.get("gateway") or (offered[0].id if len(offered) == 1 else "")
    return next((one for one in offered if one.id == named), None)


def _objection(request: HttpRequest, checkout: Checkout, gateway: Gateway | None) -> str:
    """Why nothing can be paid now; empty where it can."""
    if request.POST.get("total") != _displayed_total(checkout):
        return str(PRICE_CHANGED)
    if checkout.voucher_is_useless:
        return str(NOT_READY["voucherCode"][1])
    return "" if gateway or checkout.is_covered else str(UNAVAILABLE)


def _charge_and_complete(request: HttpRequest, checkout: Checkout, gateway: Gateway) -> HttpResponse:
    charged = charge(request, checkout, gateway, return_url=payment_action.return_url(request, checkout.id))
    if charged.result is Result.ACTION_REQUIRED:
        return payment_action.start(request, checkout, gateway, charged)
    if charged.result is Result.IN_PROGRESS:
        response = redirect_to_progress(checkout.id)
        keep_attempt(request, response, checkout, charged.attempt)
        return response
    if charged.result in (Result.CHARGED, Result.COMPLETED_ELSEWHERE):
        return complete(request, checkout.id)
    if charged.view_name != "storefront:payment":
        flash.warning(request, charged.message)
        return steps.redirect_to(request, charged.view_name, checkout)
    if charged.result is Result.DECLINED:
        response = _show_again(request, checkout, declined(checkout))
        keep_attempt(request, response, checkout, charged.attempt + 1)
        return response
    return _show_again(request, checkout, charged.message)


def _show_again(request: HttpRequest, checkout: Checkout, message: str) -> HttpResponse:
    """Back to the page with the boxes as they were ticked. Without a message, those that were not are the reason."""
    ticked = [card.key for card in _inserts(checkout) if card.key in request.POST.getlist("read")]
    values = {"read": " ".join(ticked)} | ({} if message else {"must_read": "yes"})
    return show_on_payment_page(request, checkout, message, **values)


def _render_payment(request: HttpRequest, checkout: Checkout, state: FormState) -> HttpResponse:
    cards = _inserts(checkout)
    read = set(state.values.get("read", "").split())
    unread = {card.slug for card in cards if card.key not in read} if "must_read" in state.values else set()
    offered = [] if checkout.is_covered else gateways.offered(checkout.id)
    return render(
        request,
        "checkout/payment.html",
        {
            "checkout": checkout,
            "steps": steps.list_steps("storefront:payment"),
            "inserts": cards,
            "warnings": guide_content.unique_warnings(cards),
            "who": guide_content.who_should_not(cards),
            "read": read,
            "unread": unread,
            "error": " ".join(state.messages),
            "unavailable": str(UNAVAILABLE),
            "signed_checkout_id": sign_checkout_id(checkout.id),
            "total": _displayed_total(checkout),
            "gateways": offered,
        },
    )


def _displayed_total(checkout: Checkout) -> str:
    total = checkout.totals.total
    return f"{total.amount:f} {total.currency}"


def _inserts(checkout: Checkout) -> list[guide_content.InsertCard]:
    return guide_content.insert_cards((line.insert_slug for line in checkout.lines), languages.current())


def _inserts_by_line(checkout: Checkout) -> list[safety.LineInsert]:
    keys = {card.slug: card.key for card in _inserts(checkout)}
    return [safety.LineInsert(line.id, key) for line in checkout.lines if (key := keys.get(line.insert_slug))]
