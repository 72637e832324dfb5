"""The channels that shoppers can choose: the cookie that holds the choice, and `?market=` of a shared link.

They are the shop's open ones, which processes that serve pages ask for again and again (`load`); until then, and in
tests, the two that the catalogue is seeded for.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from babel import localedata
from babel.numbers import get_currency_symbol
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from store.saleor.client.channels import ChannelsChannels
from store.saleor.client.client import Client

COOKIE = "region"
PARAMETER = "market"  # of the query: the slug of a channel
COOKIE_MAX_AGE = 365 * 24 * 3600  # seconds


class UnknownChannel(SystemExit):
    """DEFAULT_CHANNEL names no active channel of the Saleor: shoppers would see another market's prices."""

    def __init__(self, known: Iterable[str]) -> None:
        names = ", ".join(known) or "none"
        super().__init__(
            f"The shop does not start: there is no active channel {settings.DEFAULT_CHANNEL}."
            f" Set DEFAULT_CHANNEL to one of: {names}."
        )


@dataclass(frozen=True, slots=True)
class Channel:
    slug: str
    region: Promise | str
    currency: str
    symbol: str
    locale: str  # of amounts and dates on English pages
    country: str  # preselected in the address form; Saleor shows defaultCountry to staff only

    @property
    def is_default(self) -> bool:
        return bool(self.slug == settings.DEFAULT_CHANNEL)


SEEDED = (
    Channel("default-channel", _("United States"), "USD", "$", "en_US", "US"),
    Channel("eu", _("European Union"), "EUR", "€", "en_IE", "DE"),
)
_known: list[Channel] = list(SEEDED)


def known() -> tuple[Channel, ...]:
    """All that shoppers can choose, the default one first."""
    return tuple(_known)


def load(client: Client) -> None:
    """Take the shop's active channels from now on. `client`: with the token of our app.

    Raises SaleorError when Saleor does not answer, and for a real one UnknownChannel when the default one is not among
    them. In the embedded shop the merchant may close that one, too, or all: then it stays, with nothing for sale in it.
    """
    found = [_channel(one) for one in client.channels().channels or () if one.is_active]
    if settings.DEFAULT_CHANNEL not in [channel.slug for channel in found] and not settings.EMBEDDED:
        raise UnknownChannel(channel.slug for channel in found)
    _known[:] = sorted(found, key=lambda channel: not channel.is_default) or SEEDED[:1]


def _channel(answer: ChannelsChannels) -> Channel:
    """A market that the catalogue is seeded for keeps its translated name."""
    country = answer.default_country.code
    for channel in SEEDED:
        if (channel.slug, channel.currency, channel.country) == (answer.slug, answer.currency_code, country):
            return channel
    locale = f"en_{country}" if localedata.exists(f"en_{country}") else "en"
    symbol = get_currency_symbol(answer.currency_code, locale)
    return Channel(answer.slug, answer.name, answer.currency_code, symbol, locale, country)


def by_slug(slug: str) -> Channel | None:
    return next((channel for channel in known() if channel.slug == slug), None)


def current_channel(request: HttpRequest) -> Channel:
    """The channel of the address or of the shopper's cookie; else, and for an unknown slug, the default one."""
    return (
        requested(request)
        or by_slug(request.COOKIES.get(COOKIE, ""))
        or by_slug(settings.DEFAULT_CHANNEL)
        or known()[0]
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
