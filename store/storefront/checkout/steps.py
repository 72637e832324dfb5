"""The steps of the checkout: which one is due, and the progress shown above the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from store.storefront import cart, cart_cookie, channels
from store.storefront.channels import Channel

STEPS = (
    ("storefront:checkout", "Address"),
    ("storefront:delivery", "Delivery"),
    ("storefront:payment", "Review and pay"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is a CSS class: done, now or later."""

    name: str
    url: str
    state: str


def current_checkout_id(request: HttpRequest) -> tuple[Channel, str | None]:
    """The channel and the id of its cart, None without a cart."""
    channel = channels.current_channel(request)
    cookie = cart_cookie.read(request, channel)
    return channel, cookie.id if cookie else None


def redirect_url(checkout: Any, *, required: Sequence[str] = ()) -> str | None:
    """URL of the step that must come first; None when this one is due.

    `required` names what this step builds on: "address", "delivery".
    """
    if checkout is None or not checkout.lines or cart.line_problems(checkout):
        return reverse("storefront:cart")
    if "address" in required and not (
        checkout.email and checkout.shipping_address and checkout.billing_address
    ):
        return reverse("storefront:checkout")
    if "delivery" in required and checkout.is_shipping_required and not checkout.delivery:
        return reverse("storefront:delivery")
    return None


def list_steps(current: str) -> list[Step]:
    view_names = [name for name, _ in STEPS]
    current_index = view_names.index(current)
    return [
        Step(label, reverse(name), "done" if n < current_index else "now" if n == current_index else "later")
        for n, (name, label) in enumerate(STEPS)
    ]


def delete_cart_cookie(request: HttpRequest, response: HttpResponse) -> None:
    cart_cookie.delete(response, channels.current_channel(request))
