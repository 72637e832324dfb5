"""Every page is rendered here, so that each has the same frame: market, cart, navigation, address."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from store.storefront import cart_cookie, channels


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    channel = channels.chosen(request)
    remembered = cart_cookie.read(request, channel)
    frame = {
        "channel": channel,
        "basket_count": remembered.quantity if remembered else 0,
        "here": request.path,
        "origin": settings.PUBLIC_URL,
        "canonical": settings.PUBLIC_URL + request.path,
        "demo_payments": settings.DUMMY_PAYMENTS,
    }
    words = render_to_string(f"storefront/{template}", {**frame, **(context or {})}, request)
    response = HttpResponse(words, status=status)
    patch_vary_headers(response, ["Cookie"])  # market and cart are in each page's frame
    return response
