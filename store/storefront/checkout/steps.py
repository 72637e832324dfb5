"""Which checkout this is, and which stop is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from store.storefront import cart, cart_cookie, channels
from store.storefront.channels import Channel

STOPS = (
    ("storefront:checkout", "Address"),
    ("storefront:delivery", "Delivery"),
    ("storefront:payment", "Review and pay"),
)


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    url: str
    state: str


def basket_id(request: HttpRequest) -> tuple[Channel, str | None]:
    channel = channels.chosen(request)
    known = cart_cookie.read(request, channel)
    return channel, known.id if known else None


def turned_away(checkout: Any, *, needs: Sequence[str] = ()) -> str | None:
    """Where to go first; None when the shopper is in the right place."""
    if checkout is None or not checkout.lines or cart.line_problems(checkout):
        return reverse("storefront:cart")
    if "address" in needs and not (checkout.email and checkout.shipping_address and checkout.billing_address):
        return reverse("storefront:checkout")
    if "delivery" in needs and checkout.is_shipping_required and not checkout.delivery:
        return reverse("storefront:delivery")
    return None


def steps(current: str) -> list[Step]:
    names = [name for name, _ in STOPS]
    at = names.index(current)
    return [
        Step(label, reverse(name), "done" if n < at else "now" if n == at else "later")
        for n, (name, label) in enumerate(STOPS)
    ]


def drop_cart(request: HttpRequest, response: HttpResponse) -> None:
    cart_cookie.forget(response, channels.chosen(request))
