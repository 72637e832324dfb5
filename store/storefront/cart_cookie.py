"""The shopper's cart lives in Saleor as a checkout; this cookie knows its id, one cart per market.

The quantity rides along only so that the header can show it without asking the shop.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from store.storefront.channels import Channel

SALT = "storefront.cart"
KEPT_FOR = 60 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Remembered:
    id: str
    quantity: int


def read(request: HttpRequest, channel: Channel) -> Remembered | None:
    """None when there is no cart, or when the cookie was altered."""
    value = request.get_signed_cookie(_name(channel), default="", salt=SALT, max_age=KEPT_FOR)
    identity, _, quantity = (value or "").partition("|")
    return Remembered(identity, int(quantity)) if identity and quantity.isdigit() else None


def write(request: HttpRequest, response: HttpResponse, channel: Channel, basket: Remembered) -> None:
    response.set_signed_cookie(
        _name(channel),
        f"{basket.id}|{basket.quantity}",
        salt=SALT,
        max_age=KEPT_FOR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget(response: HttpResponse, channel: Channel) -> None:
    response.delete_cookie(_name(channel), samesite="Lax")


def _name(channel: Channel) -> str:
    return f"cart-{channel.slug}"
