"""The cart is a checkout in Saleor; this signed cookie holds its id, one cookie per channel.

It also holds the quantity, so that the header can show it without a call to Saleor.
"""

import time
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from store.saleor.whole_numbers import whole_number
from store.storefront.channels import Channel, known

SALT = "storefront.cart"
DAY = 24 * 3600  # seconds
MAX_AGE = 60 * DAY
FIRST = "first"  # parameter of the cart page, after the first line was added by a browser that sent no cookie


@dataclass(frozen=True, slots=True)
class CartCookie:
    """`id` of the checkout, and the sum of its lines' quantities."""

    id: str
    quantity: int


def read(request: HttpRequest, channel: Channel) -> CartCookie | None:
    """None when there is no cart, or when the cookie was altered."""
    name = _cookie_name(channel)
    if not (signed := request.COOKIES.get(name)):
        return None
    return _verified(name, signed, int(time.time()) // DAY, settings.SECRET_KEY)


@lru_cache(maxsize=4096)
def _verified(name: str, signed: str, _day: int, _secret: str) -> CartCookie | None:
    """Once a day for each cookie, since every page of a shopper asks: an old one ends with its day."""
    request = HttpRequest()
    request.COOKIES = {name: signed}
    value = request.get_signed_cookie(name, default="", salt=SALT, max_age=MAX_AGE)
    checkout_id, _, text = (value or "").partition("|")
    quantity = whole_number(text)
    return CartCookie(checkout_id, quantity) if checkout_id and quantity is not None else None


def write(request: HttpRequest, response: HttpResponse, channel: Channel, cart: CartCookie) -> None:
    response.set_signed_cookie(
        _cookie_name(channel),
        f"{cart.id}|{cart.quantity}",
        salt=SALT,
        max_age=MAX_AGE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def delete(response: HttpResponse, channel: Channel) -> None:
    response.delete_cookie(_cookie_name(channel), samesite="Lax")


def delete_checkout(request: HttpRequest, response: HttpResponse, checkout_id: str) -> None:
    """Forget this cart, whichever channel it belongs to; the carts of other channels stay."""
    for channel in known():
        cookie = read(request, channel)
        if cookie and cookie.id == checkout_id:
            delete(response, channel)


def _cookie_name(channel: Channel) -> str:
    return f"cart-{channel.slug}"
