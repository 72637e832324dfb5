"""The cart page: change quantities, remove lines, go on to the checkout."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store.saleor import clients
from store.saleor.client.input_types import CheckoutLineUpdateInput
from store.saleor.errors import Refused, check
from store.storefront import cart_cookie, channels, error_messages, view_decorators
from store.storefront.cart_cookie import CartCookie
from store.storefront.page_context import render

MAX_QUANTITY = 20
CART_EXPIRED = "Your cart has expired, or it was already ordered. Nothing was lost that you had paid for."


@dataclass(frozen=True, slots=True)
class FormError:
    """Why the form was refused, for the page that is shown again.

    `entered` holds the quantities as typed, `lines` the ids of the lines in error; `status` is the HTTP status.
    """

    messages: list[str]
    status: int
    entered: dict[str, str] = field(default_factory=dict)
    lines: frozenset[str] = frozenset()


NO_ERROR = FormError([], 200)


@dataclass(frozen=True, slots=True)
class CartRow:
    """A checkout line with its problem (empty when there is none) and the quantity as entered."""

    line: Any
    name: str
    problem: str
    entered: str

    @property
    def can_be_ordered(self) -> bool:
        return not self.problem


@view_decorators.private
def cart(request: HttpRequest) -> HttpResponse:
    channel = channels.current_channel(request)
    cookie = cart_cookie.read(request, channel)
    checkout = clients.storefront().cart_page(id=cookie.id).checkout if cookie else None
    if cookie and checkout is None:
        return _render_expired(request, channel)
    if request.method == "POST" and checkout:
        return _handle_post(request, channel, checkout)
    response = _render_cart(request, checkout)
    if checkout and cookie and checkout.quantity != cookie.quantity:
        cart_cookie.write(request, response, channel, CartCookie(checkout.id, checkout.quantity))
    return response


def _render_expired(request: HttpRequest, channel: channels.Channel) -> HttpResponse:
    response = _render_cart(request, None, FormError([CART_EXPIRED], 410), extra={"cart_count": 0})
    cart_cookie.delete(response, channel)
    return response


def _handle_post(request: HttpRequest, channel: channels.Channel, checkout: Any) -> HttpResponse:
    entered = {
        line.id: request.POST.get(f"quantity-{line.id}", str(line.quantity)) for line in checkout.lines
    }
    line_to_remove = request.POST.get("remove", "")
    if line_to_remove:
        return _remove_line(request, channel, checkout, line_to_remove)
    invalid = [line.id for line in checkout.lines if not _is_valid_quantity(entered[line.id])]
    if invalid:
        messages = [f"Please enter numbers from 0 to {MAX_QUANTITY}."]
        return _render_cart(request, checkout, FormError(messages, 422, entered, frozenset(invalid)))
    return _update_quantities(request, channel, checkout, entered)


def _is_valid_quantity(text: str) -> bool:
    return text.isdecimal() and len(text) < 4 and int(text) <= MAX_QUANTITY


def _update_quantities(
    request: HttpRequest, channel: channels.Channel, checkout: Any, entered: dict[str, str]
) -> HttpResponse:
    changed = [
        CheckoutLineUpdateInput(line_id=line.id, quantity=int(entered[line.id]))
        for line in checkout.lines
        if int(entered[line.id]) != line.quantity
    ]
    if not changed:
        return _redirect_after_change(request, channel, checkout)
    try:
        payload = check(
            clients.storefront().checkout_lines_update(id=checkout.id, lines=changed).checkout_lines_update
        )
    except Refused as refused:
        return _render_refused(request, checkout, refused, entered)
    flash.success(request, "Your cart is up to date.")
    return _redirect_after_change(request, channel, payload.checkout or checkout)


def _remove_line(request: HttpRequest, channel: channels.Channel, checkout: Any, line: str) -> HttpResponse:
    """A line that is gone already is no error: the second click of a double click must not show one."""
    removed_line = next((row for row in checkout.lines if row.id == line), None)
    if removed_line is None:
        return _redirect_after_change(request, channel, checkout)
    try:
        payload = check(
            clients.storefront().checkout_lines_delete(id=checkout.id, lines=[line]).checkout_lines_delete
        )
    except Refused as refused:
        return _render_cart(request, checkout, FormError(error_messages.messages_for(refused), 409))
    flash.success(request, f"{_line_name(removed_line)} was taken out of your cart.")
    return _redirect_after_change(request, channel, payload.checkout or checkout)


def _redirect_after_change(request: HttpRequest, channel: channels.Channel, checkout: Any) -> HttpResponse:
    url = (
        reverse("storefront:checkout")
        if request.POST.get("then") == "checkout"
        else reverse("storefront:cart")
    )
    response = HttpResponseRedirect(url, status=303)
    cart_cookie.write(request, response, channel, CartCookie(checkout.id, checkout.quantity))
    return response


def _render_refused(
    request: HttpRequest, checkout: Any, refused: Refused, entered: dict[str, str]
) -> HttpResponse:
    unavailable = [
        line
        for line in checkout.lines
        if "INSUFFICIENT_STOCK" in refused.codes
        and int(entered[line.id]) > (line.variant.quantity_available or 0)
    ]
    messages = [
        error_messages.low_stock_message(line.variant.quantity_available or 0, _line_name(line))
        for line in unavailable
    ]
    invalid = frozenset(line.id for line in unavailable)
    return _render_cart(
        request, checkout, FormError(messages or error_messages.messages_for(refused), 409, entered, invalid)
    )


def _render_cart(
    request: HttpRequest,
    checkout: Any,
    error: FormError = NO_ERROR,
    *,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    problems = line_problems(checkout) if checkout else {}
    rows = [
        CartRow(
            line, _line_name(line), problems.get(line.id, ""), error.entered.get(line.id, str(line.quantity))
        )
        for line in (checkout.lines if checkout else [])
    ]
    context = {
        "rows": rows,
        "invalid_lines": error.lines,
        "checkout": checkout,
        "errors": error.messages,
        "max_quantity": MAX_QUANTITY,
        "can_checkout": bool(rows) and all(row.can_be_ordered for row in rows),
    }
    return render(request, "cart.html", context | (extra or {}), status=error.status)


def line_problems(checkout: Any) -> dict[str, str]:
    """Message by line id for each line that can't be ordered: too little stock, or no longer sold."""
    names = {line.id: _line_name(line) for line in checkout.lines}
    problems: dict[str, str] = {}
    for problem in checkout.problems or []:
        line = getattr(problem, "line", None)
        if line is None:
            continue
        if problem.typename__ == "CheckoutLineProblemInsufficientStock":
            problems[line.id] = error_messages.low_stock_message(
                problem.available_quantity or 0, names.get(line.id, "this")
            )
        else:
            problems[line.id] = error_messages.MESSAGES["UNAVAILABLE_VARIANT_IN_CHANNEL"]
    return problems


def _line_name(line: Any) -> str:
    return line_name(line.variant)


def line_name(variant: Any) -> str:
    """Such as "Silicone Starter Set, Teal, soft"; without the variant's name where it equals the product's."""
    return (
        f"{variant.product.name}, {variant.name}"
        if variant.name and variant.name != variant.product.name
        else str(variant.product.name)
    )
