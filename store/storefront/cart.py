"""The cart page: change quantities, remove lines, go on to the checkout."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from store.saleor import clients
from store.saleor.client.cart_page import CartPage
from store.saleor.client.enums import CountryCode
from store.saleor.client.input_types import CheckoutLineUpdateInput
from store.saleor.errors import Refused, check
from store.saleor.order_totals import RowKind
from store.storefront import (
    cart_codes,
    cart_contents,
    cart_cookie,
    channels,
    delivery_offers,
    error_messages,
    form_state,
    languages,
    view_decorators,
)
from store.storefront.cart_contents import Cart, CartLine
from store.storefront.cart_cookie import CartCookie
from store.storefront.delivery_offers import DeliveryOffer
from store.storefront.errors import forbidden
from store.storefront.form_state import FormState
from store.storefront.page_context import render
from store.storefront.request_values import whole_number
from store.storefront.values import Money

CART_EXPIRED = gettext_lazy(
    "Your cart has expired, or it was already ordered. Nothing was lost that you had paid for."
)
CART_CHANGED = gettext_lazy("Your cart has changed: it holds fewer pieces than before.")
NO_NUMBER = gettext_lazy("Please enter a whole number for {name}; 0 takes it out.")
TOO_MANY = gettext_lazy(
    "{quantity} of {name} is more than one order can hold. Please choose a smaller number."
)
MAX_KEPT = 20  # characters of a quantity that are shown again


@dataclass(frozen=True, slots=True)
class CartRow:
    """A line with the quantity as it was typed."""

    line: CartLine
    entered: str
    is_wrong: bool


@view_decorators.private
def cart(request: HttpRequest) -> HttpResponse:
    channel = channels.current_channel(request)
    cookie = cart_cookie.read(request, channel)
    if request.method == "GET" and cart_cookie.FIRST in request.GET:
        # Only now can the shop tell whether the browser has kept the cookie of the new cart.
        return HttpResponseRedirect(reverse("storefront:cart"), status=303) if cookie else forbidden(request)
    data = _fetch(cookie, channel) if cookie else None
    answer = data.checkout if data else None
    if request.method == "POST" and answer is None:  # the page says what became of the cart
        return HttpResponseRedirect(reverse("storefront:cart"), status=303)
    if cookie and answer is None:
        response = _render_cart(request, None, FormState(messages=(str(CART_EXPIRED),)), status=410)
        cart_cookie.delete(response, channel)
        return response
    shown = cart_contents.cart(answer) if answer else None
    if request.method == "POST" and shown:
        return _handle_post(request, channel, shown)
    # Something is no longer sold, or an answer with a new cookie was lost: which of both can't be told.
    if shown and cookie and shown.quantity < cookie.quantity:
        flash.warning(request, str(CART_CHANGED))
    offers = delivery_offers.delivery_offers(data.shop.available_shipping_methods) if data else []
    response = _render_cart(request, shown, form_state.read(request) or FormState(), offers=offers)
    if shown and cookie and shown.quantity != cookie.quantity:
        cart_cookie.write(request, response, channel, CartCookie(shown.id, shown.quantity))
    return response


def _fetch(cookie: CartCookie, channel: channels.Channel) -> CartPage:
    """Raises SaleorError."""
    return clients.storefront().cart_page(
        id=cookie.id,
        channel=channel.slug,
        country=CountryCode(channel.country),
        language=languages.current_code(),
    )


def _handle_post(request: HttpRequest, channel: channels.Channel, shown: Cart) -> HttpResponse:
    if line_id := request.POST.get("remove", ""):
        return _remove_line(request, channel, shown, line_id)
    if response := cart_codes.handle_post(request, shown):
        return response
    entered = _entered(request, shown)
    quantities = {line_id: whole_number(text) for line_id, text in entered.items()}
    errors = {
        line.id: str(NO_NUMBER).format(name=line.name) for line in shown.lines if quantities[line.id] is None
    }
    if errors:
        return _show_errors(request, shown, entered, errors, status=422)
    changed = {
        line.id: quantity
        for line in shown.lines
        if (quantity := quantities[line.id]) is not None and quantity != line.quantity
    }
    return _update_quantities(request, channel, shown, entered, changed)


def _entered(request: HttpRequest, shown: Cart) -> dict[str, str]:
    """The quantities as typed, by line id; one more or one less where that button was pressed."""
    entered = {line.id: request.POST.get(f"quantity-{line.id}", str(line.quantity)) for line in shown.lines}
    for button, step in (("more", 1), ("less", -1)):
        line_id = request.POST.get(button, "")
        if (number := whole_number(entered.get(line_id, ""))) is not None:
            entered[line_id] = str(max(number + step, 0))
    return entered


def _update_quantities(
    request: HttpRequest,
    channel: channels.Channel,
    shown: Cart,
    entered: dict[str, str],
    changed: dict[str, int],
) -> HttpResponse:
    if not changed:
        return _redirect_after_change(request, channel, CartCookie(shown.id, shown.quantity))
    lines = [CheckoutLineUpdateInput(line_id=line_id, quantity=n) for line_id, n in changed.items()]
    try:
        payload = check(
            clients.storefront().checkout_lines_update(id=shown.id, lines=lines).checkout_lines_update
        )
    except Refused as refused:
        errors = _refused_lines(shown, changed, refused)
        return _show_errors(request, shown, entered, errors, status=409, refused=refused)
    flash.success(request, _("Your cart is up to date."))
    count = payload.checkout.quantity if payload.checkout else shown.quantity
    return _redirect_after_change(request, channel, CartCookie(shown.id, count))


def _refused_lines(shown: Cart, changed: dict[str, int], refused: Refused) -> dict[str, str]:
    """Message by line id. The refusal names variants, or else it is about what was changed to more than there is."""
    after = Counter[str]()
    for line in shown.lines:
        after[line.variant_id] += changed.get(line.id, line.quantity)
    named = {variant for problem in refused.problems for variant in problem.extras.get("variants") or ()}
    candidates = [line for line in shown.lines if line.id in changed or line.variant_id in named]
    beyond = {
        line.variant_id
        for line in candidates
        if line.available is not None and after[line.variant_id] > line.available
    }
    return {
        line.id: _refusal(line, after[line.variant_id], refused)
        for line in candidates
        if line.variant_id in (named or beyond or {one.variant_id for one in candidates})
    }


def _refusal(line: CartLine, quantity: int, refused: Refused) -> str:
    if "INSUFFICIENT_STOCK" in refused.codes and line.available is not None and line.available < quantity:
        return error_messages.low_stock_message(line.available, line.name)
    if "QUANTITY_GREATER_THAN_LIMIT" in refused.codes:
        return str(TOO_MANY).format(quantity=quantity, name=line.name)
    return f"{line.name}: {error_messages.messages_for(refused)[0]}"


def _remove_line(request: HttpRequest, channel: channels.Channel, shown: Cart, line_id: str) -> HttpResponse:
    """A line that is gone already is no error: the second click of a double click must not show one."""
    removed = next((line for line in shown.lines if line.id == line_id), None)
    if removed is None:
        return _redirect_after_change(request, channel, CartCookie(shown.id, shown.quantity))
    try:
        payload = check(
            clients.storefront().checkout_lines_delete(id=shown.id, lines=[line_id]).checkout_lines_delete
        )
    except Refused as refused:
        return _show_errors(request, shown, {}, {}, status=409, refused=refused)
    flash.success(request, _("{name} was taken out of your cart.").format(name=removed.name))
    count = payload.checkout.quantity if payload.checkout else shown.quantity - removed.quantity
    return _redirect_after_change(request, channel, CartCookie(shown.id, count))


def _redirect_after_change(
    request: HttpRequest, channel: channels.Channel, cookie: CartCookie
) -> HttpResponse:
    goes_on = request.POST.get("then") == "checkout"
    url = reverse("storefront:checkout") if goes_on else reverse("storefront:cart")
    response = form_state.leave(reverse("storefront:cart"), to=url)
    cart_cookie.write(request, response, channel, cookie)
    return response


def _show_errors(
    request: HttpRequest,
    shown: Cart,
    entered: dict[str, str],
    errors: dict[str, str],
    *,
    status: int,
    refused: Refused | None = None,
) -> HttpResponse:
    """Back to the cart with what was typed. `status` is that of the page where the state is too large to be kept."""
    saved = {line.id: str(line.quantity) for line in shown.lines}
    typed = {line_id: text[:MAX_KEPT] for line_id, text in entered.items() if text != saved[line_id]}
    general = error_messages.messages_for(refused) if refused and not errors else []
    state = FormState(typed, tuple(general), errors)
    return form_state.redirect(request, reverse("storefront:cart"), state) or _render_cart(
        request, shown, state, status=status
    )


def _render_cart(
    request: HttpRequest,
    shown: Cart | None,
    state: FormState,
    *,
    status: int = 200,
    offers: Sequence[DeliveryOffer] = (),
) -> HttpResponse:
    rows = [
        CartRow(line, state.values.get(line.id, str(line.quantity)), line.id in state.errors)
        for line in (shown.lines if shown else ())
    ]
    context = {
        "cart": shown,
        "cart_count": shown.quantity if shown else 0,
        "rows": rows,
        "delivery": delivery_offers.estimate(offers, _value(shown)),
        "code": state.values.get(cart_codes.FIELD, ""),
        "code_error": state.errors.get(cart_codes.FIELD, ""),
        "errors": [*state.messages, *dict.fromkeys(state.errors.values())],
    }
    return render(request, "cart.html", context, status=status)


def _value(shown: Cart | None) -> Money | None:
    """What a delivery method's limits are measured by; None where there is nothing to deliver, or one was chosen."""
    if shown is None or not shown.lines or not shown.totals.delivery_is_open:
        return None
    reduced = (RowKind.SUBTOTAL, RowKind.DISCOUNT)
    amounts = [row.amount for row in shown.totals.rows if row.kind in reduced]
    return Money(sum((one.amount for one in amounts), Decimal(0)), shown.totals.total.currency)
