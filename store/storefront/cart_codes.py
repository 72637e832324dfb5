"""Promo codes and gift cards in the cart: one field takes both, as Saleor tells them apart."""

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from store.saleor import clients
from store.saleor.errors import Refused, check
from store.storefront import error_messages, form_state
from store.storefront.cart_contents import Cart
from store.storefront.form_state import FormState

FIELD = "code"  # of the form that adds one; also the key of its error
REMOVE = "remove-code"  # names the button that takes one off: its value is VOUCHER or the id of a gift card
VOUCHER = "voucher"
MAX_LENGTH = 60  # characters


def handle_post(request: HttpRequest, shown: Cart) -> HttpResponse | None:
    """None where the form is about something else."""
    if removed := request.POST.get(REMOVE, ""):
        return _remove(request, shown, removed)
    return _add(request, shown, request.POST[FIELD].strip()) if FIELD in request.POST else None


def _add(request: HttpRequest, shown: Cart, code: str) -> HttpResponse:
    if not code or len(code) > MAX_LENGTH:
        return _show_error(request, code, _("Please enter a code."))
    try:
        added = clients.storefront().checkout_add_promo_code(id=shown.id, code=code)
        check(added.checkout_add_promo_code)
    except Refused as refused:
        return _show_error(request, code, error_messages.messages_for(refused)[0])
    flash.success(request, _("The code is in your cart."))
    return _to_cart()


def _remove(request: HttpRequest, shown: Cart, removed: str) -> HttpResponse:
    """A code that is gone already is no error: the second click of a double click must not show one."""
    client = clients.storefront()
    if removed == VOUCHER and shown.voucher_code:
        data = client.checkout_remove_promo_code(id=shown.id, code=shown.voucher_code)
    elif removed in {card.id for card in shown.gift_cards}:
        data = client.checkout_remove_promo_code(id=shown.id, promo_code_id=removed)
    else:
        return _to_cart()
    try:
        check(data.checkout_remove_promo_code)
    except Refused as refused:
        return _show_error(request, "", error_messages.messages_for(refused)[0])
    flash.success(request, _("The code was taken off."))
    return _to_cart()


def _to_cart() -> HttpResponse:
    cart = reverse("storefront:cart")
    return form_state.leave(cart, to=cart)


def _show_error(request: HttpRequest, code: str, message: str) -> HttpResponse:
    state = FormState({FIELD: code[:MAX_LENGTH]}, (), {FIELD: message})
    response = form_state.redirect(request, reverse("storefront:cart"), state)
    assert response is not None  # one sentence and a short code are never too large
    return response
