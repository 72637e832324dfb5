"""Tax classes, rates and configurations without the API: bounds, what is removed, and which rate applies."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.channels.models import Channel, TaxConfiguration, TaxConfigurationPerCountry
from store.engine.errors import NotFound, OperationError, Required
from store.engine.events.models import App
from store.engine.taxes import tax_classes
from store.engine.taxes.models import TaxClass, TaxClassCountryRate
from store.engine.taxes.tax_rates import country_rates, taxation

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel() -> Channel:
    channel = Channel.objects.create(name="US", slug="us", currency_code="USD", default_country="US")
    TaxConfiguration.objects.create(channel=channel)
    return channel


@pytest.fixture
def goods() -> TaxClass:
    return tax_classes.create(name="Goods", rates=[("US", 8.5), ("DE", 19)])


def rates_of(tax_class: TaxClass | None) -> dict[str, Decimal]:
    rows = TaxClassCountryRate.objects.filter(tax_class=tax_class)
    return dict(rows.order_by("country").values_list("country", "rate"))


def refused_code(function: Any, **given: Any) -> str:
    with pytest.raises(OperationError) as refused:
        function(**given)
    return refused.value.code


def test_a_class_has_a_name_and_rates_to_a_thousandth(goods: TaxClass) -> None:
    assert rates_of(goods) == {"DE": 19, "US": Decimal("8.5")}
    tax_classes.update(tax_class=goods, name="All", rates=[("US", 7.12345)])
    goods.refresh_from_db()
    assert (goods.name, rates_of(goods)) == ("All", {"DE": 19, "US": Decimal("7.123")})
    for name in ("", "  "):
        with pytest.raises(Required):
            tax_classes.create(name=name, rates=[])
        with pytest.raises(Required):
            tax_classes.update(tax_class=goods, name=name)
    assert TaxClass.objects.get().name == "All"


@pytest.mark.parametrize("rate", [0, 0.5, 1000])
def test_rates_from_0_to_1000_percent_are_taken(goods: TaxClass, rate: float) -> None:
    tax_classes.update(tax_class=goods, rates=[("US", rate)])
    assert rates_of(goods)["US"] == Decimal(str(rate))


@pytest.mark.parametrize("rate", [-0.1, 1000.5])
def test_other_rates_are_refused_and_nothing_changes(goods: TaxClass, rate: float) -> None:
    with pytest.raises(OperationError) as refused:
        tax_classes.update(tax_class=goods, rates=[("DE", 7), ("US", rate)])
    assert (refused.value.field, rates_of(goods)) == ("updateCountryRates", {"DE": 19, "US": Decimal("8.5")})
    with pytest.raises(OperationError) as refused:
        tax_classes.create(name="Books", rates=[("US", rate)])
    assert (refused.value.field, TaxClass.objects.count()) == ("createCountryRates", 1)


def test_a_rate_is_removed_by_name_or_by_none(goods: TaxClass) -> None:
    tax_classes.update(tax_class=goods, rates=[("US", None), ("FR", 20)])
    assert rates_of(goods) == {"DE": 19, "FR": 20}
    tax_classes.update(tax_class=goods, remove=["DE"])
    assert rates_of(goods) == {"FR": 20}
    assert refused_code(tax_classes.update, tax_class=goods, rates=[("FR", 1)], remove=["FR"]) == (
        "DUPLICATED_INPUT_ITEM"
    )
    assert rates_of(goods) == {"FR": 20}


def test_a_class_goes_with_its_rates(goods: TaxClass) -> None:
    tax_classes.delete(tax_class=goods)
    assert not TaxClassCountryRate.objects.exists()


def test_a_countrys_rates_are_set_by_class_and_one_is_the_default(goods: TaxClass) -> None:
    tax_classes.set_country_rates(country="US", rates=[(goods, 9), (None, 6)])
    assert (rates_of(goods), rates_of(None)) == ({"DE": 19, "US": 9}, {"US": 6})
    tax_classes.set_country_rates(country="US", rates=[(goods, None), (None, 0)])
    assert (rates_of(goods), rates_of(None)) == ({"DE": 19}, {"US": 0})
    tax_classes.set_country_rates(country="US", rates=[(None, None)])
    assert (rates_of(goods), rates_of(None)) == ({"DE": 19}, {})


def test_a_countrys_rates_are_refused_together(goods: TaxClass) -> None:
    with pytest.raises(OperationError) as refused:
        tax_classes.set_country_rates(country="DE", rates=[(goods, -0.5), (None, -1)])
    assert (refused.value.code, refused.value.extras) == (
        "CANNOT_CREATE_NEGATIVE_RATE",
        {"tax_class_ids": [goods.pk]},
    )
    two = [(None, 1.0), (None, 2.0)]
    assert refused_code(tax_classes.set_country_rates, country="DE", rates=two) == (
        "ONLY_ONE_DEFAULT_COUNTRY_RATE_ALLOWED"
    )
    assert (rates_of(goods)["DE"], rates_of(None)) == (19, {})


def test_all_rates_of_one_country_are_deleted(goods: TaxClass) -> None:
    tax_classes.delete_country_rates(country="DE")
    assert rates_of(goods) == {"US": Decimal("8.5")}


def configure(
    channel: Channel, countries: list[dict[str, Any]] | None = None, remove: Any = (), **changes: Any
) -> None:
    tax_classes.update_configuration(
        configuration=TaxConfiguration.objects.get(channel=channel),
        changes=changes,
        countries=countries or [],
        remove=remove,
    )


def test_a_configuration_keeps_what_is_not_given(channel: Channel) -> None:
    configure(channel, prices_entered_with_tax=False, display_gross_prices=None)
    found = taxation(channel)
    assert (found.country, found.prices_entered_with_tax, found.display_gross_prices, found.charge_taxes) == (
        "US",
        False,
        True,
        True,
    )


def test_a_country_may_have_rules_of_its_own_until_they_are_removed(
    channel: Channel, goods: TaxClass
) -> None:
    own = {"country_code": "DE", "charge_taxes": False, "display_gross_prices": False, "tax_app_id": None}
    configure(channel, [own])
    german = taxation(channel, "DE")
    assert (german.charge_taxes, german.display_gross_prices, german.rate(goods.pk)) == (False, False, 0)
    assert (taxation(channel, "US").charge_taxes, taxation(channel).rate(goods.pk)) == (True, Decimal("8.5"))
    configure(channel, [own | {"charge_taxes": True}, own | {"country_code": "FR"}])
    assert taxation(channel, "DE").rate(goods.pk) == 19
    configure(channel, remove=["DE"])
    assert [row.country for row in TaxConfigurationPerCountry.objects.all()] == ["FR"]
    assert taxation(channel, "DE").display_gross_prices


def test_a_countrys_own_strategy_goes_before_the_channels(channel: Channel, goods: TaxClass) -> None:
    configure(
        channel, [{"country_code": "DE", "tax_calculation_strategy": "TAX_APP"}, {"country_code": "US"}]
    )
    assert (taxation(channel, "DE").strategy, taxation(channel, "DE").rate(goods.pk)) == ("TAX_APP", 0)
    assert (taxation(channel, "US").strategy, taxation(channel, "US").flat) == ("FLAT_RATES", True)


def test_a_country_twice_is_refused(channel: Channel) -> None:
    german, french = {"country_code": "DE"}, {"country_code": "FR"}
    for countries, remove, named in (
        ([german, german, french], [], ["DE"]),
        ([german, french], ["FR", "US"], ["FR"]),
    ):
        with pytest.raises(OperationError) as refused:
            configure(channel, countries, remove)
        assert (refused.value.code, refused.value.extras) == (
            "DUPLICATED_INPUT_ITEM",
            {"country_codes": named},
        )
    assert not TaxConfigurationPerCountry.objects.exists()


def test_only_an_active_app_calculates_taxes(channel: Channel) -> None:
    App.objects.create(name="Taxes", identifier="taxes", is_active=True)
    App.objects.create(name="Old", identifier="old", is_active=False)
    configure(channel, [{"country_code": "DE", "tax_app_id": "taxes"}], tax_app_id="taxes")
    assert (taxation(channel).tax_app_id, taxation(channel, "DE").tax_app_id) == ("taxes", "taxes")
    for unknown in ("old", "gone"):
        with pytest.raises(NotFound):
            configure(channel, tax_app_id=unknown)
        with pytest.raises(NotFound):
            configure(channel, [{"country_code": "FR", "tax_app_id": unknown}])


def test_a_class_without_a_rate_has_the_countrys_or_none(channel: Channel, goods: TaxClass) -> None:
    books = tax_classes.create(name="Books", rates=[])
    assert (taxation(channel).rate(books.pk), taxation(channel).rate(None)) == (0, 0)
    tax_classes.set_country_rates(country="US", rates=[(None, 6)])
    assert (taxation(channel).rate(books.pk), taxation(channel).rate(None)) == (6, 6)
    assert country_rates("US") == {goods.pk: Decimal("8.5"), None: 6}
    assert country_rates("US", [books.pk]) == {None: 6}
    assert country_rates("DE", [goods.pk]) == {goods.pk: 19}


def test_a_listed_price_has_its_tax_on_top_or_inside(channel: Channel, goods: TaxClass) -> None:
    for with_tax, net, gross in ((False, "29.00", "31.46"), (True, "26.73", "29.00")):
        configure(channel, prices_entered_with_tax=with_tax)
        price = taxation(channel).price(Decimal(29), "USD", goods.pk)
        assert (price.net.amount, price.gross.amount) == (Decimal(net), Decimal(gross))
