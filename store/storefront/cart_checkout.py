"""The cart as Saleor's checkout: adds a line, and creates a new checkout when the old one has expired."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from store.saleor import clients
from store.saleor.errors import Refused, check
from store.storefront import cart_cookie, error_messages, languages
from store.storefront.cart_cookie import CartCookie
from store.storefront.channels import Channel


@dataclass(frozen=True, slots=True)
class AddedToCart:
    """The cart after adding. `replaced_expired`: the earlier checkout was gone and a new one was created."""

    channel: Channel
    cart: CartCookie
    replaced_expired: bool

    def set_cookie(self, request: HttpRequest, response: HttpResponse) -> None:
        cart_cookie.write(request, response, self.channel, self.cart)


def add_line(request: HttpRequest, channel: Channel, *, variant: str, quantity: int) -> AddedToCart:
    """Add `quantity` of the variant with this id.

    Raises Refused (too little stock, no longer sold); the cart is then unchanged.
    """
    cookie = cart_cookie.read(request, channel)
    if cookie is None:
        return AddedToCart(channel, _create_checkout(channel, variant, quantity), replaced_expired=False)
    try:
        payload = check(
            clients.storefront()
            .checkout_lines_add(id=cookie.id, variant=variant, quantity=quantity)
            .checkout_lines_add
        )
    except Refused as refused:
        if not error_messages.is_checkout_missing(refused.problems):
            raise
        return AddedToCart(channel, _create_checkout(channel, variant, quantity), replaced_expired=True)
    count = payload.checkout.quantity if payload.checkout else cookie.quantity + quantity
    return AddedToCart(channel, CartCookie(cookie.id, count), replaced_expired=False)


def _create_checkout(channel: Channel, variant: str, quantity: int) -> CartCookie:
    client = clients.storefront()
    payload = check(
        client.checkout_create(
            channel=channel.slug, variant=variant, quantity=quantity, language=languages.current_code()
        ).checkout_create
    )
    if payload.checkout is None:
        raise RuntimeError("checkoutCreate answered neither a checkout nor an error")
    return CartCookie(payload.checkout.id, payload.checkout.quantity)
