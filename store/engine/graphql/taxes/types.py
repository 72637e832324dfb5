"""Types and queries of tax classes, rates and configurations."""

from typing import Any

from store.engine.channels.models import Channel, TaxConfigurationPerCountry
from store.engine.channels.models import TaxConfiguration as TaxConfigurationRow
from store.engine.graphql import ids
from store.engine.graphql.batching import batched
from store.engine.graphql.channels.channels import country_display
from store.engine.graphql.channels.request_channel import channels_by_pk
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.registry import Info, SaleorType, query
from store.engine.taxes.models import TaxClass as TaxClassRow
from store.engine.taxes.models import TaxClassCountryRate


class TaxClass(SaleorType, model=TaxClassRow):
    @staticmethod
    @batched
    def countries(rows: list[TaxClassRow], _info: Info) -> list[list[dict[str, Any]]]:
        by_pk, found = {row.pk: row for row in rows}, {row.pk: list[dict[str, Any]]() for row in rows}
        for rate in TaxClassCountryRate.objects.filter(tax_class__in=rows):
            rate.tax_class = by_pk[int(rate.tax_class_id or 0)]
            found[rate.tax_class.pk].append(_rate(rate))
        return [found[row.pk] for row in rows]


def _rate(rate: TaxClassCountryRate) -> dict[str, Any]:
    return {"country": country_display(rate.country), "rate": float(rate.rate), "tax_class": rate.tax_class}


class TaxConfiguration(SaleorType, model=TaxConfigurationRow):
    @staticmethod
    def channel(root: TaxConfigurationRow, info: Info) -> Channel:
        return channels_by_pk(info.context)[root.channel_id]

    @staticmethod
    @batched
    def countries(rows: list[TaxConfigurationRow], _info: Info) -> list[list[dict[str, Any]]]:
        found: dict[int, list[dict[str, Any]]] = {row.pk: [] for row in rows}
        for exception in TaxConfigurationPerCountry.objects.filter(tax_configuration__in=rows):
            found[exception.tax_configuration_id].append(
                {
                    "country": country_display(exception.country),
                    "charge_taxes": exception.charge_taxes,
                    "tax_calculation_strategy": exception.tax_calculation_strategy,
                    "display_gross_prices": exception.display_gross_prices,
                    "tax_app_id": exception.tax_app_id,
                    "use_weighted_tax_for_shipping": exception.use_weighted_tax_for_shipping,
                }
            )
        return [found[row.pk] for row in rows]


@query(permissions=())
def tax_classes(info: Info, **paging: Any) -> Connection:
    return connect(TaxClassRow.objects.all(), order=("name", "pk"), **paging)


@query(permissions=())
def tax_class(info: Info, *, id: str) -> TaxClassRow | None:
    return ids.find_row(id, TaxClassRow)


@query(permissions=())
def tax_configurations(info: Info, *, filter: dict[str, Any] | None = None, **paging: Any) -> Connection:
    rows = TaxConfigurationRow.objects.all()
    if filter and filter.get("ids") is not None:
        rows = rows.filter(pk__in=ids.pks_of(filter["ids"], TaxConfigurationRow))
    return connect(rows, **paging)


@query(permissions=())
def tax_configuration(info: Info, *, id: str) -> TaxConfigurationRow | None:
    return ids.find_row(id, TaxConfigurationRow)


@query(permissions=())
def tax_country_configuration(info: Info, *, country_code: str) -> dict[str, Any]:
    return country_configuration(country_code)


def country_configuration(code: str) -> dict[str, Any]:
    """TaxCountryConfiguration of a country code."""
    rates = TaxClassCountryRate.objects.filter(country=code).select_related("tax_class")
    return {"country": country_display(code), "tax_class_country_rates": [_rate(rate) for rate in rates]}


def _list_or_empty(name: str) -> Any:
    """A list of an error type that the SDL declares non-null: empty for errors that don't set it."""
    return staticmethod(lambda root, info: root.get(name) or [])


class TaxClassUpdateError(SaleorType):
    country_codes = _list_or_empty("country_codes")


class TaxConfigurationUpdateError(SaleorType):
    country_codes = _list_or_empty("country_codes")


class TaxCountryConfigurationUpdateError(SaleorType):
    tax_class_ids = _list_or_empty("tax_class_ids")
