"""The channels that shoppers can choose: the cookie that holds the choice, and `?market=` of a shared link."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COOKIE = "region"
PARAMETER = "market"  # of the query: the slug of a channel
COOKIE_MAX_AGE = 365 * 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Channel:
    slug: str
    region: Promise
    currency: str
    symbol: str
    locale: str  # of amounts and dates on English pages
    country: str  # preselected in the address form; Saleor shows defaultCountry to staff only

    @property
    def is_default(self) -> bool:
        return bool(self.slug == settings.DEFAULT_CHANNEL)


CHANNELS = (
    Channel("default-channel", _("United States"), "USD", "$", "en_US", "US"),
    Channel("eu", _("European Union"), "EUR", "€", "en_IE", "DE"),
)


def by_slug(slug: str) -> Channel | None:
    return next((channel for channel in CHANNELS if channel.slug == slug), None)


def current_channel(request: HttpRequest) -> Channel:
    """The channel of the address or of the shopper's cookie; else, and for an unknown slug, the default one."""
    return (
        requested(request)
        or by_slug(request.COOKIES.get(COOKIE, ""))
        or by_slug(settings.DEFAULT_CHANNEL)
        or CHANNELS[0]
    )


def requested(request: HttpRequest) -> Channel | None:
    """The channel that the address names, so that a price that was linked to is the price of the page."""
    if not request.META.get("QUERY_STRING"):  # spares the pages that are kept a part of their time
        return None
    return by_slug(request.GET.get(PARAMETER, ""))


def set_cookie(response: HttpResponse, channel: Channel, *, secure: bool) -> None:
    response.set_cookie(
        COOKIE, channel.slug, max_age=COOKIE_MAX_AGE, samesite="Lax", httponly=True, secure=secure
    )
