"""Operations on tax classes, tax rates by country, and the tax configuration of a channel."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from store.engine.channels.models import TaxConfiguration, TaxConfigurationPerCountry
from store.engine.channels.validation import require_not_blank, validate_and_save
from store.engine.errors import NotFound, OperationError
from store.engine.events import value_changes
from store.engine.events.models import App
from store.engine.events.outbox import record_audit_entry, record_noted_changes
from store.engine.taxes.models import TaxClass, TaxClassCountryRate
from store.engine.taxes.tax_rates import FLAT_RATES

MAX_RATE = 1000  # percent


def create(*, name: str, rates: Iterable[tuple[str, float]]) -> TaxClass:
    """Create a class with its rates by country, in percent. Raises Required, OperationError, OperationErrors."""
    with transaction.atomic(durable=True):
        return create_in_transaction(name=name, rates=rates)


def create_in_transaction(*, name: str, rates: Iterable[tuple[str, float]]) -> TaxClass:
    """`create` inside the caller's transaction."""
    require_not_blank({"name": name}, "name")
    tax_class = TaxClass()
    validate_and_save(tax_class, {"name": name})
    _set_rates(tax_class, rates, field="createCountryRates")
    record_audit_entry("TAX_CLASS_CREATED", kind="TaxClass", pk=tax_class.pk)
    return tax_class


def update(
    *,
    tax_class: TaxClass,
    name: str | None = None,
    rates: Iterable[tuple[str, float | None]] = (),
    remove: Iterable[str] = (),
) -> TaxClass:
    """Rename the class, set rates by country (percent; None removes one), remove rates.

    Raises Required, OperationError, OperationErrors.
    """
    with transaction.atomic(durable=True):
        return update_in_transaction(tax_class=tax_class, name=name, rates=rates, remove=remove)


def update_in_transaction(
    *,
    tax_class: TaxClass,
    name: str | None = None,
    rates: Iterable[tuple[str, float | None]] = (),
    remove: Iterable[str] = (),
) -> TaxClass:
    """`update` inside the caller's transaction."""
    rates, remove = list(rates), set(remove)
    duplicates = {country for country, _ in rates} & remove
    if duplicates:
        raise OperationError(
            f"The same country code cannot be in both lists: {', '.join(sorted(duplicates))}",
            field="removeCountryRates",
            code="DUPLICATED_INPUT_ITEM",
            country_codes=sorted(duplicates),
        )
    if name is not None:
        require_not_blank({"name": name}, "name")
        validate_and_save(tax_class, {"name": name})
    removed = remove | {country for country, rate in rates if rate is None}
    for country in sorted(removed):
        _remove_rate(tax_class, country)
    _set_rates(
        tax_class,
        [(country, rate) for country, rate in rates if rate is not None],
        field="updateCountryRates",
    )
    _record_changes(tax_class)
    return tax_class


def delete(*, tax_class: TaxClass) -> None:
    with transaction.atomic(durable=True):
        value_changes.note("TaxClass", tax_class.pk, {"name": (tax_class.name, "")})
        record_audit_entry("TAX_CLASS_DELETED", kind="TaxClass", pk=tax_class.pk)
        tax_class.delete()


def set_country_rates(*, country: str, rates: Iterable[tuple[TaxClass | None, float | None]]) -> None:
    """Set a country's rates by tax class, in percent. Class None: the default rate. Rate None: remove the rate.

    Raises OperationError for two default rates or a negative rate.
    """
    rates = list(rates)
    if sum(1 for tax_class, _ in rates if tax_class is None) > 1:
        raise OperationError(
            "There should be only one default country rate.",
            field="updateTaxClassRates",
            code="ONLY_ONE_DEFAULT_COUNTRY_RATE_ALLOWED",
        )
    if negative := [
        tax_class.pk if tax_class else None for tax_class, rate in rates if rate is not None and rate < 0
    ]:
        raise OperationError(
            "Cannot create a negative tax rate.",
            field="updateTaxClassRates",
            code="CANNOT_CREATE_NEGATIVE_RATE",
            tax_class_ids=[pk for pk in negative if pk is not None],
        )
    with transaction.atomic(durable=True):
        for tax_class, rate in rates:
            if rate is None:
                _remove_rate(tax_class, country)
            else:
                _set_rate(tax_class, country, rate)
            _record_changes(tax_class)


def delete_country_rates(*, country: str) -> None:
    """Delete all rates of the country."""
    with transaction.atomic(durable=True):
        for rate in TaxClassCountryRate.objects.filter(country=country).select_related("tax_class"):
            _remove_rate(rate.tax_class, country)
            _record_changes(rate.tax_class)


def update_configuration(
    *,
    configuration: TaxConfiguration,
    changes: Mapping[str, Any],
    countries: Iterable[Mapping[str, Any]] = (),
    remove: Iterable[str] = (),
) -> TaxConfiguration:
    """Change a channel's tax configuration and its exceptions by country.

    Raises OperationError for a country given twice and for weighted shipping taxes without flat rates, NotFound for
    an unknown tax app.
    """
    countries, remove = list(countries), set(remove)
    _check_apps({given["tax_app_id"] for given in (changes, *countries) if given.get("tax_app_id")})
    codes = [given["country_code"] for given in countries]
    if len(set(codes)) < len(codes) or remove & set(codes):
        raise OperationError(
            "The same country code is named twice.",
            field="updateCountriesConfiguration",
            code="DUPLICATED_INPUT_ITEM",
            country_codes=sorted({code for code in codes if codes.count(code) > 1} | (remove & set(codes))),
        )
    _check_weighted_shipping(configuration, changes, countries)
    with transaction.atomic(durable=True):
        validate_and_save(
            configuration, {name: value for name, value in changes.items() if value is not None}
        )
        for country in sorted(remove):
            value_changes.note("TaxConfiguration", configuration.pk, {f"removed {country}": ("", country)})
        configuration.country_exceptions.filter(country__in=remove).delete()
        for given in countries:
            values = {
                name: value for name, value in given.items() if name != "country_code" and value is not None
            }
            _note_exception(configuration, given["country_code"], values)
            TaxConfigurationPerCountry.objects.update_or_create(
                tax_configuration=configuration, country=given["country_code"], defaults=values
            )
        record_noted_changes("TAX_CONFIGURATION_UPDATED", kind="TaxConfiguration", pk=configuration.pk)
    return configuration


def _check_weighted_shipping(
    configuration: TaxConfiguration, changes: Mapping[str, Any], countries: Iterable[Mapping[str, Any]]
) -> None:
    """The average of the goods' rates is known only where the rates are."""
    exceptions = {row.country: row for row in configuration.country_exceptions.all()}
    if _weighs_without_rates(configuration, changes):
        raise _weighted_shipping_error([])
    wrong = [
        given["country_code"]
        for given in countries
        if _weighs_without_rates(exceptions.get(given["country_code"]), given)
    ]
    if wrong:
        raise _weighted_shipping_error(wrong)


def _weighs_without_rates(
    row: TaxConfiguration | TaxConfigurationPerCountry | None, given: Mapping[str, Any]
) -> bool:
    weighs = given.get("use_weighted_tax_for_shipping")
    if weighs is None:
        weighs = row is not None and row.use_weighted_tax_for_shipping
    strategy = given.get("tax_calculation_strategy") or (row.tax_calculation_strategy if row else None)
    return bool(weighs) and (strategy or FLAT_RATES) != FLAT_RATES


def _weighted_shipping_error(countries: list[str]) -> OperationError:
    where = f" for country codes: {', '.join(countries)}" if countries else ""
    return OperationError(
        f"`useWeightedTaxForShipping` can be used only with `taxCalculationStrategy` set to `FLAT_RATES`{where}.",
        field="useWeightedTaxForShipping",
        code="INVALID",
        country_codes=countries,
    )


def _note_exception(configuration: TaxConfiguration, country: str, values: Mapping[str, Any]) -> None:
    row = configuration.country_exceptions.filter(country=country).first()
    changes = {f"{name} in {country}": (getattr(row, name, None), value) for name, value in values.items()}
    value_changes.note("TaxConfiguration", configuration.pk, changes)


def _check_apps(identifiers: set[str]) -> None:
    known = App.objects.filter(identifier__in=identifiers, is_active=True).values_list(
        "identifier", flat=True
    )
    if identifiers - set(known):
        raise NotFound("There is no active app with this taxAppId.")


def _set_rates(tax_class: TaxClass, rates: Iterable[tuple[str, float]], *, field: str) -> None:
    for country, rate in rates:
        if rate < 0:
            raise OperationError("Tax rate cannot be negative.", field=field)
        if rate > MAX_RATE:
            raise OperationError(f"Tax rate cannot be above {MAX_RATE} percent.", field=field)
        _set_rate(tax_class, country, rate)


def _set_rate(tax_class: TaxClass | None, country: str, rate: float) -> None:
    after = Decimal(f"{rate:.3f}")
    _note_rate(tax_class, country, after)
    TaxClassCountryRate.objects.update_or_create(
        tax_class=tax_class, country=country, defaults={"rate": after}
    )


def _remove_rate(tax_class: TaxClass | None, country: str) -> None:
    _note_rate(tax_class, country, None)
    TaxClassCountryRate.objects.filter(tax_class=tax_class, country=country).delete()


def _note_rate(tax_class: TaxClass | None, country: str, after: Decimal | None) -> None:
    rates = TaxClassCountryRate.objects.filter(tax_class=tax_class, country=country)
    before = rates.values_list("rate", flat=True).first()
    if before != after:
        value_changes.note("TaxClass", _key_of(tax_class), {f"rate-{country}": (before, after)})


def _record_changes(tax_class: TaxClass | None) -> None:
    record_noted_changes("TAX_CLASS_UPDATED", kind="TaxClass", pk=_key_of(tax_class))


def _key_of(tax_class: TaxClass | None) -> str:
    """A country's default rate belongs to no class."""
    return str(tax_class.pk) if tax_class else "default"
