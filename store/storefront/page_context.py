"""Renders every page, with the context that all of them need: channel, language, cart quantity, URLs."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject

from store.reviews import published
from store.storefront import cart_cookie, channels, footer_menu, languages


def render(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    channel = channels.current_channel(request)
    cart = cart_cookie.read(request, channel)
    style_sources: list[str] = []  # of the stylesheets in the page, which the tag `inline_stylesheet` adds
    base_context: dict[str, object] = {
        "channel": channel,
        "lang": languages.current(),
        "locale": languages.format_locale(channel),
        "languages": languages.links(request),
        "language_offer": languages.offer(request),
        "cart_count": cart.quantity if cart else 0,
        "current_path": request.path,
        "footer_links": footer_menu.links(channel),
        "origin": settings.PUBLIC_URL,
        "canonical": settings.PUBLIC_URL + escape_uri_path(request.path),
        "ratings": SimpleLazyObject(published.ratings),
        "demo_payments": settings.DUMMY_PAYMENTS,
        "style_sources": style_sources,
    }
    full_context = base_context | dict(context or {})
    full_context["alternates"] = _alternates(str(full_context["canonical"]))
    html = render_to_string(f"storefront/{template}", full_context, request)
    response = HttpResponse(html, status=status)
    response._csp_update = {"style-src": style_sources}  # type: ignore[attr-defined]  # as django-csp's decorators do
    patch_vary_headers(
        response, ["Cookie", "Accept-Language"]
    )  # each page shows channel and cart, and offers a language
    return response


def _alternates(canonical: str) -> list[tuple[str, str]]:
    """(language, URL) of the same page in each language, for search engines."""
    path = canonical.removeprefix(settings.PUBLIC_URL)
    return [(code, settings.PUBLIC_URL + languages.path_in(code, path)) for code in languages.NAMES]
