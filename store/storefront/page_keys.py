"""Which requests the page cache may answer, and under which key.

The query string is part of the key, brought into one order and without the parameters with which advertisers mark
links: no page reads them. A cart is there with its quantity only, which is all that a page for everybody shows of it.
"""

from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from store import redirected_answers
from store.storefront import cart_cookie, channels, form_state, languages
from store.storefront.page_cache import PageKey

MAX_QUERY = 300  # characters
TRACKING = frozenset(
    [
        *(
            "gclid",
            "gclsrc",
            "gbraid",
            "wbraid",
            "dclid",
            "gad_source",
            "gad_campaignid",
            "srsltid",
            "_ga",
            "_gl",
        ),
        *(
            "fbclid",
            "msclkid",
            "ttclid",
            "twclid",
            "yclid",
            "igshid",
            "igsh",
            "mc_cid",
            "mc_eid",
            "li_fat_id",
        ),
    ]
)
TRACKING_PREFIXES = ("utm_", "mtm_", "pk_")
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")  # of staff; a message that the next page shows


def key_of(request: HttpRequest) -> PageKey | None:
    """None for a request that only a view may answer."""
    query = request.META.get("QUERY_STRING", "")
    if request.method != "GET" or len(query) > MAX_QUERY or "HTTP_AUTHORIZATION" in request.META:
        return None
    if any(name in request.COOKIES for name in PERSONAL_COOKIES) or not _is_our_host(request):
        return None
    if not query.isascii() or request.encoding:  # a charset that a header names: a view may read it otherwise
        return None
    normal = _normal_query(query) if query else ""
    if f"{form_state.PARAMETER}=" in normal or f"{redirected_answers.PARAMETER}=" in normal:  # what was typed
        return None
    channel = channels.current_channel(request)
    cart = cart_cookie.read(request, channel) if request.COOKIES else None
    return PageKey(
        str(request.scheme),
        request.path_info,
        normal,
        channel.slug,
        languages.preferred_by(request),
        cart.quantity if cart else 0,
    )


def _is_our_host(request: HttpRequest) -> bool:
    """The pages are the same under each name of the shop, and under no other."""
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False


def _normal_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _is_tracking(name)]
    return urlencode(sorted(kept, key=lambda pair: pair[0]))


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
