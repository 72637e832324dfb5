"""The cart is a checkout in Saleor; this signed cookie holds its id, one cookie per channel.

It also holds the quantity, so that the header can show it without a call to Saleor.
"""

import time
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from store.moved_ids import lookup
from store.saleor.whole_numbers import whole_number
from store.storefront.channels import Channel, known

SALT = "storefront.cart"
DAY = 24 * 3600  # seconds
MAX_AGE = 60 * DAY
MAX_REMEMBERED = 300  # characters of a cookie; ours have fewer than 200
FIRST = "first"  # parameter of the cart page, after the first line was added by a browser that sent no cookie


class NoCart(Exception):
    """The cookie was altered, or is too old."""


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
    verify = _verify if len(signed) > MAX_REMEMBERED else _remembered
    try:
        return verify(name, signed, int(time.time()) // DAY, settings.SECRET_KEY)
    except NoCart:
        return None


def _verify(name: str, signed: str, _day: int, _secret: str) -> CartCookie:
    """Raises NoCart."""
    request = HttpRequest()
    request.COOKIES = {name: signed}
    value = request.get_signed_cookie(name, default="", salt=SALT, max_age=MAX_AGE)
    checkout_id, _, text = (value or "").partition("|")
    quantity = whole_number(text)
    if not checkout_id or quantity is None:
        raise NoCart
    return CartCookie(_moved(checkout_id), quantity)


def _moved(checkout_id: str) -> str:
    """The id of the cart in the Saleor that it was moved to."""
    return checkout_id if settings.EMBEDDED else lookup.new_id(checkout_id) or checkout_id


# Once a day for each cookie, since every page of a shopper asks: an old one ends with its day. What raises is not kept,
# so that made-up cookies take no memory.
_remembered = lru_cache(maxsize=4096)(_verify)


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
