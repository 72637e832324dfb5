"""Tax classes, rates by country, tax configurations, and the arithmetic of taxes."""

from decimal import Decimal

import pytest

from store.engine.channels.models import Channel
from store.engine.money import Money, apply_tax
from store.engine.taxes.models import TaxClass, TaxClassCountryRate
from store.engine.taxes.tax_rates import taxation
from tests.engine.merchant import Merchant

PAYLOAD = "taxClass { name countries { country { code } rate } }"


@pytest.mark.parametrize(("net", "gross"), [("29.00", "31.46"), ("59.00", "64.02"), ("39.00", "42.32")])
def test_a_unit_price_is_rounded_half_to_even_as_saleor_does(net: str, gross: str) -> None:
    price = apply_tax(Decimal(net), "USD", rate=Decimal("8.5"), with_tax=False)
    assert price.gross == Money(Decimal(gross), "USD")
    assert price.tax.amount == Decimal(gross) - Decimal(net)


def test_a_price_with_tax_in_it_gives_its_net() -> None:
    price = apply_tax(Decimal("23.80"), "EUR", rate=Decimal(19), with_tax=True)
    assert (price.net.amount, price.gross.amount) == (Decimal("20.00"), Decimal("23.80"))


def test_yen_have_no_decimals() -> None:
    assert apply_tax(Decimal(105), "JPY", rate=Decimal(10), with_tax=False).gross.amount == Decimal(116)


def test_a_tax_class_is_made_with_its_rates(merchant: Merchant) -> None:
    given = {"name": "Standard", "createCountryRates": [{"countryCode": "US", "rate": 8.5}]}
    created = merchant.mutate("taxClassCreate", PAYLOAD, input=("TaxClassCreateInput!", given))["taxClass"]
    assert created == {"name": "Standard", "countries": [{"country": {"code": "US"}, "rate": 8.5}]}


def test_rates_are_changed_and_removed(merchant_with_shop: Merchant) -> None:
    given = {"updateCountryRates": [{"countryCode": "DE", "rate": 19}], "removeCountryRates": ["US"]}
    changed = merchant_with_shop.mutate(
        "taxClassUpdate",
        PAYLOAD,
        id=("ID!", merchant_with_shop.ids["tax class"]),
        input=("TaxClassUpdateInput!", given),
    )["taxClass"]
    assert changed["countries"] == [{"country": {"code": "DE"}, "rate": 19.0}]


def test_a_country_in_both_lists_is_refused_and_nothing_changes(merchant_with_shop: Merchant) -> None:
    given = {"updateCountryRates": [{"countryCode": "US", "rate": 1}], "removeCountryRates": ["US"]}
    refused = merchant_with_shop.mutate(
        "taxClassUpdate",
        PAYLOAD,
        errors="code countryCodes",
        id=("ID!", merchant_with_shop.ids["tax class"]),
        input=("TaxClassUpdateInput!", given),
    )
    assert refused["errors"] == [{"code": "DUPLICATED_INPUT_ITEM", "countryCodes": ["US"]}]
    assert TaxClassCountryRate.objects.get().rate == Decimal("8.5")


def test_only_one_rate_of_a_country_can_be_its_default(merchant_with_shop: Merchant) -> None:
    rates = [{"rate": 1}, {"rate": 2}]
    refused = merchant_with_shop.mutate(
        "taxCountryConfigurationUpdate",
        "taxCountryConfiguration { country { code } }",
        countryCode=("CountryCode!", "DE"),
        updateTaxClassRates=("[TaxClassRateInput!]!", rates),
    )
    assert [error["code"] for error in refused["errors"]] == ["ONLY_ONE_DEFAULT_COUNTRY_RATE_ALLOWED"]
    assert TaxClassCountryRate.objects.filter(country="DE").count() == 0


def test_a_class_without_a_rate_pays_the_countrys_default(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.mutate(
        "taxCountryConfigurationUpdate",
        "taxCountryConfiguration { country { code } }",
        countryCode=("CountryCode!", "DE"),
        updateTaxClassRates=("[TaxClassRateInput!]!", [{"rate": 19}]),
    )
    taxes = taxation(Channel.objects.get(), "DE")
    assert taxes.rate(TaxClass.objects.get().pk) == Decimal(19)


def test_a_country_can_be_free_of_taxes(merchant_with_shop: Merchant) -> None:
    exception = {"countryCode": "CA", "chargeTaxes": False, "displayGrossPrices": True}
    assert merchant_with_shop.tax_configuration(updateCountriesConfiguration=[exception])["errors"] == []
    channel = Channel.objects.get()
    assert taxation(channel, "CA").rate(TaxClass.objects.get().pk) == 0
    assert taxation(channel, "US").rate(TaxClass.objects.get().pk) == Decimal("8.5")


def test_a_tax_app_instead_of_flat_rates_shows_prices_without_tax(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.tax_configuration(taxCalculationStrategy="TAX_APP")
    assert taxation(Channel.objects.get()).rate(TaxClass.objects.get().pk) == 0
