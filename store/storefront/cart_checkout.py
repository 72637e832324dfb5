"""The cart as the shop knows it: put something in, start over when the old one is gone."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from store.saleor import clients
from store.saleor.errors import Refused, check
from store.storefront import cart_cookie, error_messages
from store.storefront.cart_cookie import Remembered
from store.storefront.channels import Channel


@dataclass(frozen=True, slots=True)
class Added:
    channel: Channel
    basket: Remembered
    replaced_expired: bool

    def remember(self, request: HttpRequest, response: HttpResponse) -> None:
        cart_cookie.write(request, response, self.channel, self.basket)


def add(request: HttpRequest, channel: Channel, *, variant: str, quantity: int) -> Added:
    """Raises Refused when the shop says no (stock, no longer sold); the cart is then as it was."""
    known = cart_cookie.read(request, channel)
    if known is None:
        return Added(channel, _create(channel, variant, quantity), replaced_expired=False)
    try:
        payload = check(
            clients.storefront()
            .basket_add(id=known.id, variant=variant, quantity=quantity)
            .checkout_lines_add
        )
    except Refused as refused:
        if not error_messages.means_cart_is_gone(refused.problems):
            raise
        return Added(channel, _create(channel, variant, quantity), replaced_expired=True)
    count = payload.checkout.quantity if payload.checkout else known.quantity + quantity
    return Added(channel, Remembered(known.id, count), replaced_expired=False)


def _create(channel: Channel, variant: str, quantity: int) -> Remembered:
    client = clients.storefront()
    payload = check(
        client.basket_create(channel=channel.slug, variant=variant, quantity=quantity).checkout_create
    )
    if payload.checkout is None:
        raise RuntimeError("checkoutCreate answered neither a checkout nor an error")
    return Remembered(payload.checkout.id, payload.checkout.quantity)
