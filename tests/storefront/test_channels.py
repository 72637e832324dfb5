"""Markets of a real Saleor are its active channels; the embedded engine has the two that the catalogue is seeded for."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from store import wiring
from store.saleor.client.client import Client as Saleor
from store.saleor.errors import NetworkError
from store.storefront import channels, languages
from store.storefront.page_crawler import PageNotRendered
from tests.storefront.saleor_double import SaleorDouble


def channel(slug: str, name: str, currency: str, country: str, *, active: bool = True) -> dict[str, Any]:
    return {
        "id": slug, "slug": slug, "name": name, "isActive": active, "currencyCode": currency,
        "defaultCountry": {"code": country, "country": country},
    }  # fmt: skip


@pytest.fixture
def real_saleor(saleor: SaleorDouble, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Saleor:
    """A Saleor with a British market, the seeded European one and one that is closed."""
    monkeypatch.setattr(channels, "_known", list(channels.SEEDED))
    settings.DEFAULT_CHANNEL, settings.EMBEDDED = "uk", False
    saleor.responses["Channels"] = {
        "channels": [
            channel("eu", "Europe", "EUR", "DE"),
            channel("uk", "United Kingdom", "GBP", "GB"),
            channel("old", "Closed", "USD", "US", active=False),
        ]
    }
    return Saleor(saleor)


def test_the_markets_are_the_active_channels_the_default_one_first(real_saleor: Saleor) -> None:
    channels.load(real_saleor)
    british = channels.Channel("uk", "United Kingdom", "GBP", "£", "en_GB", "GB")
    assert channels.known() == (british, channels.SEEDED[1])
    assert channels.by_slug("old") is None
    assert channels.by_slug("default-channel") is None


def test_the_embedded_shop_offers_its_open_markets_whichever_they_are(
    real_saleor: Saleor, saleor: SaleorDouble, settings: Any, shopper: Client
) -> None:
    settings.EMBEDDED, settings.DEFAULT_CHANNEL = True, "default-channel"
    usual = channel("default-channel", "United States", "USD", "US", active=False)
    saleor.responses["Channels"] = {"channels": [channel("eu", "Europe", "EUR", "DE"), usual]}
    channels.load(real_saleor)
    assert channels.known() == (channels.SEEDED[1],)
    shopper.cookies[channels.COOKIE] = "default-channel"
    page = shopper.get("/region/").text
    assert ("European Union" in page, "United States" in page) == (True, False)


def test_with_every_market_closed_the_default_one_stays_and_sells_nothing(
    real_saleor: Saleor, saleor: SaleorDouble, settings: Any
) -> None:
    settings.EMBEDDED, settings.DEFAULT_CHANNEL = True, "default-channel"
    saleor.responses["Channels"] = {
        "channels": [
            channel(one.slug, "", one.currency, one.country, active=False) for one in channels.SEEDED
        ]
    }
    channels.load(real_saleor)
    assert channels.known() == channels.SEEDED[:1]


def test_a_default_channel_that_is_not_there_is_an_error(real_saleor: Saleor, settings: Any) -> None:
    settings.DEFAULT_CHANNEL = "default-channel"
    with pytest.raises(channels.UnknownChannel, match=r"no active channel default-channel.* one of: eu, uk"):
        channels.load(real_saleor)
    assert channels.known() == channels.SEEDED


def test_the_pages_whose_words_are_checked_are_those_of_the_real_channels(
    real_saleor: Saleor, saleor: SaleorDouble
) -> None:
    """In a process that serves no pages: worker or `manage.py`."""
    path, _, _ = next(wiring._pages_of_all_channels())
    assert path == "/"
    assert [asked["channel"] for name, asked in saleor.requests if name == "ProductSlugs"] == ["uk", "eu"]


def test_words_are_not_checked_where_the_default_channel_is_missing(
    real_saleor: Saleor, settings: Any
) -> None:
    settings.DEFAULT_CHANNEL = "default-channel"
    with pytest.raises(PageNotRendered, match="no active channel default-channel"):
        next(wiring._pages_of_all_channels())


def test_channels_are_asked_for_again_whatever_went_wrong(real_saleor: Saleor, saleor: SaleorDouble) -> None:
    right = saleor.responses["Channels"]
    for wrong in (ValueError("no JSON"), NetworkError("http://saleor", "refused"), {"channels": []}):
        saleor.responses["Channels"] = wrong
        wiring._load_channels_again()
        assert channels.known() == channels.SEEDED
    saleor.responses["Channels"] = right
    wiring._load_channels_again()
    assert [one.slug for one in channels.known()] == ["uk", "eu"]


def test_shoppers_choose_among_them(real_saleor: Saleor, shopper: Client) -> None:
    channels.load(real_saleor)
    page = shopper.get("/region/").text
    assert "United Kingdom" in page
    assert "Prices in GBP (£)" in page
    assert "United States" not in page


@pytest.mark.parametrize(
    ("language", "country", "locale"),
    [
        ("en", "GB", "en_GB"), ("de", "GB", "de_DE"), ("de", "AT", "de_AT"), ("de", "US", "de_DE"),
        ("es", "US", "es_US"), ("es", "DE", "es_ES"), ("es", "MX", "es_MX"),
    ],
)  # fmt: skip
def test_amounts_are_written_as_the_language_does_in_the_country(
    language: str, country: str, locale: str
) -> None:
    with translation.override(language):
        given = channels.Channel("x", "X", "GBP", "£", f"en_{country}", country)
        assert languages.format_locale(given) == locale
