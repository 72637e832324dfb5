"""Setting up taxes: classes with a rate a country, a country's default rate, a channel's configuration."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from store.engine.channels.models import TaxConfiguration, TaxConfigurationPerCountry
from store.engine.channels.validation import not_blank, saved
from store.engine.errors import NotFound, Refusal
from store.engine.events.models import App
from store.engine.taxes.models import TaxClass, TaxClassCountryRate

HIGHEST = 1000  # percent


def create(*, name: str, rates: Iterable[tuple[str, float]]) -> TaxClass:
    """A class with its rates by country, in percent."""
    not_blank({"name": name}, "name")
    with transaction.atomic(durable=True):
        tax_class = TaxClass(name=name)
        saved(tax_class)
        _set_rates(tax_class, rates, field="createCountryRates")
    return tax_class


def update(
    *,
    tax_class: TaxClass,
    name: str | None = None,
    rates: Iterable[tuple[str, float | None]] = (),
    remove: Iterable[str] = (),
) -> TaxClass:
    """Rename, set rates (None removes one), remove rates."""
    rates, remove = list(rates), set(remove)
    twice = {country for country, _ in rates} & remove
    if twice:
        raise Refusal(
            f"The same country code cannot be in both lists: {', '.join(sorted(twice))}",
            field="removeCountryRates",
            code="DUPLICATED_INPUT_ITEM",
            country_codes=sorted(twice),
        )
    with transaction.atomic(durable=True):
        if name is not None:
            not_blank({"name": name}, "name")
            saved(tax_class, {"name": name})
        gone = remove | {country for country, rate in rates if rate is None}
        tax_class.country_rates.filter(country__in=gone).delete()
        _set_rates(
            tax_class, [(one, rate) for one, rate in rates if rate is not None], field="updateCountryRates"
        )
    return tax_class


def delete(*, tax_class: TaxClass) -> None:
    with transaction.atomic(durable=True):
        tax_class.delete()


def set_country(*, country: str, rates: Iterable[tuple[TaxClass | None, float | None]]) -> None:
    """The rates of one country: by class, and (class None) its default; None removes a rate."""
    rates = list(rates)
    if sum(1 for tax_class, _ in rates if tax_class is None) > 1:
        raise Refusal(
            "There should be only one default country rate.",
            field="updateTaxClassRates",
            code="ONLY_ONE_DEFAULT_COUNTRY_RATE_ALLOWED",
        )
    if negative := [one.pk if one else None for one, rate in rates if rate is not None and rate < 0]:
        raise Refusal(
            "Cannot create a negative tax rate.",
            field="updateTaxClassRates",
            code="CANNOT_CREATE_NEGATIVE_RATE",
            tax_class_ids=[pk for pk in negative if pk is not None],
        )
    with transaction.atomic(durable=True):
        for tax_class, rate in rates:
            if rate is None:
                TaxClassCountryRate.objects.filter(tax_class=tax_class, country=country).delete()
            else:
                _set(tax_class, country, rate)


def clear_country(*, country: str) -> None:
    with transaction.atomic(durable=True):
        TaxClassCountryRate.objects.filter(country=country).delete()


def configure(
    *,
    configuration: TaxConfiguration,
    changes: Mapping[str, Any],
    countries: Iterable[Mapping[str, Any]] = (),
    remove: Iterable[str] = (),
) -> TaxConfiguration:
    """Change a channel's taxes and its exceptions by country."""
    countries, remove = list(countries), set(remove)
    _check_apps({one["tax_app_id"] for one in (changes, *countries) if one.get("tax_app_id")})
    named = [one["country_code"] for one in countries]
    if len(set(named)) < len(named) or remove & set(named):
        raise Refusal(
            "The same country code is named twice.",
            field="updateCountriesConfiguration",
            code="DUPLICATED_INPUT_ITEM",
            country_codes=sorted({one for one in named if named.count(one) > 1} | (remove & set(named))),
        )
    with transaction.atomic(durable=True):
        saved(configuration, {name: value for name, value in changes.items() if value is not None})
        configuration.country_exceptions.filter(country__in=remove).delete()
        for one in countries:
            rest = {key: value for key, value in one.items() if key != "country_code" and value is not None}
            TaxConfigurationPerCountry.objects.update_or_create(
                tax_configuration=configuration, country=one["country_code"], defaults=rest
            )
    return configuration


def _check_apps(identifiers: set[str]) -> None:
    known = App.objects.filter(identifier__in=identifiers, is_active=True).values_list(
        "identifier", flat=True
    )
    if identifiers - set(known):
        raise NotFound("There is no active app with this taxAppId.")


def _set_rates(tax_class: TaxClass, rates: Iterable[tuple[str, float]], *, field: str) -> None:
    for country, rate in rates:
        if rate < 0:
            raise Refusal("Tax rate cannot be negative.", field=field)
        if rate > HIGHEST:
            raise Refusal(f"Tax rate cannot be above {HIGHEST} percent.", field=field)
        _set(tax_class, country, rate)


def _set(tax_class: TaxClass | None, country: str, rate: float) -> None:
    TaxClassCountryRate.objects.update_or_create(
        tax_class=tax_class, country=country, defaults={"rate": Decimal(f"{rate:.3f}")}
    )
