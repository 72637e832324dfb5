"""The cart: change numbers, take things out, go on to the checkout."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store.saleor import clients
from store.saleor.client.input_types import CheckoutLineUpdateInput
from store.saleor.errors import Refused, check
from store.storefront import cart_cookie, channels, error_messages, view_decorators
from store.storefront.cart_cookie import Remembered
from store.storefront.page_context import render

MOST_AT_ONCE = 20
EXPIRED = "Your cart has expired, or it was already ordered. Nothing was lost that you had paid for."


@dataclass(frozen=True, slots=True)
class Objection:
    """What was wrong with what the shopper sent; the page shows it beside what they typed."""

    said: list[str]
    status: int
    typed: dict[str, str] = field(default_factory=dict)
    lines: frozenset[str] = frozenset()


FINE = Objection([], 200)


@dataclass(frozen=True, slots=True)
class Row:
    line: Any
    name: str
    problem: str
    typed: str

    @property
    def can_stay(self) -> bool:
        return not self.problem


@view_decorators.private
def cart(request: HttpRequest) -> HttpResponse:
    channel = channels.chosen(request)
    known = cart_cookie.read(request, channel)
    checkout = clients.storefront().basket(id=known.id).checkout if known else None
    if known and checkout is None:
        return _expired(request, channel)
    if request.method == "POST" and checkout:
        return _change(request, channel, checkout)
    response = _show(request, checkout)
    if checkout and known and checkout.quantity != known.quantity:
        cart_cookie.write(request, response, channel, Remembered(checkout.id, checkout.quantity))
    return response


def _expired(request: HttpRequest, channel: channels.Channel) -> HttpResponse:
    response = _show(request, None, Objection([EXPIRED], 410), frame={"basket_count": 0})
    cart_cookie.forget(response, channel)
    return response


def _change(request: HttpRequest, channel: channels.Channel, checkout: Any) -> HttpResponse:
    typed = {line.id: request.POST.get(f"quantity-{line.id}", str(line.quantity)) for line in checkout.lines}
    removed = request.POST.get("remove", "")
    if removed:
        return _remove(request, channel, checkout, removed)
    wrong = [line.id for line in checkout.lines if not _is_number(typed[line.id])]
    if wrong:
        said = [f"Please enter numbers from 0 to {MOST_AT_ONCE}."]
        return _show(request, checkout, Objection(said, 422, typed, frozenset(wrong)))
    return _update(request, channel, checkout, typed)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 4 and int(text) <= MOST_AT_ONCE


def _update(
    request: HttpRequest, channel: channels.Channel, checkout: Any, typed: dict[str, str]
) -> HttpResponse:
    changed = [
        CheckoutLineUpdateInput(line_id=line.id, quantity=int(typed[line.id]))
        for line in checkout.lines
        if int(typed[line.id]) != line.quantity
    ]
    if not changed:
        return _back(request, channel, checkout)
    try:
        payload = check(
            clients.storefront().basket_update(id=checkout.id, lines=changed).checkout_lines_update
        )
    except Refused as refused:
        return _refused(request, checkout, refused, typed)
    notices.success(request, "Your cart is up to date.")
    return _back(request, channel, payload.checkout or checkout)


def _remove(request: HttpRequest, channel: channels.Channel, checkout: Any, line: str) -> HttpResponse:
    """Taking out what is already out is no error: a double click must not frighten anybody."""
    gone = next((row for row in checkout.lines if row.id == line), None)
    if gone is None:
        return _back(request, channel, checkout)
    try:
        payload = check(
            clients.storefront().basket_remove(id=checkout.id, lines=[line]).checkout_lines_delete
        )
    except Refused as refused:
        return _show(request, checkout, Objection(error_messages.sentences(refused), 409))
    notices.success(request, f"{_name(gone)} was taken out of your cart.")
    return _back(request, channel, payload.checkout or checkout)


def _back(request: HttpRequest, channel: channels.Channel, checkout: Any) -> HttpResponse:
    onward = (
        reverse("storefront:checkout")
        if request.POST.get("then") == "checkout"
        else reverse("storefront:cart")
    )
    response = HttpResponseRedirect(onward, status=303)
    cart_cookie.write(request, response, channel, Remembered(checkout.id, checkout.quantity))
    return response


def _refused(request: HttpRequest, checkout: Any, refused: Refused, typed: dict[str, str]) -> HttpResponse:
    short = [
        line
        for line in checkout.lines
        if "INSUFFICIENT_STOCK" in refused.codes
        and int(typed[line.id]) > (line.variant.quantity_available or 0)
    ]
    said = [error_messages.only_left(line.variant.quantity_available or 0, _name(line)) for line in short]
    wrong = frozenset(line.id for line in short)
    return _show(request, checkout, Objection(said or error_messages.sentences(refused), 409, typed, wrong))


def _show(
    request: HttpRequest,
    checkout: Any,
    objection: Objection = FINE,
    *,
    frame: dict[str, Any] | None = None,
) -> HttpResponse:
    problems = line_problems(checkout) if checkout else {}
    rows = [
        Row(line, _name(line), problems.get(line.id, ""), objection.typed.get(line.id, str(line.quantity)))
        for line in (checkout.lines if checkout else [])
    ]
    context = {
        "rows": rows,
        "wrong": objection.lines,
        "checkout": checkout,
        "said": objection.said,
        "most": MOST_AT_ONCE,
        "may_go_on": bool(rows) and all(row.can_stay for row in rows),
    }
    return render(request, "cart.html", context | (frame or {}), status=objection.status)


def line_problems(checkout: Any) -> dict[str, str]:
    """What stands in the way of ordering, by line id: sold out meanwhile, or no longer sold."""
    names = {line.id: _name(line) for line in checkout.lines}
    found: dict[str, str] = {}
    for problem in checkout.problems or []:
        line = getattr(problem, "line", None)
        if line is None:
            continue
        if problem.typename__ == "CheckoutLineProblemInsufficientStock":
            found[line.id] = error_messages.only_left(
                problem.available_quantity or 0, names.get(line.id, "this")
            )
        else:
            found[line.id] = error_messages.SENTENCES["UNAVAILABLE_VARIANT_IN_CHANNEL"]
    return found


def _name(line: Any) -> str:
    return line_name(line.variant)


def line_name(variant: Any) -> str:
    """ "Silicone Starter Set, Teal, soft"; the variant's name is left out where it says nothing."""
    return (
        f"{variant.product.name}, {variant.name}"
        if variant.name and variant.name != variant.product.name
        else str(variant.product.name)
    )
