"""The cookie of the cart: what it says is believed only as far as its signature goes."""

import time
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse

from store.moved_ids import lookup
from store.storefront import cart_cookie, channels
from store.storefront.cart_cookie import CartCookie

CHANNEL = channels.SEEDED[0]
CART = CartCookie("Q2hlY2tvdXQ6MQ==", 3)


def cookie(cart: CartCookie) -> str:
    response = HttpResponse()
    cart_cookie.write(HttpRequest(), response, CHANNEL, cart)
    return str(response.cookies["cart-default-channel"].value)


def read(value: str) -> CartCookie | None:
    request = HttpRequest()
    request.COOKIES = {"cart-default-channel": value}
    return cart_cookie.read(request, CHANNEL)


def test_an_altered_one_is_none_also_when_the_right_one_is_known() -> None:
    value = cookie(CART)
    assert read(value) == CART
    assert read(value.replace("|3", "|4")) is None


def test_it_ends_after_sixty_days_and_with_the_secret(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    value, now = cookie(CART), time.time()
    assert read(value) == CART
    monkeypatch.setattr(time, "time", lambda: now + 62 * 24 * 3600)
    assert read(value) is None
    monkeypatch.undo()
    settings.SECRET_KEY = "another"
    assert read(value) is None


def test_what_is_made_up_or_long_takes_no_memory() -> None:
    long = CartCookie("x" * 300, 3)
    cart_cookie._remembered.cache_clear()
    assert read(cookie(long)) == long
    assert read("made up") is None
    assert cart_cookie._remembered.cache_info().currsize == 0
    assert read(cookie(CART)) == CART
    assert cart_cookie._remembered.cache_info().currsize == 1


@pytest.mark.django_db
def test_a_basket_that_was_moved_is_found_in_the_new_shop(settings: Any) -> None:
    cart_cookie._remembered.cache_clear()
    settings.EMBEDDED, settings.SHOP_ID = False, "saleor.example"
    lookup.note(CART.id, "Q2hlY2tvdXQ6bmV3", shop="saleor.example")
    assert read(cookie(CART)) == CartCookie("Q2hlY2tvdXQ6bmV3", 3)
    cart_cookie._remembered.cache_clear()
