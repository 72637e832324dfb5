"""Renders every page, with the context that all of them need: channel, cart quantity, URLs."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path

from store.storefront import cart_cookie, channels


def render(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    channel = channels.current_channel(request)
    cart = cart_cookie.read(request, channel)
    base_context = {
        "channel": channel,
        "cart_count": cart.quantity if cart else 0,
        "current_path": request.path,
        "origin": settings.PUBLIC_URL,
        "canonical": settings.PUBLIC_URL + escape_uri_path(request.path),
        "demo_payments": settings.DUMMY_PAYMENTS,
    }
    html = render_to_string(f"storefront/{template}", {**base_context, **(context or {})}, request)
    response = HttpResponse(html, status=status)
    patch_vary_headers(response, ["Cookie"])  # each page shows channel and cart
    return response
