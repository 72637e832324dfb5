"""Which market the shopper is in: a small list, a cookie that remembers the choice."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "region"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Channel:
    slug: str
    place: str
    currency: str
    symbol: str
    locale: str
    country: str  # whose address form is shown first; Saleor tells defaultCountry to staff only


CHANNELS = (
    Channel("default-channel", "United States", "USD", "$", "en_US", "US"),
    Channel("eu", "European Union", "EUR", "€", "en_IE", "DE"),
)


def by_slug(slug: str) -> Channel | None:
    return next((channel for channel in CHANNELS if channel.slug == slug), None)


def chosen(request: HttpRequest) -> Channel:
    """The shopper's market; the default when none, or an unknown one, is remembered."""
    return by_slug(request.COOKIES.get(COOKIE, "")) or by_slug(settings.DEFAULT_CHANNEL) or CHANNELS[0]


def remember(response: HttpResponse, channel: Channel, *, secure: bool) -> None:
    response.set_cookie(COOKIE, channel.slug, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)
